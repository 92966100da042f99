#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<{ 2 - 3 }>, w: Param) -> Loss {
    sum(x) * w
}

fn main() {}
