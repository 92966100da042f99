#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn element(x: Input<5>, w: Param<5>) -> Output {
    w[x[0]]
}

fn main() {}
