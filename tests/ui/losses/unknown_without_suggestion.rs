#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = regret)]
fn line(x: Input, w: Param) -> Output {
    x * w
}

fn main() {}
