#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn fit(x: Input<3>, k: Param<3, 4>) -> Loss {
    sum(solve_spd(k, x))
}

fn main() {}
