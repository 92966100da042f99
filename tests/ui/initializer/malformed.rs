#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, #[init] w: Param) -> Loss {
    x * w
}

fn main() {}
