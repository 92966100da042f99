#![allow(unused)]
use chainrule::prelude::*;

#[model(reduction = average)]
fn line(x: Input, w: Param) -> Loss {
    x * w
}

fn main() {}
