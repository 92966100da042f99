#![allow(unused)]
use chainrule::prelude::*;

#[model(reduction)]
fn line(x: Input, w: Param) -> Loss {
    x * w
}

fn main() {}
