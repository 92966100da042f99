#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    if x > 0.0 { x * w }
}

fn main() {}
