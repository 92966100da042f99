#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let mut y = x;
    let z = {
        y = x * w;
        y + 1.0
    };
    y * z
}

fn main() {}
