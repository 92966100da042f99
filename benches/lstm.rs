//! What a recurrent network costs: an LSTM of 64 units over a number of steps chosen when the program runs.
//!
//! ```sh
//! cargo run --release -p chainrule-benches --bin lstm
//! ```
//!
//! The loss alone and the loss with its gradient take turns; the ratio is what differentiation costs. The workspace is that of one tile of
//! examples; with checkpoints at every tenth step it keeps the states there, and what one segment computes.

use chainrule::prelude::*;
use chainrule_benches::{compare, numbers};

macro_rules! network {
    ($name:ident, $(#[$checkpoint:meta])?) => {
        #[model(loss = mean_squared_error, dims(T))]
        fn $name<const D: usize, const H: usize>(
            x: Input<T, D>,
            w: Param<D, { 4 * H }>,
            u: Param<H, { 4 * H }>,
            b: Param<{ 4 * H }>,
            v: Param<H>,
        ) -> Output {
            let mut h = zeros([H]);
            let mut c = zeros([H]);
            $(#[$checkpoint])?
            for t in 0..T {
                let z = x[t].dot(w) + h.dot(u) + b;
                c = sigmoid(z[H..2 * H]) * c + sigmoid(z[..H]) * tanh(z[2 * H..3 * H]);
                h = sigmoid(z[3 * H..]) * tanh(c);
            }
            h.dot(v)
        }
    };
}

network!(lstm,);
network!(checkpointed, #[checkpoint(every = 10)]);

const ROWS: usize = 64;
const INPUTS: usize = 16;
const UNITS: usize = 64;

fn main() {
    println!("an LSTM of {UNITS} units, f32, {ROWS} examples");
    println!(
        "{:<26} {:>12} {:>22} {:>8} {:>14}",
        "steps", "loss ms", "loss and gradient ms", "ratio", "workspace MB"
    );
    for steps in [10, 100, 1000] {
        let x: Vec<f32> =
            numbers(ROWS * steps * INPUTS, 1, 1.0).iter().map(|&x| x as f32).collect();
        let y: Vec<f32> = numbers(ROWS, 2, 1.0).iter().map(|&y| y as f32).collect();
        macro_rules! measure {
            ($type:ident, $dims:ident, $label:literal) => {{
                let dims = $dims { t: steps };
                let model =
                    $type::<INPUTS, UNITS>::seeded(dims, 3).expect("the dimensions are positive");
                let batch = $type::<INPUTS, UNITS>::batch(dims, &x, &y).expect("the lengths fit");
                let mut gradient = model.parameters().to_vec();
                let (mut one, mut other) = (model.workspace(), model.workspace());
                let bytes = one.bytes();
                let mut loss = || f64::from(model.loss_into(&batch, &mut one));
                let mut both =
                    || f64::from(model.loss_and_gradient_into(&batch, &mut gradient, &mut other));
                let [alone, together] = compare([&mut loss, &mut both]);
                println!(
                    "{:<26} {:>12.3} {:>22.3} {:>8.2} {:>14.2}",
                    format!("{steps}{}", $label),
                    alone / 1e6,
                    together / 1e6,
                    together / alone,
                    bytes as f64 / 1e6,
                );
            }};
        }
        measure!(Lstm, LstmDims, "");
        measure!(Checkpointed, CheckpointedDims, ", checkpoints");
    }
}
