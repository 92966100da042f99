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

mod of_numbers {
    use super::{assert_close, assert_right, wave};
    use chainrule::prelude::*;

    /// What a user has already: not to be rewritten in the language.
    fn clipped(x: f64) -> f64 {
        x.clamp(-2.0, 2.0)
    }

    #[model(loss = squared_error, scalar = f64)]
    fn plain(x: Input<3>, w: Param<3, 2>, k: Param, b: Param<2>) -> Output<2> {
        let a = tanh(x.dot(w));
        a * exp(k) + sin(a * b) + b / (1.0 + b * b)
    }

    #[model(loss = squared_error, scalar = f64)]
    mod opaque {
        use super::clipped;
        use chainrule::prelude::*;

        #[derivative(x = "1 - y²")]
        fn soft(x: f64) -> f64 {
            let (up, down) = (clipped(x).exp(), (-clipped(x)).exp());
            (up - down) / (up + down)
        }

        /// Grows.
        #[derivative(x = "scaled(1, k)", k = "y")]
        fn scaled(x: f64, k: f64) -> f64 {
            x * k.exp()
        }

        #[derivative(x = "cosine(x)")]
        fn sine(x: f64) -> f64 {
            x.sin()
        }

        #[derivative(x = "-sine(x)")]
        fn cosine(x: f64) -> f64 {
            x.cos()
        }

        #[derivative(x = slope)]
        fn hill(x: f64) -> f64 {
            x / (1.0 + x * x)
        }

        fn slope(x: f64) -> f64 {
            (1.0 - x * x) / (1.0 + x * x).powi(2)
        }

        fn predict(x: Input<3>, w: Param<3, 2>, k: Param, b: Param<2>) -> Output<2> {
            let soft = soft(x.dot(w));
            scaled(soft, k) + sine(soft * b) + b.hill()
        }
    }

    #[model(loss = squared_error, scalar = f64)]
    fn inside(x: Input<3>, w: Param<3, 2>, k: Param, b: Param<2>) -> Output<2> {
        #[derivative(x = "1 - y*y")]
        fn sum_of(x: f64) -> f64 {
            x.tanh()
        }
        #[derivative(x = slope)]
        fn dot_of(x: f64) -> f64 {
            x / (1.0 + x * x)
        }
        fn slope(x: f64) -> f64 {
            (1.0 - x * x) / (1.0 + x * x).powi(2)
        }
        fn dense(x: Tensor, w: Tensor) -> Tensor {
            sum_of(x.dot(w))
        }
        let a = dense(x, w);
        a * exp(k) + sin(a * b) + dot_of(b)
    }

    #[test]
    fn a_function_of_numbers_has_the_derivative_it_is_given() {
        let (x, y, theta) = (wave(15, 0.7), wave(10, 0.4), wave(9, 0.9));
        let plain = Plain::from_parameters(theta.clone()).expect("9 parameters");
        let opaque = Opaque::from_parameters(theta.clone()).expect("9 parameters");
        let inside = Inside::from_parameters(theta).expect("9 parameters");
        let one = plain.loss_and_gradient(&Plain::batch(&x, &y).expect("the rows fit"));
        let batch = Opaque::batch(&x, &y).expect("the rows fit");
        let two = opaque.loss_and_gradient(&batch);
        let three = inside.loss_and_gradient(&Inside::batch(&x, &y).expect("the rows fit"));
        assert_close(&[two.0, three.0], &[one.0, one.0]);
        assert_close(two.1.parameters(), one.1.parameters());
        assert_close(three.1.parameters(), one.1.parameters());
        assert_right(&opaque, &batch);
        assert_close(
            &opaque.predict(&x).expect("the rows fit"),
            &plain.predict(&x).expect("the rows fit"),
        );
    }

    #[model(loss = squared_error)]
    mod single {
        use chainrule::prelude::*;

        #[derivative(x = "2*x")]
        fn square(x: f64) -> f64 {
            x * x
        }

        fn predict(x: Input, w: Param) -> Output {
            square(x * w)
        }
    }

    #[model(loss = squared_error, scalar = f64)]
    mod wrong {
        use chainrule::prelude::*;

        #[derivative(x = "3*x")]
        fn square(x: f64) -> f64 {
            x * x
        }

        fn predict(x: Input, w: Param) -> Output {
            square(x * w)
        }
    }

