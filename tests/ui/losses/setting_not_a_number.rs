#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = huber(delta))]
fn line(x: Input, w: Param) -> Output {
    x * w
}

fn main() {}
