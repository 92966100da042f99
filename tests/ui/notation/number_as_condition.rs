#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    math!("select(x ≥ 0 and w, x*w, w)")
}

fn main() {}
