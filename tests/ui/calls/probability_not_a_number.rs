#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn learned(x: Input, w: Param, p: Param) -> Output {
    w * bernoulli_like(x, p)
}

fn main() {}
