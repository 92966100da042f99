#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line<const D: usize>(x: Input<{ D / 2 }>, w: Param) -> Loss {
    sum(x) * w
}

fn main() {}
