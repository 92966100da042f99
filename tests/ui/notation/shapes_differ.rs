#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, W1: Param<3, 4>, b1: Param<3>) -> Loss {
    math!("Σ(x·W1 + b1)")
}

fn main() {}
