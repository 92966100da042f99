#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param) -> Loss {
    x[()] * w
}

fn main() {}
