#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let y: f32 = x * w;
    y
}

fn main() {}
