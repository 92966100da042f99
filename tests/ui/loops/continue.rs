#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let mut y = x;
    for step in 0..8 {
        continue;
    }
    y * w
}

fn main() {}
