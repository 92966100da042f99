#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3, 2>) -> Loss {
    math!(
        "h = tanh(x·w);
         Σ(h ⊙ v)"
    )
}

fn main() {}
