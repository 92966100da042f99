#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, #[init(constant(1e39))] w: Param) -> Loss {
    x * w
}

fn main() {}
