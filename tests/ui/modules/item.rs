#![allow(unused)]
use chainrule::prelude::*;

#[model]
mod net {
    use chainrule::prelude::*;

    struct Config;

    fn loss(x: Input<3>, w: Param<3>) -> Loss {
        x.dot(w)
    }
}

fn main() {}
