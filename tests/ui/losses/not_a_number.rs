#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn residual(x: Input<3>, y: Input<3>, w: Param<3>) -> Loss {
    let error = x * w - y;
    error * error
}

fn main() {
    let model = Residual::seeded(1);
    let batch = Residual::batch(&[0.0; 3], &[0.0; 3]).unwrap();
    println!("{}", model.loss(&batch));
}
