#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3>) -> Loss<3> {
    x * w
}

fn main() {}
