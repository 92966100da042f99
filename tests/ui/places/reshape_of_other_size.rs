#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn folded(x: Input<6>, w: Param<4>) -> Output<2> {
    reshape(x, [2, 4]).dot(w)
}

fn main() {}
