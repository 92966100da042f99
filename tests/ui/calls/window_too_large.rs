#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn narrow(x: Input<3, 1>, w: Param<5, 1, 2>) -> Output<1, 2> {
    conv1d(x, w)
}

fn main() {}
