#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param<3>) -> Loss {
    let z = broadcast_to(x, [3]);
    diff(sum(z * w), z).sum()
}

fn main() {}
