#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn mlp<const D: usize, const H: usize, const O: usize>(
    x: Input<D>,
    w1: Param<D, H>,
    w2: Param<H, O>,
) -> Output<O> {
    fn dense(x: Tensor<D>, w: Tensor<D, H>) -> Tensor<H> {
        tanh(x.dot(w))
    }
    let hidden = dense(x, w1);
    dense(hidden, w2)
}

fn main() {}
