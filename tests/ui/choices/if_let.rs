#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    if let y = x * w { y } else { w }
}

fn main() {}
