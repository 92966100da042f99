#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = mse_loss)]
fn line(x: Input, w: Param) -> Output {
    x * w
}

fn main() {}
