#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn classifier(x: Input<4>, class: Input, w: Param<4, 3>) -> Loss {
    cross_entropy(x.dot(w), class)
}

fn main() {}
