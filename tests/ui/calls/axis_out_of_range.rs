#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3, 2>) -> Loss {
    sum(mean(w, [2]))  * sum(x)
}

fn main() {}
