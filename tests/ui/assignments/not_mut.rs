#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn line(x: Input, w: Param) -> Loss {
    let y = x * w;
    y = y + 1.0;
    y
}

fn main() {
    let mut model = Line::seeded(1);
    let batch = Line::batch(&[1.0, 2.0]).unwrap();
    let (loss, gradient) = model.loss_and_gradient(&batch);
    let history = Trainer::new(Adam::new(0.01)).fit(&mut model, &batch).unwrap();
}
