#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = huber)]
fn line(x: Input, y: Input, w: Param) -> Loss {
    squared_error(x * w, y)
}

fn main() {
    let model = Line::seeded(1);
    let batch = Line::batch(&[0.0], &[0.0]).unwrap();
    println!("{}", model.loss(&batch));
}
