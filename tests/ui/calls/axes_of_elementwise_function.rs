#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3>) -> Loss {
    sum(exp(x * w, [0]))
}

fn main() {}
