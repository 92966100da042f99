#![allow(unused)]
use chainrule::prelude::*;

#[model]
mod net {
    use chainrule::prelude::*;

    fn dense(x: Tensor, w: Tensor) -> Tensor {
        tanh(x.dot(w))
    }
}

fn main() {}
