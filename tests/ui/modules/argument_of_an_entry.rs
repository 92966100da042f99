#![allow(unused)]
use chainrule::prelude::*;

#[model]
mod net {
    use chainrule::prelude::*;

    fn predict(x: Input<3>, w: Param<3, 2>) -> Output<2> {
        x.dot(w)
    }

    fn loss(x: Input<3>, w: Param<3, 2>) -> Loss {
        sum(predict(2 * x, w.transpose()))
    }
}

fn main() {}
