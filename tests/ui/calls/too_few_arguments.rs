#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    clamp(x * w, 0.0)
}

fn main() {}
