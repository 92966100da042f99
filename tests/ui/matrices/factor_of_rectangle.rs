#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn likelihood(x: Input<3>, k: Param<3, 4>) -> Loss {
    sum(cholesky(k)) + sum(x)
}

fn main() {}
