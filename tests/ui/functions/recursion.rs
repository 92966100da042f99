#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    fn even(x: Tensor) -> Tensor {
        odd(x - 1)
    }
    fn odd(x: Tensor) -> Tensor {
        even(x - 1)
    }
    even(x * w)
}

fn main() {}
