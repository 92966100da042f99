#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    tanh(x, w)
}

fn main() {}
