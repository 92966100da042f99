#![allow(unused)]
use chainrule::prelude::*;

#[model(derivatives(jacobian, gauss_newton))]
fn line(x: Input, y: Input, w: Param) -> Loss {
    (x * w - y).powi(2)
}

fn main() {}
