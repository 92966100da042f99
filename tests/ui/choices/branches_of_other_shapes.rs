#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param<3>, v: Param<4>) -> Loss {
    let y = if x > 0.0 { w } else { v };
    sum(y)
}

fn main() {}
