#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn huge(x: Input, w: Param<4000000000, 4000000000>) -> Loss {
    x * sum(w)
}

fn main() {}
