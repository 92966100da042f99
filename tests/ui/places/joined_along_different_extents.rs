#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn joined(x: Input<2, 3>, y: Input<2, 4>, w: Param<3>) -> Output<4> {
    concat(x, y, axis = 0).dot(w)
}

fn main() {}
