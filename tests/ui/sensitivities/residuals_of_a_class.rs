#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = cross_entropy, derivatives(hessian, jvp))]
fn classes(x: Input<4>, w: Param<4, 3>) -> Output<3> {
    x.dot(w)
}

fn main() {}
