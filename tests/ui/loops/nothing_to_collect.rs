#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let ys = for step in 0..8 {
        let y = x * w;
    };
    sum(ys)
}

fn main() {}
