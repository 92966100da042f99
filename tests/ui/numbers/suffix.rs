#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn half(x: Input, w: Param) -> Loss {
    0.5f32 * x * w
}

fn main() {}
