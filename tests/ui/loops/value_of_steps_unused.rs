#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    for i in 0..3 {
        x
    }
    x * w
}

fn main() {}
