#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    fn add(x: Tensor, y: Tensor) -> Tensor {
        x - y
    }
    add(x, w)
}

fn main() {}
