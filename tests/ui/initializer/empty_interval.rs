#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, #[init(uniform(1, 0))] w: Param) -> Loss {
    x * w
}

fn main() {}
