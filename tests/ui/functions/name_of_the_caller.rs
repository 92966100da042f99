#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3>, scale: Param) -> Loss {
    fn product(x: Tensor, w: Tensor) -> Tensor {
        scale * x.dot(w)
    }
    product(x, w) + scale
}

fn main() {}
