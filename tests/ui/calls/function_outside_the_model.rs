#![allow(unused)]
use chainrule::prelude::*;

fn twice(x: f32) -> f32 {
    2.0 * x
}

#[model]
fn line(x: Input, w: Param) -> Loss {
    self::twice(x * w)
}

fn main() {}
