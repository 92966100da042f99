#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3>) -> Loss {
    diff(sum(w * x * x), x)
}

fn main() {}
