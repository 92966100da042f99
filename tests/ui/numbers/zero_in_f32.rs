#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn small(x: Input, w: Param) -> Loss {
    x * w + 1e-50
}

fn main() {}
