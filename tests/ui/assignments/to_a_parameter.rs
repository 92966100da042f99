#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    w += 1.0;
    x * w
}

fn main() {}
