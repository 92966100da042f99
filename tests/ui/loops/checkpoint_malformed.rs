#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let mut y = x;
    #[checkpoint(8)]
    for step in 0..64 {
        y = y * w;
    }
    y
}

fn main() {}
