#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn mlp(x: Input<3>, w1: Param<3, 8>, b1: Param<7>, w2: Param<8>) -> Output {
    fn dense(x: Tensor<I>, w: Tensor<I, O>, b: Tensor<O>) -> Tensor<O> {
        tanh(x.dot(w) + b)
    }
    dense(x, w1, b1).dot(w2)
}

fn main() {}
