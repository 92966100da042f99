#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = quantile(1.5))]
fn line(x: Input, w: Param) -> Output {
    x * w
}

fn main() {}
