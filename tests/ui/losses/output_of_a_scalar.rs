#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn line(x: Input<3>, w: Param<3>) -> Output<1> {
    x.dot(w)
}

fn main() {}
