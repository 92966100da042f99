#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn first(x: Input, w: Param) -> Loss {
    x * v
}

#[model]
fn second(x: Input, w: Param) -> Loss {
    x ^ w
}

fn main() {
    println!("{:?} {:?}", First::seeded(1).w(), Second::seeded(1).w());
}
