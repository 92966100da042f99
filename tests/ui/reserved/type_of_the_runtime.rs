#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn batch(x: Input, w: Param) -> Loss {
    x * w
}

fn main() {}
