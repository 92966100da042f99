#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error(1.0))]
fn line(x: Input, w: Param) -> Output {
    x * w
}

fn main() {}
