#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn volume(x: Input<3>, a: Param<3, 3>) -> Loss {
    logdet(a, axis = 0) + sum(x)
}

fn main() {}
