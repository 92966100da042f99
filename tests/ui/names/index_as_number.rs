#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn line(category: Index<5>, w: Param) -> Output {
    category * w
}

fn main() {}
