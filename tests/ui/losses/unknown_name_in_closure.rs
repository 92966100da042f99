#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = |prediction, target| (prediction - truth) * (prediction - target))]
fn line(x: Input, w: Param) -> Output {
    x * w
}

fn main() {
    let model = Line::seeded(1);
    println!("{:?}", model.predict(&[1.0]));
}
