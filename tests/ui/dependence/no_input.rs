#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn line(w: Param) -> Output {
    w * w
}

fn main() {}
