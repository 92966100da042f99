#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param) -> Loss {
    let y = w * w;
    let mut total = 0.0;
    for t in 0..3 {
        total += diff(w * y * x[t], w);
    }
    total
}

fn main() {}
