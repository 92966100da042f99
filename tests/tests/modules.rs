//! Models of several functions: helpers that bodies call, several outputs, several losses.

use chainrule::prelude::*;

/// Numbers without a pattern, of both signs.
fn wave(count: usize, speed: f64) -> Vec<f64> {
    (0..count).map(|i| (0.3 + i as f64 * speed).sin()).collect()
}

fn assert_right<M: Model>(model: &M, batch: &M::Batch<'_>) {
    let check = check_gradient(model, batch).expect("the loss is finite");
    assert!(check.passes(), "{check}");
}

fn assert_close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{found} {expected}");
    }
}

/// The gradient of a loss that training does not follow, against central differences.
fn assert_gradient<M: Model<Scalar = f64>>(model: &M, gradient: &[f64], loss: impl Fn(&M) -> f64) {
    let h = f64::EPSILON.cbrt();
    for (place, gradient) in gradient.iter().enumerate() {
        let at = |step: f64| {
            let mut moved = model.clone();
            moved.parameters_mut()[place] += step;
            loss(&moved)
        };
        let difference = (at(h) - at(-h)) / (2.0 * h);
        assert!((gradient - difference).abs() < 1e-8, "{place}: {gradient} {difference}");
    }
}

mod inner {
    use super::{assert_close, wave};
    use chainrule::prelude::*;

    #[model(loss = squared_error, scalar = f64)]
    fn plain(
        x: Input<3>,
        w1: Param<3, 4>,
        b1: Param<4>,
        w2: Param<4, 2>,
        b2: Param<2>,
    ) -> Output<2> {
        let hidden = tanh(x.dot(w1) + b1);
        tanh(hidden.dot(w2) + b2)
    }

    #[model(loss = |p, t| distance(p, t), scalar = f64)]
    fn nested(
        x: Input<3>,
        w1: Param<3, 4>,
        b1: Param<4>,
        w2: Param<4, 2>,
        b2: Param<2>,
    ) -> Output<2> {
        fn dense(x: Tensor<D>, w: Tensor<D, H>, b: Tensor<H>) -> Tensor<H> {
            let b = affine(x, w, b);
            math!("tanh(same(b))")
        }
        fn affine<const A: usize>(x: Tensor<A>, w: Tensor<A, B>, b: Tensor) -> Tensor {
            x.dot(w) + b
        }
        fn same(x: Tensor) -> Tensor {
            x
        }
        fn distance(a: Tensor, b: Tensor) -> Tensor {
            let x = a - b;
            sum(x * x)
        }
        let b = dense(x, w = w1, b = b1);
        b.dense(w2, b2)
    }

    #[test]
    fn functions_are_inlined_with_names_of_their_own() {
        let (x, y) = (wave(15, 0.7), wave(10, 0.4));
        let theta = wave(26, 0.9);
        let plain = Plain::from_parameters(theta.clone()).expect("26 parameters");
        let nested = Nested::from_parameters(theta).expect("26 parameters");
        let one = plain.loss_and_gradient(&Plain::batch(&x, &y).expect("the rows fit"));
        let two = nested.loss_and_gradient(&Nested::batch(&x, &y).expect("the rows fit"));
        assert_close(&[two.0], &[one.0]);
        assert_close(two.1.parameters(), one.1.parameters());
    }
}

/// An autoencoder that classifies too.
#[model(scalar = f64)]
mod coder {
    use chainrule::prelude::*;

    const CODE: usize = 2;

    fn dense<const I: usize, const H: usize>(
        x: Tensor<I>,
        w: Tensor<I, H>,
        b: Tensor<H>,
    ) -> Tensor<H> {
        tanh(x.dot(w) + b)
    }

    /// The code of an example.
    pub fn encode<const D: usize>(
        x: Input<D>,
        w: Param<D, CODE>,
        #[init(constant(0.1))] b: Param<CODE>,
    ) -> Output<CODE> {
        dense(x, w, b)
    }

