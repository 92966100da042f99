#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let u = w * x * x;
    let z = x * x;
    square(diff(u, z))
}

fn main() {}
