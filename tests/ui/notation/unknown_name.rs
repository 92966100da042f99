#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    math!("σ(x·w + bias)")
}

fn main() {}
