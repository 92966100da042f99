#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3, 2>, b: Param<2>) -> Loss {
    let y = tanh(x.dot(w));
    sum(diff(y, x) * b)
}

fn main() {}
