#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = mean_squared_error)]
fn gated(x: Input<3>, w: Param<3, 2>, gate: Param<4>) -> Output<2> {
    (x * sigmoid(gate)).dot(w)
}

fn main() {}
