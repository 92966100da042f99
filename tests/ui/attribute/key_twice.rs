#![allow(unused)]
use chainrule::prelude::*;

#[model(scalar = f64, scalar = f32)]
fn line(x: Input, w: Param) -> Loss {
    x * w
}

fn main() {}