    #[test]
    fn a_wrong_derivative_is_found_by_the_check() {
        let model = Single::from_parameters(vec![0.7]).expect("one parameter");
        assert_right(&model, &Single::batch(&[0.5, 1.5], &[1.0, -1.0]).expect("the rows fit"));
        let model = Wrong::from_parameters(vec![0.7]).expect("one parameter");
        let batch = Wrong::batch(&[0.5, 1.5], &[1.0, -1.0]).expect("the rows fit");
        let check = check_gradient(&model, &batch).expect("the loss is finite");
        assert!(!check.passes(), "{check}");
        assert!(check.to_string().contains("DISAGREES"));
    }

    #[model(scalar = f64)]
    mod constant {
        use chainrule::prelude::*;

        /// A step has derivative zero by declaration.
        #[derivative(x = 0, k = 1)]
        fn stairs(x: f64, k: f64) -> f64 {
            x.floor() + k
        }

        fn loss(x: Input, w: Param, k: Param) -> Loss {
            w * w + stairs(x * w, k)
        }
    }

    #[test]
    fn a_derivative_may_be_a_number() {
        let model = Constant::from_parameters(vec![1.5, 0.25]).expect("two parameters");
        let batch = Constant::batch(&[1.0]).expect("the row fits");
        let (loss, gradient) = model.loss_and_gradient(&batch);
        assert_eq!((loss, gradient.parameters()), (2.25 + 1.25, [3.0, 1.0].as_slice()));
    }
}

mod of_constants {
    use super::{assert_close, assert_right, wave};
    use chainrule::prelude::*;

    #[model(loss = squared_error, scalar = f64, reduction = sum, dims(N))]
    pub(crate) mod curve {
        use chainrule::prelude::*;

        const RATE: f64 = -0.5;
        pub(super) const STEPS: usize = 3;

        /// `STEPS` is the constant, although it is an extent here.
        fn total(grid: Tensor<STEPS>) -> Tensor {
            sum(grid) * STEPS / 3.0
        }

        fn shifted<const K: usize>(x: Tensor<K>, by: Tensor) -> Tensor<K> {
            let mut y = x;
            for step in 0..STEPS {
                y = y + RATE * by / K;
            }
            y
        }

        pub fn predict(x: Input<N>, w: Param<N>, grid: Data<STEPS>) -> Output<N> {
            shifted(x * w, total(grid))
        }

        /// Prices how large the parameters are.
        pub fn size(w: Param<N>, grid: Data<STEPS>) -> Loss {
            sum(w * w) * grid[STEPS - 1]
        }

        pub fn spread(grid: Data<STEPS>, x: Input<N>, w: Param<N>) -> Output {
            var(predict(x, w, grid))
        }
    }

    #[test]
    fn constants_and_dimensions_are_numbers_in_every_function() {
        let dims = CurveDims { n: 4 };
        let (x, y, grid) = (wave(12, 0.7), wave(12, 0.4), [0.5, 1.0, 2.0]);
        assert_eq!(grid.len(), curve::STEPS);
        let model = Curve::from_parameters(dims, wave(4, 0.9)).expect("4 parameters");
        let batch = curve::Curve::batch(dims, &x, &grid, &y).expect("the rows fit");
        assert_right(&model, &batch);
        let shift = 3.0 * -0.5 * 3.5 / 4.0;
        let expected: Vec<f64> =
            x.iter().enumerate().map(|(i, x)| x * model.w()[i % 4] + shift).collect();
        assert_close(&model.predict(&x, &grid).expect("the rows fit"), &expected);
        // A loss without inputs is no sum over examples.
        let squares: f64 = model.w().iter().map(|w| w * w).sum();
        assert_close(&[model.size(&batch)], &[2.0 * squares]);
        let (_, gradient) = model.size_and_gradient(&batch);
        assert_close(gradient.parameters(), &model.w().iter().map(|w| 4.0 * w).collect::<Vec<_>>());
        assert_eq!(model.spread(&grid, &x).expect("the rows fit").len(), 3);
    }

    #[test]
    fn a_module_may_stand_in_a_function() {
        #[model(loss = fit)]
        mod local {
            use chainrule::prelude::*;

            fn predict(x: Input, w: Param) -> Output {
                x * w
            }

            fn fit(x: Input, z: Input, w: Param) -> Loss {
                squared_error(predict(x, w), z)
            }

            fn other(w: Param) -> Loss {
                w * w
            }
        }
        let model = Local::from_parameters(vec![2.0]).expect("one parameter");
        let batch = Local::batch(&[1.0, 2.0], &[3.0, 4.0]).expect("the rows fit");
        assert_right(&model, &batch);
        assert!((model.loss(&batch) - 0.5).abs() < 1e-6);
        assert!((model.other(&batch) - 4.0).abs() < 1e-6);
        assert_eq!(model.predict(&[3.0]).expect("the row fits"), [6.0]);
    }
}

