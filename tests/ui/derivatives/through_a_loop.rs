#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param) -> Loss {
    let mut h = 0.0;
    let mut total = 0.0;
    for t in 0..3 {
        h = tanh(h * w + x[t]);
        total += square(diff(h, w));
    }
    total
}

fn main() {}
