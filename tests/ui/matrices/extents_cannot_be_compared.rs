#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn fit<const A: usize, const B: usize>(x: Input, a: Param<{ A + B }, { A * B }>) -> Loss {
    x * det(a)
}

fn main() {}
