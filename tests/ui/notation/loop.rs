#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    math!("for t in 0..3 { x*w }")
}

fn main() {}
