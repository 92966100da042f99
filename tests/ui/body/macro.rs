#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    println!("{x}");
    x * w
}

fn main() {}
