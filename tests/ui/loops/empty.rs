#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn nothing(x: Input, w: Param) -> Output {
    let mut sum = x;
    for step in 3..3 {
        sum += w;
    }
    sum
}

fn main() {}
