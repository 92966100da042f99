#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn stack(x: Input<2, 3, 4>, w: Param<4>) -> Loss {
    sum(matmul(x, w))
}

fn main() {}
