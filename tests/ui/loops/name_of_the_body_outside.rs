#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    for step in 0..8 {
        let y = x * w;
    }
    y
}

fn main() {}
