#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(w: Param) -> Loss {
    w * w
}

fn main() {}
