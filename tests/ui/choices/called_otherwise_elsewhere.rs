#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    where_(x > 0.0, w, x * w)
}

fn main() {}
