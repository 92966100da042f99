#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn recurrent(x: Input<4, 3>, w: Param<3, 2>) -> Output<2> {
    let mut h = 0.0;
    for t in 0..4 {
        h = tanh(h + x[t].dot(w));
    }
    h
}

fn main() {}
