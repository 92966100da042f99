#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn fit(x: Input<4>, a: Param<3, 3>) -> Loss {
    sum(solve(a, x))
}

fn main() {}
