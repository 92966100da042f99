#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, c: Index<3>, w: Param) -> Loss {
    diff(w * x * x, c)
}

fn main() {}
