#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param) -> Loss {
    sum(x[(0..3).rev()]) * w
}

fn main() {}
