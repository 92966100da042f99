#![allow(unused)]
use chainrule::prelude::*;

#[model]
mod net {
    use chainrule::prelude::*;

    fn loss(x: Input<3>, w: Param<3>) -> Loss {
        x.dot(w)
    }

    fn shifted(x: Input<3>, w: Param<3>, b: Param) -> Output {
        x.dot(w) + b
    }
}

fn main() {}
