#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param) -> Loss {
    math!("Σ(x[1:4])*w")
}

fn main() {}
