#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input<3>, w: Param<3>) -> Loss {
    fn predict(x: Input<3>, w: Param<3>) -> Output {
        x.dot(w)
    }
    predict(x, w)
}

fn main() {}
