#![allow(unused)]
use chainrule::prelude::*;

#[model(derivatives = hessian)]
fn line(x: Input, w: Param) -> Loss {
    (x * w).powi(2)
}

fn main() {}
