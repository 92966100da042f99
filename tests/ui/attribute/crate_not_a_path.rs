#![allow(unused)]
use chainrule::prelude::*;

#[model(crate = "chainrule")]
fn line(x: Input, w: Param) -> Loss {
    x * w
}

fn main() {}
