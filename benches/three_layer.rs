//! Loss and gradient of a three-layer perceptron: generated code against backpropagation written by hand with ndarray.
//!
//! `cargo run --release -p chainrule-benches --bin three_layer`, one thread. The hand-written code reuses its buffers and calls
//! `general_mat_mul`, as a careful user would; both compute `(1/N)·Σₙ ‖yₙ − σ(σ(xₙ·W1 + b1)·W2 + b2)·W3 − b3‖²` and six gradients. A
//! step is that and gradient descent in place. The two are compared element by element, and their losses after twenty steps, before they
//! are timed.

use chainrule::optimizer::{GradientDescent, Optimizer};
use chainrule::prelude::*;
use chainrule_benches::{compare, numbers};
use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, Axis, Zip};

macro_rules! contest {
    ($module:ident, $scalar:ident, $net:ident, $type:ident) => {
        mod $module {
            use super::*;

            /// Three layers.
            #[model(loss = squared_error, scalar = $scalar)]
            fn $net<const D: usize, const H1: usize, const H2: usize, const O: usize>(
                x: Input<D>,
                w1: Param<D, H1>,
                b1: Param<H1>,
                w2: Param<H1, H2>,
                b2: Param<H2>,
                w3: Param<H2, O>,
                b3: Param<O>,
            ) -> Output<O> {
                let hidden1 = sigmoid(x.dot(w1) + b1);
                let hidden2 = sigmoid(hidden1.dot(w2) + b2);
                hidden2.dot(w3) + b3
            }

            struct ByHand {
                x: Array2<$scalar>,
                y: Array2<$scalar>,
                w: [Array2<$scalar>; 3],
                b: [Array1<$scalar>; 3],
                w_bar: [Array2<$scalar>; 3],
                b_bar: [Array1<$scalar>; 3],
                hidden1: Array2<$scalar>,
                hidden2: Array2<$scalar>,
                prediction: Array2<$scalar>,
                delta1: Array2<$scalar>,
                delta2: Array2<$scalar>,
            }

            fn sigmoid(x: $scalar) -> $scalar {
                1.0 / (1.0 + (-x).exp())
            }

            impl ByHand {
                fn loss_and_gradient(&mut self) -> f64 {
                    self.hidden1.assign(&self.b[0]);
                    general_mat_mul(1.0, &self.x, &self.w[0], 1.0, &mut self.hidden1);
                    self.hidden1.mapv_inplace(sigmoid);
                    self.hidden2.assign(&self.b[1]);
                    general_mat_mul(1.0, &self.hidden1, &self.w[1], 1.0, &mut self.hidden2);
                    self.hidden2.mapv_inplace(sigmoid);
                    self.prediction.assign(&self.b[2]);
                    general_mat_mul(1.0, &self.hidden2, &self.w[2], 1.0, &mut self.prediction);
                    let rows = self.x.nrows() as $scalar;
                    let mut loss = 0.0;
                    Zip::from(&mut self.prediction).and(&self.y).for_each(|p, y| {
                        let difference = *p - *y;
                        loss += difference * difference;
                        *p = difference * 2.0 / rows;
                    });
                    let delta3 = &self.prediction;
                    general_mat_mul(1.0, &self.hidden2.t(), delta3, 0.0, &mut self.w_bar[2]);
                    self.b_bar[2].assign(&delta3.sum_axis(Axis(0)));
                    general_mat_mul(1.0, delta3, &self.w[2].t(), 0.0, &mut self.delta2);
                    Zip::from(&mut self.delta2)
                        .and(&self.hidden2)
                        .for_each(|d, h| *d *= *h * (1.0 - *h));
                    general_mat_mul(1.0, &self.hidden1.t(), &self.delta2, 0.0, &mut self.w_bar[1]);
                    self.b_bar[1].assign(&self.delta2.sum_axis(Axis(0)));
                    general_mat_mul(1.0, &self.delta2, &self.w[1].t(), 0.0, &mut self.delta1);
                    Zip::from(&mut self.delta1)
                        .and(&self.hidden1)
                        .for_each(|d, h| *d *= *h * (1.0 - *h));
                    general_mat_mul(1.0, &self.x.t(), &self.delta1, 0.0, &mut self.w_bar[0]);
                    self.b_bar[0].assign(&self.delta1.sum_axis(Axis(0)));
                    f64::from(loss / rows)
                }
            }

            impl ByHand {
                fn step(&mut self, rate: $scalar) -> f64 {
                    let loss = self.loss_and_gradient();
                    for (w, w_bar) in self.w.iter_mut().zip(&self.w_bar) {
                        w.scaled_add(-rate, w_bar);
                    }
                    for (b, b_bar) in self.b.iter_mut().zip(&self.b_bar) {
                        b.scaled_add(-rate, b_bar);
                    }
                    loss
                }
            }

            /// Checks and times one size; prints a line.
            pub fn run<const D: usize, const H1: usize, const H2: usize, const O: usize>(
                rows: usize,
            ) {
                let cast = |values: Vec<f64>| {
                    values.into_iter().map(|value| value as $scalar).collect::<Vec<_>>()
                };
                let x = cast(numbers(rows * D, 1, 1.0));
                let y = cast(numbers(rows * O, 2, 1.0));
                let mut model = $type::<D, H1, H2, O>::seeded(3);
                for (index, value) in model.parameters_mut().iter_mut().enumerate() {
                    *value += 0.01 * ((index % 7) as $scalar - 3.0);
                }
                let batch = $type::<D, H1, H2, O>::batch(&x, &y).expect("the lengths fit");
                let matrix = |values: &[$scalar], rows, columns| {
                    Array2::from_shape_vec((rows, columns), values.to_vec())
                        .expect("the shape fits")
                };
                let zeros = |rows, columns| Array2::zeros((rows, columns));
                let mut by_hand = ByHand {
                    x: matrix(&x, rows, D),
                    y: matrix(&y, rows, O),
                    w: [
                        matrix(model.w1(), D, H1),
                        matrix(model.w2(), H1, H2),
                        matrix(model.w3(), H2, O),
                    ],
                    b: [
                        model.b1().to_vec().into(),
                        model.b2().to_vec().into(),
                        model.b3().to_vec().into(),
                    ],
                    w_bar: [zeros(D, H1), zeros(H1, H2), zeros(H2, O)],
                    b_bar: [Array1::zeros(H1), Array1::zeros(H2), Array1::zeros(O)],
                    hidden1: zeros(rows, H1),
                    hidden2: zeros(rows, H2),
                    prediction: zeros(rows, O),
                    delta1: zeros(rows, H1),
                    delta2: zeros(rows, H2),
                };
                let mut gradient = model.parameters().to_vec();
                let mut workspace = model.workspace();
                let loss =
                    f64::from(model.loss_and_gradient_into(&batch, &mut gradient, &mut workspace));
                let expected = by_hand.loss_and_gradient();
                let mut worst = (loss - expected).abs() / expected;
                let largest =
                    gradient.iter().fold(0.0, |most: $scalar, value| most.max(value.abs()));
                let mut place = 0;
                for (w_bar, b_bar) in by_hand.w_bar.iter().zip(&by_hand.b_bar) {
                    for value in w_bar.iter().chain(b_bar) {
                        worst = worst.max(f64::from((gradient[place] - value).abs() / largest));
                        place += 1;
                    }
                }
                let mut generated = || {
                    f64::from(model.loss_and_gradient_into(&batch, &mut gradient, &mut workspace))
                };
                let mut hand = || by_hand.loss_and_gradient();
                let [ours, theirs] = compare([&mut generated, &mut hand]);
                let mut optimizer = GradientDescent::new(1e-4);
                let mut generated = || {
                    let loss = model.loss_and_gradient_into(&batch, &mut gradient, &mut workspace);
                    optimizer.step(1.0, model.parameters_mut(), &gradient);
                    f64::from(loss)
                };
                let mut hand = || by_hand.step(1e-4);
                for _ in 0..20 {
                    let (loss, expected) = (generated(), hand());
                    worst = worst.max((loss - expected).abs() / expected);
                }
                let [our_step, their_step] = compare([&mut generated, &mut hand]);
                println!(
                    "{:<28} {:>12.3} {:>12.3} {:>8.2} {:>12.3} {:>12.3} {:>8.2}   {:.1e}",
                    format!("{} {D}-{H1}-{H2}-{O} @ {rows}", stringify!($scalar)),
                    ours / 1e3,
                    theirs / 1e3,
                    theirs / ours,
                    our_step / 1e3,
                    their_step / 1e3,
                    their_step / our_step,
                    worst
                );
            }
        }
    };
}

contest!(single, f32, net32, Net32);
contest!(double, f64, net64, Net64);

fn main() {
    println!(
        "{:<28} {:>12} {:>12} {:>8} {:>12} {:>12} {:>8}   largest difference",
        "loss and gradient, then step",
        "ours µs",
        "ndarray µs",
        "ratio",
        "ours µs",
        "ndarray µs",
        "ratio"
    );
    macro_rules! sizes {
        ($module:ident) => {
            $module::run::<2, 8, 8, 1>(1);
            $module::run::<2, 8, 8, 1>(32);
            $module::run::<4, 16, 16, 1>(256);
            $module::run::<32, 64, 64, 8>(32);
            $module::run::<32, 64, 64, 8>(1024);
            $module::run::<128, 256, 256, 10>(128);
            $module::run::<784, 512, 512, 10>(128);
            $module::run::<1024, 1024, 1024, 1024>(512);
        };
    }
    sizes!(single);
    sizes!(double);
}
