#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let w = 2.0;
    x * w
}

fn main() {}
