#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = |(p, q), t| p - t)]
fn line(x: Input, w: Param) -> Output {
    x * w
}

fn main() {}
