#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param, T: Param) -> Loss {
    math!("x^T·w")
}

fn main() {}
