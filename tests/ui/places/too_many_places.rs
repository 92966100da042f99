#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn element(x: Input<5>, w: Param) -> Output {
    x[(0, 1)] * w
}

fn main() {}
