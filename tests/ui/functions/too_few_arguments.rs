#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3>, b: Param) -> Loss {
    fn affine(x: Tensor, w: Tensor, b: Tensor) -> Tensor {
        x.dot(w) + b
    }
    affine(x, w) * b
}

fn main() {}
