#![allow(unused)]
use chainrule::prelude::*;

#[model(dims(3))]
fn line(x: Input, w: Param) -> Loss {
    x * w
}

fn main() {}
