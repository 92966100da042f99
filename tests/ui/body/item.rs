#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    const HALF: f32 = 0.5;
    x * w
}

fn main() {}
