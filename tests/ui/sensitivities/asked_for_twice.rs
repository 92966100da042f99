#![allow(unused)]
use chainrule::prelude::*;

#[model(derivatives(hvp, jacobian, hvp), loss = squared_error)]
fn line(x: Input, w: Param) -> Output {
    x * w
}

fn main() {}
