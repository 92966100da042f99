#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn fit(x: Input<3>, a: Param<3, 3>) -> Loss {
    sum(x * solve(a))
}

fn main() {}
