#![allow(unused)]
use chainrule::prelude::*;

#[model]
mod net {
    use chainrule::prelude::*;

    fn loss(x: Input<3>, w: Param<3>) -> Loss {
        x.dot(w)
    }

    fn layout(w: Param<3>) -> Loss {
        sum(w * w)
    }
}

fn main() {}