mod with_other_forms {
    use super::{assert_close, assert_right, wave};
    use chainrule::prelude::*;

    #[model(loss = squared_error, scalar = f64)]
    fn inlined(x: Input<3>, w: Param<2, 3, 3>, b: Param<2, 3>) -> Output<3> {
        fn layer(h: Tensor, w: Tensor, b: Tensor) -> Tensor {
            let a = h.dot(w) + b;
            if a > 0.0 { a } else { 0.1 * a }
        }
        fn deep(x: Tensor, w: Tensor<L, D, D>, b: Tensor<L, D>) -> Tensor<D> {
            let mut h = x;
            for l in 0..L {
                h = layer(h, w[l], b[l]);
            }
            h
        }
        deep(x, w, b)
    }

    #[model(loss = squared_error, scalar = f64)]
    fn written_out(x: Input<3>, w: Param<2, 3, 3>, b: Param<2, 3>) -> Output<3> {
        let h = leaky_relu(x.dot(w[0]) + b[0], 0.1);
        leaky_relu(h.dot(w[1]) + b[1], 0.1)
    }

    #[test]
    fn functions_hold_loops_choices_and_places() {
        let (x, y, theta) = (wave(15, 0.7), wave(15, 0.4), wave(24, 0.9));
        let inlined = Inlined::from_parameters(theta.clone()).expect("24 parameters");
        let written_out = WrittenOut::from_parameters(theta).expect("24 parameters");
        let batch = Inlined::batch(&x, &y).expect("the rows fit");
        assert_right(&inlined, &batch);
        let one = inlined.loss_and_gradient(&batch);
        let two = written_out.loss_and_gradient(&WrittenOut::batch(&x, &y).expect("the rows fit"));
        assert_close(&[one.0], &[two.0]);
        assert_close(one.1.parameters(), two.1.parameters());
    }

    #[model(scalar = f64)]
    mod spring {
        use chainrule::prelude::*;

        #[derivative(x = "cosine(x)")]
        fn sine(x: f64) -> f64 {
            x.sin()
        }

        #[derivative(x = "-sine(x)")]
        fn cosine(x: f64) -> f64 {
            x.cos()
        }

        fn energy(x: Tensor, k: Tensor) -> Tensor {
            k * (1.0 - cosine(x))
        }

        /// The force that the energy gives: `−k·sin(x)`.
        fn force(x: Input, k: Param) -> Output {
            let u = energy(x, k);
            -diff(u, x)
        }

        fn loss(x: Input, f: Input, k: Param) -> Loss {
            squared_error(force(x, k), f)
        }
    }

    #[test]
    fn derivatives_inside_a_model_go_through_functions_of_numbers() {
        let model = Spring::from_parameters(vec![1.5]).expect("one parameter");
        let x = wave(5, 0.7);
        let expected: Vec<f64> = x.iter().map(|x| -1.5 * x.sin()).collect();
        assert_close(&model.force(&x).expect("the rows fit"), &expected);
        assert_right(&model, &Spring::batch(&x, &wave(5, 0.4)).expect("the rows fit"));
    }

    #[model(scalar = f64)]
    fn noisy(x: Input<4>, w: Param<4>) -> Loss {
        fn noise(x: Tensor) -> Tensor {
            normal_like(x)
        }
        let difference = noise(x) - noise(x);
        sum(w * difference) + sum(w * x)
    }

    #[test]
    fn each_call_draws_numbers_of_its_own() {
        let model = Noisy::from_parameters(vec![1.0; 4]).expect("four parameters");
        let x = [0.5; 4];
        let batch = Noisy::batch(&x).expect("the row fits");
        assert_close(&[model.loss(&batch)], &[2.0]);
        let drawn = batch.with_randomness(3, 1);
        assert!((model.loss(&drawn) - 2.0).abs() > 1e-3);
    }

    #[model(scalar = f64)]
    fn classes(tokens: Index<5, 3>, table: Param<5, 2>, u: Param<2>) -> Loss {
        fn embedded(tokens: Index<V, T>, table: Tensor<V, D>) -> Tensor<T, D> {
            table[tokens]
        }
        sum(tanh(embedded(tokens, table).dot(u)))
    }

    #[test]
    fn functions_take_classes() {
        let model = Classes::from_parameters(wave(12, 0.9)).expect("12 parameters");
        assert_right(&model, &Classes::batch(&[0, 4, 2, 1, 1, 3]).expect("the rows fit"));
    }
}
