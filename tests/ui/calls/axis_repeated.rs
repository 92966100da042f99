#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3, 2>) -> Loss {
    sum(w, [1, -1]) * sum(x)
}

fn main() {}
