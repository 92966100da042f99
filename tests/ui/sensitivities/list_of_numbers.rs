#![allow(unused)]
use chainrule::prelude::*;

#[model(derivatives(3))]
fn line(x: Input, w: Param) -> Loss {
    (x * w).powi(2)
}

fn main() {}
