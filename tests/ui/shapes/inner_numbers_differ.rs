#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = mean_squared_error)]
fn perceptron(x: Input<4>, w1: Param<4, 16>, b1: Param<16>, w2: Param<8, 3>) -> Output<3> {
    let hidden = tanh(x.dot(w1) + b1);
    hidden.dot(w2)
}

fn main() {
    let model = Perceptron::seeded(1);
    println!("{:?} {:?}", model.w1(), model.predict(&[0.0; 4]));
}
