#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn pairs<const A: usize, const B: usize>(x: Input<{ A + B }>, w: Param<{ A * B }>) -> Loss {
    sum(x * w)
}

fn main() {}
