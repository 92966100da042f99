#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn weights(x: Input, w: Param) -> Loss {
    softmax(x * w)
}

fn main() {}
