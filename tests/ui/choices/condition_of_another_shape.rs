#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<4>) -> Loss {
    sum(if x > 0.0 { w } else { 0.0 })
}

fn main() {}
