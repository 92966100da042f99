#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = mean_squared_error, dims(N, D))]
fn scaled(x: Input<N>, scale: Param<D>) -> Output<N> {
    x * scale
}

fn main() {
    let dims = ScaledDims { n: 3, d: 3 };
    let model = Scaled::seeded(dims, 1).unwrap();
    let batch = Scaled::batch(dims, &[0.0; 3], &[0.0; 3]).unwrap();
    println!("{}", model.loss(&batch));
}
