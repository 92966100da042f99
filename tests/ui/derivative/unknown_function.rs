#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
mod net {
    use chainrule::prelude::*;

    #[derivative(x = slop)]
    fn soft(x: f64) -> f64 {
        x.tanh()
    }

    fn slope(x: f64) -> f64 {
        1.0 - x.tanh().powi(2)
    }

    fn predict(x: Input, w: Param) -> Output {
        soft(x * w)
    }
}

fn main() {}
