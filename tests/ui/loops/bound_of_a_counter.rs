#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn triangle(x: Input<4>, w: Param) -> Output {
    let mut sum = 0.0;
    for i in 0..4 {
        for j in 0..i {
            sum += w * x[j];
        }
    }
    sum
}

fn main() {}
