#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn large(x: Input, w: Param) -> Loss {
    1e39 * x * w
}

fn main() {
    let mut model = Large::seeded(1);
    let batch = Large::batch(&[1.0, 2.0]).unwrap();
    let (loss, gradient) = model.loss_and_gradient(&batch);
    let history = Trainer::new(Adam::new(0.01)).fit(&mut model, &batch).unwrap();
}
