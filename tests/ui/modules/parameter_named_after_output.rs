#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
mod net {
    use chainrule::prelude::*;

    fn predict(x: Input<3>, code: Param<3>) -> Output {
        x.dot(code)
    }

    fn code(x: Input<3>) -> Output<3> {
        2 * x
    }
}

fn main() {}
