#![allow(unused)]
use chainrule::prelude::*;

#[model]
mod net {
    use chainrule::prelude::*;

    fn fit(x: Input<3>, w: Param<3>) -> Loss {
        x.dot(w)
    }

    fn penalty(w: Param<3>) -> Loss {
        sum(w * w)
    }
}

fn main() {}
