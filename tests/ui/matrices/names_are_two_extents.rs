#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn fit<const M: usize, const N: usize>(x: Input<N>, a: Param<M, M>) -> Loss {
    sum(solve(a, x))
}

fn main() {}
