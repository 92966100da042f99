#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn mlp<const D: usize, const H: usize>(
    x: Input<D>,
    w1: Param<D, H>,
    w2: Param<D, H>,
) -> Output<H> {
    fn layers(x: Tensor, first: Tensor, second: Tensor) -> Tensor {
        let hidden = dense(x, first);
        dense(hidden, second)
    }
    fn dense(x: Tensor, w: Tensor) -> Tensor {
        tanh(x.dot(w))
    }
    layers(x, w1, w2)
}

fn main() {}
