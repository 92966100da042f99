#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, #[shape(3)] w: Param) -> Loss {
    x * w
}

fn main() {}
