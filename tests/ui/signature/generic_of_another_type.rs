#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line<const D: u32>(x: Input<D>, w: Param<D>) -> Loss {
    x.dot(w)
}

fn main() {}