    fn predict(x: Input<D>, w: Param<D, CODE>, b: Param<CODE>, v: Param<CODE, D>) -> Output<D> {
        encode(x, w, b).dot(v)
    }

    pub fn loss(x: Input<D>, w: Param<D, CODE>, b: Param<CODE>, v: Param<CODE, D>) -> Loss {
        squared_error(predict(x, w, b, v), x) + 0.01 * penalty(w, v)
    }

    /// How large the matrices are.
    fn penalty(w: Param<D, CODE>, v: Param<CODE, D>) -> Loss {
        sum(w * w) + sum(v * v)
    }

    fn classify(
        x: Input<D>,
        c: Index<3>,
        w: Param<D, CODE>,
        b: Param<CODE>,
        u: Param<CODE, 3>,
    ) -> Loss {
        cross_entropy(encode(x, w, b).dot(u), c)
    }
}

mod of_module {
    use super::{Coder, CoderBatch, assert_close, assert_gradient, assert_right, wave};
    use chainrule::prelude::*;

    #[test]
    fn every_loss_has_its_gradient_and_every_output_its_method() {
        let (x, classes) = (wave(5 * 4, 0.7), [0, 2, 1, 1, 0]);
        let model = Coder::<4>::from_parameters(wave(4 * 2 + 2 + 2 * 4 + 2 * 3, 0.9));
        let model = model.expect("as many parameters");
        let batch: CoderBatch<'_, 4> = Coder::batch(&x, &classes).expect("the rows fit");
        assert_right(&model, &batch);
        let (loss, gradient) = model.loss_and_gradient(&batch);
        assert_eq!(gradient.u(), [0.0; 6]);

        let code = model.encode(&x).expect("the rows fit");
        let output = model.predict(&x).expect("the rows fit");
        let squares =
            |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum() };
        assert_eq!(code.len(), 10);
        let penalty = model.penalty(&batch);
        assert_close(&[loss], &[squares(&output, &x) / 5.0 + 0.01 * penalty]);
        let zeros = [0.0; 8];
        assert_close(&[penalty], &[squares(model.w(), &zeros) + squares(model.v(), &zeros)]);

        let (penalty, gradient) = model.penalty_and_gradient(&batch);
        assert_close(&[penalty], &[model.penalty(&batch)]);
        assert_gradient(&model, gradient.parameters(), |model| model.penalty(&batch));
        let (_, gradient) = model.classify_and_gradient(&batch);
        assert_eq!(gradient.v(), [0.0; 8]);
        assert_gradient(&model, gradient.parameters(), |model| model.classify(&batch));
    }

    #[test]
    fn a_loss_that_training_does_not_follow_can_be_followed_without_allocation() {
        let (x, classes) = (wave(5 * 4, 0.7), [0, 2, 1, 1, 0]);
        let mut model = Coder::<4>::seeded(3);
        assert_eq!(model.b(), [0.1, 0.1]);
        let batch = Coder::batch(&x, &classes).expect("the rows fit");
        let (mut workspace, mut gradient) = (model.workspace(), vec![0.0; 24]);
        let before = model.classify_into(&batch, &mut workspace);
        for _ in 0..200 {
            model.classify_and_gradient_into(&batch, &mut gradient, &mut workspace);
            for (theta, gradient) in model.parameters_mut().iter_mut().zip(&gradient) {
                *theta -= 0.5 * gradient;
            }
        }
        assert!(model.classify(&batch) < 0.5 * before);
    }

    #[test]
    fn equations_show_every_loss_and_output() {
        let text = Coder::<4>::equations();
        for title in [
            "Coder: the model",
            "The loss penalty",
            "The gradient of classify",
            "The output encode",
        ] {
            assert!(text.contains(title), "{title} is not in\n{text}");
        }
        assert!(Coder::<4>::plan().contains("The loss classify"));
    }
}
