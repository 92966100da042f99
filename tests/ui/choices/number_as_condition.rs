#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    if x { w } else { 0.0 }
}

fn main() {}
