#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3>) -> Loss {
    huber(x.dot(w), 1.0, delta = 2.0, sharpness = 3.0)
}

fn main() {}
