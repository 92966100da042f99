#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn square(x: Input, w: Param) -> Loss {
    (x - w) ^ 2
}

fn main() {
    let mut model = Square::seeded(1);
    let batch = Square::batch(&[1.0, 2.0]).unwrap();
    let (loss, gradient) = model.loss_and_gradient(&batch);
    let history = Trainer::new(Adam::new(0.01)).fit(&mut model, &batch).unwrap();
}
