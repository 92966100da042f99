#![allow(unused)]
use chainrule::prelude::*;

#[model(dims(D))]
fn line<const D: usize>(x: Input<D>, w: Param<D>) -> Loss {
    x.dot(w)
}

fn main() {}
