#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn smoothed(x: Input<3>, w: Param<5>) -> Output<1> {
    windows(x, 5, axis = 0).dot(w)
}

fn main() {}
