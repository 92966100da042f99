//! The network of the lecture, `L(θ) = Σᵢ (yᵢ − (σ(σ(xᵢ·W1 + b1)·W2 + b2)·W3 + b3))²`, against backpropagation by hand.

use chainrule::prelude::*;
use chainrule_compiler::pipeline::{self, Compiled};
use chainrule_compiler::plan::{Loop, Plan, Value, Work};
use chainrule_compiler::rust_syntax;
use quote::quote;

const ROWS: usize = 7;
const D: usize = 3;
const H: usize = 5;
const K: usize = 4;
const O: usize = 2;

#[model(loss = squared_error, reduction = sum, scalar = f64)]
fn net(
    x: Input<D>,
    W1: Param<D, H>,
    b1: Param<H>,
    W2: Param<H, K>,
    b2: Param<K>,
    W3: Param<K, O>,
    b3: Param<O>,
) -> Output<O> {
    let hidden = sigmoid(x.dot(W1) + b1);
    sigmoid(hidden.dot(W2) + b2).dot(W3) + b3
}

#[model(loss = squared_error, reduction = sum, scalar = f64)]
fn blackboard(
    x: Input<D>,
    W1: Param<D, H>,
    b1: Param<H>,
    W2: Param<H, K>,
    b2: Param<K>,
    W3: Param<K, O>,
    b3: Param<O>,
) -> Output<O> {
    math!("σ(σ(x·W1 + b1)·W2 + b2)·W3 + b3")
}

/// The loss and the gradient, in the order of θ.
fn by_hand(theta: &[f64], x: &[f64], y: &[f64]) -> (f64, Vec<f64>) {
    let (w1, rest) = theta.split_at(D * H);
    let (b1, rest) = rest.split_at(H);
    let (w2, rest) = rest.split_at(H * K);
    let (b2, rest) = rest.split_at(K);
    let (w3, b3) = rest.split_at(K * O);
    let mut loss = 0.0;
    let mut gradient = Layers::default();
    for (x, y) in x.chunks(D).zip(y.chunks(O)) {
        let h1: Vec<f64> = affine(x, w1, b1).into_iter().map(sigmoid).collect();
        let h2: Vec<f64> = affine(&h1, w2, b2).into_iter().map(sigmoid).collect();
        let p = affine(&h2, w3, b3);
        loss += p.iter().zip(y).map(|(p, y)| (y - p).powi(2)).sum::<f64>();
        // The factors that the gradients share: δ3 = 2·(p − y), δ2 = (δ3·W3ᵀ) ⊙ h2 ⊙ (1 − h2), δ1 = (δ2·W2ᵀ) ⊙ h1 ⊙ (1 − h1).
        let delta3: Vec<f64> = p.iter().zip(y).map(|(p, y)| 2.0 * (p - y)).collect();
        let delta2 = back(&delta3, w3, &h2);
        let delta1 = back(&delta2, w2, &h1);
        add_outer(&mut gradient.w1, x, &delta1);
        add_outer(&mut gradient.b1, &[1.0], &delta1);
        add_outer(&mut gradient.w2, &h1, &delta2);
        add_outer(&mut gradient.b2, &[1.0], &delta2);
        add_outer(&mut gradient.w3, &h2, &delta3);
        add_outer(&mut gradient.b3, &[1.0], &delta3);
    }
    let Layers { w1, b1, w2, b2, w3, b3 } = gradient;
    (loss, [w1, b1, w2, b2, w3, b3].concat())
}

#[derive(Default)]
struct Layers {
    w1: Vec<f64>,
    b1: Vec<f64>,
    w2: Vec<f64>,
    b2: Vec<f64>,
    w3: Vec<f64>,
    b3: Vec<f64>,
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// `x·w + b`.
fn affine(x: &[f64], w: &[f64], b: &[f64]) -> Vec<f64> {
    let mut out = b.to_vec();
    for (x, row) in x.iter().zip(w.chunks(b.len())) {
        out.iter_mut().zip(row).for_each(|(out, w)| *out += x * w);
    }
    out
}

/// `(δ·wᵀ) ⊙ h ⊙ (1 − h)`.
fn back(delta: &[f64], w: &[f64], h: &[f64]) -> Vec<f64> {
    let inner = w.chunks(delta.len()).map(|row| row.iter().zip(delta).map(|(w, d)| w * d).sum());
    inner.zip(h).map(|(inner, h): (f64, &f64)| inner * h * (1.0 - h)).collect()
}

/// `sum += xᵀ·δ`, where an empty sum is zero.
fn add_outer(sum: &mut Vec<f64>, x: &[f64], delta: &[f64]) {
    sum.resize(x.len() * delta.len(), 0.0);
    let products = x.iter().flat_map(|x| delta.iter().map(move |d| x * d));
    sum.iter_mut().zip(products).for_each(|(sum, product)| *sum += product);
}

/// Examples without a pattern, and parameters.
fn problem() -> (Vec<f64>, Vec<f64>, Net) {
    let wave = |i: usize, speed: f64| (1.0 + i as f64 * speed).sin();
    let x = (0..ROWS * D).map(|i| wave(i, 0.7)).collect();
    let y = (0..ROWS * O).map(|i| wave(i, 1.3)).collect();
    let mut model = Net::zeros();
    model.parameters_mut().iter_mut().enumerate().for_each(|(i, theta)| *theta = wave(i, 0.37));
    (x, y, model)
}

/// Every element of `found` is within 1e-12 of `expected`, relative to it: sums of some ten products, each rounded once.
fn assert_close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        let error = ((found - expected) / expected).abs();
        assert!(error <= 1e-12, "θ[{i}]: {found} instead of {expected}, error {error:e}");
    }
}

