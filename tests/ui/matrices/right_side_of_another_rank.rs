#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn fit(x: Input<3, 2, 2>, a: Param<3, 3>) -> Loss {
    sum(solve_lower(a, x))
}

fn main() {}
