#![allow(unused)]
use chainrule::prelude::*;

#[model(dims(D))]
fn line(x: Input<D>, w: Param) -> Loss {
    x * w * (1 / D)
}

fn main() {}
