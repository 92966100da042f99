#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = |p, t| (p - t) * (p - t))]
fn scaled(x: Input<3>, w: Param<3>) -> Output<3> {
    x * w
}

fn main() {}
