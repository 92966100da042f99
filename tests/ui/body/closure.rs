#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let square = |a| a * a;
    square(x * w)
}

fn main() {}
