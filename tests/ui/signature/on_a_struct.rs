#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
struct Line {
    w: f32,
}

fn main() {}
