#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    const RATE: f32 = 0.5;
    fn scaled(x: Tensor) -> Tensor {
        const RATE: f32 = 2.0;
        RATE * x
    }
    RATE * scaled(x * w)
}

fn main() {}
