#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn line(x: Input, w: Param) -> f32 {
    x * w
}

fn main() {
    let model = Line::seeded(1);
    let batch = Line::batch(&[1.0], &[2.0]).unwrap();
    println!("{:?} {}", model.predict(&[1.0]), model.loss(&batch));
}
