#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let mut y = x;
    'steps: for step in 0..8 {
        y = y * w;
    }
    y
}

fn main() {}
