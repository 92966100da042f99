#![allow(unused)]
use chainrule::prelude::*;

#[model]
mod net {
    use chainrule::prelude::*;

    fn loss(x: Input<3>, w: Param<3, 4>) -> Loss {
        sum(x.dot(w))
    }

    fn penalty(w: Param<4, 3>) -> Loss {
        sum(w * w)
    }
}

fn main() {}
