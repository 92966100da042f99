#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn net(x: Input, w: Param) -> Output {
    #[derivative(x = "1 - y²")]
    fn soft(x: f32) -> f64 {
        f64::from(x.tanh())
    }
    soft(x * w)
}

fn main() {}
