#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param, b: Param) -> Loss {
    x * x
}

fn main() {}
