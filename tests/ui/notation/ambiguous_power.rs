#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    math!("(x - w)²^3")
}

fn main() {}
