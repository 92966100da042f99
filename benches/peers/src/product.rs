//! What a product of the Hessian with a vector costs, measured in gradients.

use chainrule::prelude::*;

use crate::formula::{self, Bateman};
use crate::logistic::{double::Logistic, problem};
use crate::race::{Contestant, numbers, race};
use crate::voigt::{self, Voigt};

/// A perceptron of one hidden layer.
#[model(loss = mean_squared_error, derivatives(hvp))]
fn shallow<const D: usize, const H: usize, const O: usize>(
    x: Input<D>,
    w1: Param<D, H>,
    b1: Param<H>,
    w2: Param<H, O>,
    b2: Param<O>,
) -> Output<O> {
    tanh(x.dot(w1) + b1).dot(w2) + b2
}

/// A perceptron of two hidden layers.
#[model(loss = squared_error, derivatives(hvp))]
fn deep<const D: usize, const H: usize, const O: usize>(
    x: Input<D>,
    w1: Param<D, H>,
    b1: Param<H>,
    w2: Param<H, H>,
    b2: Param<H>,
    w3: Param<H, O>,
    b3: Param<O>,
) -> Output<O> {
    sigmoid(sigmoid(x.dot(w1) + b1).dot(w2) + b2).dot(w3) + b3
}

/// A recurrent network of long short-term memory (Hochreiter & Schmidhuber 1997).
#[model(loss = mean_squared_error, derivatives(hvp))]
fn lstm<const T: usize, const D: usize, const H: usize>(
    x: Input<T, D>,
    w: Param<D, { 4 * H }>,
    u: Param<H, { 4 * H }>,
    b: Param<{ 4 * H }>,
    v: Param<H>,
) -> Output {
    let mut h = zeros([H]);
    let mut c = zeros([H]);
    for t in 0..T {
        let z = x[t].dot(w) + h.dot(u) + b;
        c = sigmoid(z[H..2 * H]) * c + sigmoid(z[..H]) * tanh(z[2 * H..3 * H]);
        h = sigmoid(z[3 * H..]) * tanh(c);
    }
    h.dot(v)
}

/// Times one model and prints a row.
fn measure<M: HessianVectorProduct>(name: &str, model: &M, batch: &M::Batch<'_>)
where
    M::Scalar: Into<f64>,
{
    let direction = model.parameters().to_vec();
    let (mut gradient, mut product) = (direction.clone(), direction.clone());
    let (mut one, mut other) = (model.workspace(), model.workspace());
    let mut contestants = [
        Contestant::new("gradient", || {
            model.loss_and_gradient_into(batch, &mut gradient, &mut one).into()
        }),
        Contestant::new("product", || {
            model.hessian_vector_product_into(batch, &direction, &mut product, &mut other);
            product[0].into()
        }),
    ];
    let times = race(&mut contestants);
    let [[gradient, best], [product, best_product]] = [times[0], times[1]];
    println!(
        "  {name:<40} {:>10.2} µs {:>10.2} µs {:>7.2} × {:>7.2} ×",
        gradient / 1e3,
        product / 1e3,
        product / gradient,
        best_product / best
    );
}

fn singles(count: usize, seed: u64) -> Vec<f32> {
    numbers(count, seed).into_iter().map(|x| 2.0 * x as f32 - 1.0).collect()
}

macro_rules! perceptron {
    ($type:ident, $sizes:literal, $d:literal, $h:literal, $o:literal, $rows:literal) => {{
        let (x, y) = (singles($rows * $d, 1), singles($rows * $o, 2));
        let batch = $type::<$d, $h, $o>::batch(&x, &y).expect("the lengths fit");
        measure(
            concat!("perceptron ", $sizes, ", ", $rows, " examples"),
            &$type::<$d, $h, $o>::seeded(3),
            &batch,
        );
    }};
}

/// Times all models.
pub fn run() {
    println!(
        "loss and gradient, and a product of the Hessian with a vector (ratios of medians, of minima)"
    );
    perceptron!(Shallow, "4-16-3", 4, 16, 3, 150);
    perceptron!(Shallow, "16-32-4", 16, 32, 4, 256);
    perceptron!(Shallow, "64-128-10", 64, 128, 10, 512);
    perceptron!(Deep, "8-16-16-2", 8, 16, 2, 256);
    perceptron!(Deep, "64-64-64-10", 64, 64, 10, 512);
    perceptron!(Deep, "256-256-256-10", 256, 256, 10, 256);
    for n in [100, 1000] {
        let (times, observed) = formula::observations(n);
        let batch = Bateman::batch(&times, &[formula::DOSE], &observed).expect("the lengths fit");
        let model = Bateman::from_parameters(formula::START.to_vec()).expect("three parameters");
        measure(&format!("one-compartment formula, {n} observations"), &model, &batch);
    }
    let (x, y) = voigt::observations();
    let batch = Voigt::<{ voigt::PEAKS }>::batch(&x, &y).expect("the lengths fit");
    let model = Voigt::from_parameters(voigt::start()).expect("four a peak");
    measure("12 pseudo-Voigt peaks, 2,000 points", &model, &batch);
    let logistic = problem();
    let batch =
        Logistic::<50>::batch(&logistic.x.values, &logistic.y.values).expect("the lengths fit");
    measure(
        "logistic regression, 1,000 × 50",
        &Logistic::from_parameters(logistic.theta()).expect("51"),
        &batch,
    );
    let (x, y) = (singles(64 * 20 * 16, 1), singles(64, 2));
    let batch = Lstm::<20, 16, 64>::batch(&x, &y).expect("the lengths fit");
    measure("LSTM, 64 units, 20 steps, 64 examples", &Lstm::<20, 16, 64>::seeded(3), &batch);
}
