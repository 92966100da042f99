#![allow(unused)]
use chainrule::prelude::*;

#[model(dims(N, n))]
fn line(x: Input<N>, w: Param<n>) -> Loss {
    sum(x) * sum(w)
}

fn main() {}
