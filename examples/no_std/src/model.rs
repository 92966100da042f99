//! The model, and its training: what runs on any machine.

use chainrule::optimizer::AdamArray;
use chainrule::prelude::*;

/// A perceptron of 2, 8 and 1 units.
#[model(loss = mean_squared_error)]
pub fn xor(x: Input<2>, w1: Param<2, 8>, b1: Param<8>, w2: Param<8, 1>, b2: Param<1>) -> Output<1> {
    sigmoid(x.dot(w1) + b1).dot(w2) + b2
}

/// The four examples.
pub const INPUTS: [f32; 8] = [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
/// What is to be predicted for them.
pub const TARGETS: [f32; 4] = [0.0, 1.0, 1.0, 0.0];

/// Trains the model; the result are its predictions for the four examples.
pub fn train(steps: usize) -> Result<[f32; 4], chainrule::Error> {
    let mut model = Xor::seeded(42);
    let batch = Xor::batch(&INPUTS, &TARGETS)?;
    let mut workspace = model.workspace();
    let mut gradient = [0.0; Xor::PARAMETERS_LEN];
    let mut adam = AdamArray::<f32, { Xor::PARAMETERS_LEN }>::new(0.05);
    for _ in 0..steps {
        model.loss_and_gradient_into(&batch, &mut gradient, &mut workspace);
        adam.step(1.0, model.parameters_mut(), &gradient);
    }
    let mut predictions = [0.0; 4];
    model.predict_to(&INPUTS, &mut predictions, &mut workspace)?;
    Ok(predictions)
}
