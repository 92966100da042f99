#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Output) -> Loss {
    x * w
}

fn main() {}
