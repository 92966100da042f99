//! One prediction, by parameters that are part of the program: how much code that is.
#![no_std]
#![no_main]

use core::hint::black_box;

use chainrule::prelude::*;

mod host;
#[allow(dead_code, reason = "this program does not train")]
mod model;

use model::Xor;

static PARAMETERS: [f32; Xor::PARAMETERS_LEN] = [0.5; Xor::PARAMETERS_LEN];

host::main!(run);

fn run() -> i32 {
    let mut model = Xor::zeros();
    model.parameters_mut().copy_from_slice(black_box(&PARAMETERS));
    let mut output = [0.0];
    let predicted = model.predict_to(black_box(&[0.0, 1.0]), &mut output, &mut model.workspace());
    i32::from(predicted.is_err() || black_box(output) == [0.0])
}
