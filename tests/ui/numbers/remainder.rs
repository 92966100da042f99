#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn phase(x: Input, w: Param) -> Loss {
    x * w % 2.0
}

fn main() {}
