#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<99999999999>, w: Param) -> Loss {
    sum(x) * w
}

fn main() {}
