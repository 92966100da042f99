#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn pooled(x: Input<6, 2>, w: Param<2>) -> Output<3, 2> {
    max_pool1d(x, 0) * w
}

fn main() {}
