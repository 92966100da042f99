#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param) -> Loss {
    let mut y = x * w;
    y[0] = w;
    sum(y)
}

fn main() {}
