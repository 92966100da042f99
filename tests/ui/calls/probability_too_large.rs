#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn all_dropped(x: Input, w: Param) -> Output {
    w * dropout(x, 1.0)
}

fn main() {}
