#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, #[init(constant(a))] w: Param) -> Loss {
    x * w
}

fn main() {}
