#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
mod net {
    use chainrule::prelude::*;

    #[derivative(x = "exp(k)*x")]
    fn growth(x: f64, k: f64) -> f64 {
        x * k.exp()
    }

    fn predict(x: Input, k: Param) -> Output {
        growth(x, k)
    }
}

fn main() {}
