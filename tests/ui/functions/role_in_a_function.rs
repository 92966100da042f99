#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3>) -> Loss {
    fn product(x: Input<3>, w: Param<3>) -> Tensor {
        x.dot(w)
    }
    product(x, w)
}

fn main() {}
