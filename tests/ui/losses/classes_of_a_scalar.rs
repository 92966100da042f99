#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = cross_entropy)]
fn line(x: Input, w: Param) -> Output {
    x * w
}

fn main() {}
