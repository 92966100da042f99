#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, t: Input, w: Param) -> Loss {
    let u = tanh(w * x);
    square(diff(u, t))
}

fn main() {}
