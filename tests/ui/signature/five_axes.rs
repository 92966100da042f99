#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<1, 2, 3, 4, 5>, w: Param) -> Loss {
    sum(x) * w
}

fn main() {}
