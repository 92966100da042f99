#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3>) -> Loss {
    fn scaled(x: Tensor<D>, w: Tensor<D>) -> Tensor<D> {
        x.dot(w)
    }
    sum(scaled(x, w))
}

fn main() {}
