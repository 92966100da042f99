//! One step of training on four examples, by gradient descent: how much code that is.
#![no_std]
#![no_main]

use core::hint::black_box;

use chainrule::prelude::*;

mod host;
#[allow(dead_code, reason = "this program takes a single step")]
mod model;

use model::{INPUTS, TARGETS, Xor};

host::main!(run);

fn run() -> i32 {
    let mut model = Xor::zeros();
    let Ok(batch) = Xor::batch(black_box(&INPUTS), black_box(&TARGETS)) else { return 2 };
    let mut gradient = [0.0; Xor::PARAMETERS_LEN];
    let loss = model.loss_and_gradient_into(&batch, &mut gradient, &mut model.workspace());
    GradientDescent::new(0.5).step(1.0, model.parameters_mut(), &gradient);
    i32::from(black_box((loss, model.parameters())).0 == 0.0)
}