#[test]
fn generated_gradients_are_those_of_backpropagation_by_hand() {
    let (x, y, model) = problem();
    let (expected_loss, expected) = by_hand(model.parameters(), &x, &y);
    let batch = Net::batch(&x, &y).expect("the rows fit");
    let (loss, gradient) = model.loss_and_gradient(&batch);
    assert_close(&[loss, model.loss(&batch)], &[expected_loss; 2]);
    assert_close(gradient.parameters(), &expected);
}

#[test]
fn rust_and_blackboard_give_the_same_bits() {
    let (x, y, model) = problem();
    let same = Blackboard::from_parameters(model.parameters().to_vec()).expect("as many");
    let (loss, gradient) = model.loss_and_gradient(&Net::batch(&x, &y).expect("the rows fit"));
    let batch = Blackboard::batch(&x, &y).expect("the rows fit");
    let (loss_there, gradient_there) = same.loss_and_gradient(&batch);
    assert_eq!((loss, gradient.parameters()), (loss_there, gradient_there.parameters()));
    assert_eq!(model.predict(&x), same.predict(&x));
}

#[test]
fn gradient_agrees_with_central_differences() {
    let (x, y, model) = problem();
    let check = check_gradient(&model, &Net::batch(&x, &y).expect("the rows fit"));
    let check = check.expect("the loss is finite");
    assert!(check.passes(), "{check}");
    assert_eq!(check.compared, model.parameters().len());
}

#[test]
#[expect(clippy::unicode_not_nfc, reason = "the bar of an adjoint is a character of its own")]
fn gradients_are_printed_as_products_of_shared_factors() {
    let gradient = "
  p̄           = 2·e
  ∂L/∂b3 = b̄3 = Σₙ p̄
  ∂L/∂W3 = W̄3 = h2ᵀ·p̄
  ā2          = (p̄·W3ᵀ) ⊙ h2 ⊙ (1 − h2)
  ∂L/∂b2 = b̄2 = Σₙ ā2
  ∂L/∂W2 = W̄2 = h1ᵀ·ā2
  ā1          = (ā2·W2ᵀ) ⊙ h1 ⊙ (1 − h1)
  ∂L/∂b1 = b̄1 = Σₙ ā1
  ∂L/∂W1 = W̄1 = xᵀ·ā1
";
    assert!(Blackboard::equations().contains(gradient), "{}", Blackboard::equations());
}

/// The network of the lecture, compiled in this test.
fn compiled() -> Compiled {
    let parsed = rust_syntax::parse(
        quote!(loss = squared_error, reduction = sum),
        quote! {
            fn net(x: Input<3>, W1: Param<3, 5>, b1: Param<5>, W2: Param<5, 4>, b2: Param<4>, W3: Param<4, 2>, b3: Param<2>) -> Output<2> {
                math!("σ(σ(x·W1 + b1)·W2 + b2)·W3 + b3")
            }
        },
    );
    let mut errors = parsed.errors;
    let model = parsed.model.expect("the model is well formed");
    let compiled = pipeline::compile(&model, &mut errors);
    assert!(errors.check(()).is_ok());
    compiled.expect("the model compiles")
}

/// Matrix products of a plan; the sum of squares of the loss has neither rows nor columns.
fn products(plan: &Plan) -> usize {
    let is_product = |work: &&Work| matches!(work, Work::Product(product) if product.m.is_some() && product.n.is_some() && product.k.is_some());
    plan.steps.iter().map(|step| &step.work).filter(is_product).count()
}

/// Loops of a plan that apply a function, and how many times they apply it to an element.
fn applications(plan: &Plan, name: &str) -> usize {
    let values = plan.steps.iter().flat_map(|step| match &step.work {
        Work::Loop(Loop { values, .. }) | Work::Number { values, .. } => values.as_slice(),
        _ => &[],
    });
    values
        .filter(|value| matches!(value, Value::Apply(function, _) if function.name == name))
        .count()
}

#[test]
fn every_shared_factor_is_computed_once() {
    let compiled = compiled();
    let predict = compiled.predict().expect("the model predicts");
    let gradient = compiled.gradient();
    assert_eq!(products(&predict.plan), 3);
    // Three forward, one for each weight, and two that take the adjoint back through W3 and W2.
    assert_eq!(products(&gradient.plan), 3 + 3 + 2);
    assert_eq!(applications(&predict.plan, "sigmoid"), 2);
    assert_eq!(applications(&gradient.plan, "sigmoid"), 2);
    assert_eq!(applications(&gradient.plan, "exp"), 0);
}

#[test]
fn separate_differentiation_would_repeat_what_is_shared() {
    // ∂L/∂W3 alone needs the 3 forward products and 1; ∂L/∂W2 one more to go back, ∂L/∂W1 two.
    let separate = (3 + 1) + (3 + 2) + (3 + 3);
    assert_eq!(separate, 15);
    assert!(products(&compiled().gradient().plan) < separate);
}
