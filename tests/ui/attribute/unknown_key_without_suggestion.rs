#![allow(unused)]
use chainrule::prelude::*;

#[model(speed = fast)]
fn line(x: Input, w: Param) -> Loss {
    x * w
}

fn main() {}
