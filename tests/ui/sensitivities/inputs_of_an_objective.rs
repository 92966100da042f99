#![allow(unused)]
use chainrule::prelude::*;

#[model(derivatives(inputs))]
fn objective(w: Param<3>) -> Loss {
    w.dot(w)
}

fn main() {}
