#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3>) -> Loss {
    fn scaled<const K: usize>(x: Tensor<D>, w: Tensor<D>) -> Tensor<K> {
        x * w
    }
    sum(scaled(x, w))
}

fn main() {}
