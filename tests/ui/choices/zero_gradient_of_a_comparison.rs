#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    if w > x { 1.0 } else { 0.0 }
}

fn main() {}
