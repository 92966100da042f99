#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    x * w * std::f32::consts::PI
}

fn main() {}
