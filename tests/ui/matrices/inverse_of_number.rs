#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn gain(x: Input, w: Param) -> Loss {
    x * inverse(w)
}

fn main() {}
