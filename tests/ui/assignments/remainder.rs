#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let mut y = x;
    y %= w;
    y
}

fn main() {}
