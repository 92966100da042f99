#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn strided(x: Input<8, 1>, w: Param<3, 1, 2>, s: Param) -> Output<3, 2> {
    conv1d(x, w, stride = s)
}

fn main() {}
