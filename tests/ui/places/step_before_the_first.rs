#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error, dims(T))]
fn differences(x: Input<T>, w: Param) -> Output {
    let mut sum = 0.0;
    for t in 0..T {
        sum += w * (x[t] - x[t - 1]);
    }
    sum
}

fn main() {}
