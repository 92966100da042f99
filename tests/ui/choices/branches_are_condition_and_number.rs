#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    w * if x > 0.0 { x > 1.0 } else { 0.0 }
}

fn main() {}
