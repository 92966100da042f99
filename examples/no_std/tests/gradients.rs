//! Gradients of models that run without a heap, against central differences of their losses.

use chainrule::prelude::*;

const CLASSES: usize = 5;

/// Large enough for products that a program with a heap would make in blocks.
#[model(loss = cross_entropy, scalar = f64)]
fn layers(x: Input<20>, w1: Param<20, 40>, b1: Param<40>, w2: Param<40, 40>, w3: Param<40, CLASSES>) -> Output<CLASSES> {
    tanh(tanh(x.dot(w1) + b1).dot(w2)).dot(w3)
}

/// Loops, tables, attention over what was read.
#[model(loss = squared_error, scalar = f64, derivatives(hvp))]
fn words(t: Index<7, 3>, e: Param<7, 4>, u: Param<4, 4>, q: Param<4>) -> Output {
    let mut state = 0.1 * q;
    for i in 0..3 {
        state = tanh(state.dot(u) + e[t[i]]);
    }
    state.dot(q) + logsumexp(state)
}

/// The gradient of `model`, and the largest distance of an element from its central difference.
fn distance<M: Model<Scalar = f64>>(model: &mut M, batch: &M::Batch<'_>, gradient: &mut [f64]) -> f64 {
    let mut workspace = model.workspace();
    model.loss_and_gradient_into(batch, gradient, &mut workspace);
    let step = 1e-5;
    let mut distance = 0.0_f64;
    for i in 0..gradient.len() {
        let before = model.parameters()[i];
        let [above, below] = [before + step, before - step].map(|value| {
            model.parameters_mut()[i] = value;
            model.loss_into(batch, &mut workspace)
        });
        model.parameters_mut()[i] = before;
        distance = distance.max((gradient[i] - (above - below) / (2.0 * step)).abs());
    }
    distance
}

/// Numbers between −1 and 1 without a pattern.
fn numbers<const N: usize>(seed: u64) -> [f64; N] {
    let mut generator = chainrule::generator::Generator::new(seed);
    std::array::from_fn(|_| 2.0 * generator.uniform() - 1.0)
}

/// Central differences in `f64` with a step of `1e-5` are right to some `1e-10` for functions of size 1.
const TOLERANCE: f64 = 1e-8;

#[test]
fn of_wide_layers() -> Result<(), chainrule::Error> {
    let (x, classes) = (numbers::<60>(1), [0, 4, 2]);
    let mut gradient = [0.0; Layers::PARAMETERS_LEN];
    let mut model = Layers::seeded(3);
    let found = distance(&mut model, &Layers::batch(&x, &classes)?, &mut gradient);
    assert!(found < TOLERANCE && gradient.iter().any(|g| g.abs() > 0.01), "{found}");
    Ok(())
}

#[test]
fn of_loops_over_tables() -> Result<(), chainrule::Error> {
    let mut gradient = [0.0; Words::PARAMETERS_LEN];
    let mut model = Words::seeded(5);
    model.parameters_mut().copy_from_slice(&numbers::<{ Words::PARAMETERS_LEN }>(5));
    let batch = Words::batch(&[0, 6, 6, 3, 1, 0], &[0.5, -1.0])?;
    let found = distance(&mut model, &batch, &mut gradient);
    assert!(found < TOLERANCE && gradient.iter().any(|g| g.abs() > 0.01), "{found}");
    Ok(())
}

#[test]
fn hessian_vector_products_are_differences_of_gradients() -> Result<(), chainrule::Error> {
    const N: usize = Words::PARAMETERS_LEN;
    let (mut model, direction) = (Words::zeros(), numbers::<N>(9));
    let theta = numbers::<N>(5);
    let batch = Words::batch(&[0, 6, 6, 3, 1, 0], &[0.5, -1.0])?;
    let mut workspace = model.workspace();
    let mut at = |shift: f64, model: &mut Words| {
        let mut gradient = [0.0; N];
        let moved = theta.iter().zip(&direction).map(|(theta, v)| theta + shift * v);
        model.parameters_mut().iter_mut().zip(moved).for_each(|(place, value)| *place = value);
        model.loss_and_gradient_into(&batch, &mut gradient, &mut workspace);
        gradient
    };
    let (above, below) = (at(1e-5, &mut model), at(-1e-5, &mut model));
    at(0.0, &mut model);
    let mut product = [0.0; N];
    model.hessian_vector_product_into(&batch, &direction, &mut product, &mut model.workspace());
    for i in 0..N {
        let difference = (above[i] - below[i]) / 2e-5;
        assert!((product[i] - difference).abs() < TOLERANCE, "{i}: {} {difference}", product[i]);
    }
    Ok(())
}

#[test]
fn what_is_wrong_is_said_without_a_heap() {
    let error = Layers::batch(&[0.0; 21], &[1]).unwrap_err();
    assert_eq!(error.to_string(), "`x` has 21 values, expected a multiple of 20, the length of its rows");
    let error = Words::batch(&[0, 7, 1], &[0.5]).unwrap_err();
    assert_eq!(error.to_string(), "`t` is 7 in row 0, column 1, expected an index below 7");
    let model = Layers::seeded(1);
    let error = model.predict_to(&[0.0; 40], &mut [0.0; 5], &mut model.workspace()).unwrap_err();
    assert_eq!(error.to_string(), "`output` has 5 values, expected 10");
    let error = GradientDescent::<f32>::new(-1.0).check().unwrap_err();
    assert_eq!(error.to_string(), "`learning_rate` is -1, expected a positive finite number");
}
