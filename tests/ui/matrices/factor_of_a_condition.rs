#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn fit(x: Input<3, 3>, w: Param<3, 3>) -> Loss {
    sum(cholesky(x < w))
}

fn main() {}
