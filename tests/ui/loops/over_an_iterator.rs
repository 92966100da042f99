#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param) -> Loss {
    let mut y = 0.0;
    for (i, value) in x.iter().enumerate() {
        y += value * w;
    }
    y
}

fn main() {}
