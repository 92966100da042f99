#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    math!(
        "h = tanh(x·w)
         h²"
    )
}

fn main() {}
