#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, c: Index<3>, w: Param) -> Loss {
    w * diff(c, x)
}

fn main() {}
