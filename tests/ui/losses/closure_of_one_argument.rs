#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = |p| p * p)]
fn line(x: Input, w: Param) -> Output {
    x * w
}

fn main() {}
