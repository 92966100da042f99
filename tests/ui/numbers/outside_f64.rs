#![allow(unused)]
use chainrule::prelude::*;

#[model(scalar = f64)]
fn large(x: Input, w: Param) -> Loss {
    1e999 * x * w
}

fn main() {}
