#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, c: Index, w: Param<3>) -> Loss {
    x * cross_entropy(w, c)
}

fn main() {}
