#![allow(unused)]
use chainrule::prelude::*;

#[model]
fn half(x: Input, w: Param) -> Loss {
    1 / 2 * x * w
}

fn main() {
    let mut model = Half::seeded(1);
    let batch = Half::batch(&[1.0, 2.0]).unwrap();
    let (loss, gradient) = model.loss_and_gradient(&batch);
    let history = Trainer::new(Adam::new(0.01)).fit(&mut model, &batch).unwrap();
}
