#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<4>) -> Loss {
    sum(select(x < w, 1.0, 0.0)) * sum(w)
}

fn main() {}
