#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn element(x: Input<5>, w: Param<3>) -> Output {
    x[0] * w[3]
}

fn main() {}
