#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn bilinear(x: Input<3>, w: Param<3, 4>, y: Input<4>) -> Loss {
    einsum("i,i,j->", x, w, y)
}

fn main() {}
