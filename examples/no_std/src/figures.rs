//! Memory and time of a step, with the standard library around it to say them.

use std::hint::black_box;
use std::time::Instant;

use chainrule::prelude::*;

#[allow(dead_code, reason = "this program trains in its own way")]
mod model;

use model::{INPUTS, TARGETS, Xor};

const STEPS: u32 = 1_000_000;

fn main() -> Result<(), chainrule::Error> {
    let mut model = Xor::seeded(42);
    let batch = Xor::batch(&INPUTS, &TARGETS)?;
    let mut workspace = model.workspace();
    let mut gradient = [0.0; Xor::PARAMETERS_LEN];
    println!("parameters {} bytes", size_of_val(&model));
    println!("gradient   {} bytes", size_of_val(&gradient));
    println!("workspace  {} bytes", size_of_val(&workspace));
    let mut optimizer = GradientDescent::new(0.1);
    let start = Instant::now();
    for _ in 0..STEPS {
        model.loss_and_gradient_into(black_box(&batch), &mut gradient, &mut workspace);
        optimizer.step(1.0, model.parameters_mut(), &gradient);
    }
    println!("a step on four examples {} ns", (start.elapsed() / STEPS).as_nanos());
    let mut output = [0.0];
    let start = Instant::now();
    for _ in 0..STEPS {
        model.predict_to(black_box(&[0.0, 1.0]), &mut output, &mut workspace)?;
    }
    println!("a prediction {} ns", (start.elapsed() / STEPS).as_nanos());
    black_box((model, output));
    Ok(())
}
