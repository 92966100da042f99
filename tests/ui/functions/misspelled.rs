#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3>) -> Loss {
    fn product(x: Tensor, w: Tensor) -> Tensor {
        x.dot(w)
    }
    prodct(x, w)
}

fn main() {}
