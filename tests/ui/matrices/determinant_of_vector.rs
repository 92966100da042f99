#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn volume(x: Input<3>, w: Param<3>) -> Loss {
    det(w) + sum(x)
}

fn main() {}
