#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
mod net {
    use chainrule::prelude::*;

    #[derivative(z = 1)]
    fn soft(x: f64) -> f64 {
        x.tanh()
    }

    fn predict(x: Input, w: Param) -> Output {
        soft(x * w)
    }
}

fn main() {}
