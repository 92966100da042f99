#![allow(unused)]
use chainrule::prelude::*;

#[model(3)]
fn line(x: Input, w: Param) -> Loss {
    x * w
}

fn main() {}
