#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line<const D: usize>(x: Input<D>, w: Param<D>, D: Input) -> Loss {
    D * x.dot(w)
}

fn main() {}
