#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let (a, b) = (x, w);
    a * b
}

fn main() {}
