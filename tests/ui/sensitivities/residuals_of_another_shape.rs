#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = gaussian, derivatives(jacobian))]
fn spread(x: Input, w: Param<2>) -> Output<2> {
    x * w
}

fn main() {}
