#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let y = {
        let inner = x * w;
        inner + 1.0
    };
    y + inner
}

fn main() {}
