#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    #[checkpoint(every = 8)]
    let y = x * w;
    y
}

fn main() {}
