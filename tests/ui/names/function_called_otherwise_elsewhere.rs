#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    log(x * w)
}

fn main() {}
