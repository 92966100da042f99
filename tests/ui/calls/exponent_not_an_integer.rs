#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn power(x: Input, w: Param) -> Loss {
    powi(x, w)
}

fn main() {}
