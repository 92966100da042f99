#![allow(unused)]
use chainrule::prelude::*;

#[model(dump = simplify)]
fn line(x: Input, w: Param) -> Loss {
    x * w
}

fn main() {}
