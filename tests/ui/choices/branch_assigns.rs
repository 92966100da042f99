#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let mut y = x * w;
    if y > 1.0 {
        y = 1.0;
    }
    y
}

fn main() {}
