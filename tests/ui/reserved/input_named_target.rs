#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error)]
fn line(target: Input, w: Param) -> Output {
    target * w
}

fn main() {
    let model = Line::seeded(1);
    let batch = Line::batch(&[1.0], &[2.0]).unwrap();
    println!("{}", model.loss(&batch));
}
