#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn classifier(x: Input<4>, class: Index<4>, w: Param<4, 3>) -> Loss {
    cross_entropy(x.dot(w), class)
}

fn main() {}
