//! `check_gradient` on generated models: one of every form of declaration, and a wrong gradient.

use std::ops::Range;

use chainrule::batch::BatchBuffer;
use chainrule::model::Reduction;
use chainrule::parameters::ParameterLayout;
use chainrule::prelude::*;

/// Numbers without a pattern, of both signs.
fn wave(count: usize, speed: f64) -> Vec<f64> {
    (0..count).map(|i| (0.3 + i as f64 * speed).sin()).collect()
}

fn in_f32(numbers: &[f64]) -> Vec<f32> {
    numbers.iter().map(|&number| number as f32).collect()
}

/// Moves every parameter off its first value, zeros above all, and checks the gradient there, in every element.
fn assert_right<M: Model<Scalar: From<f32>>>(mut model: M, batch: &M::Batch<'_>) {
    for (theta, shift) in model.parameters_mut().iter_mut().zip(wave(10_000, 0.77)) {
        *theta += (shift as f32 * 0.5).into();
    }
    let check = check_gradient(&model, batch).expect("the loss is finite");
    assert!(check.passes(), "{check}");
    assert_eq!(check.compared, model.parameters().len());
}

#[test]
fn const_generics_in_both_scalar_types() {
    #[model(loss = mean_squared_error)]
    fn single<const D: usize, const H: usize>(
        x: Input<D>,
        w: Param<D, H>,
        b: Param<H>,
        v: Param<H>,
    ) -> Output {
        tanh(x.dot(w) + b).dot(v)
    }
    #[model(loss = mean_squared_error, scalar = f64)]
    fn double<const D: usize, const H: usize>(
        x: Input<D>,
        w: Param<D, H>,
        b: Param<H>,
        v: Param<H>,
    ) -> Output {
        tanh(x.dot(w) + b).dot(v)
    }
    let (x, y) = (wave(3 * 11, 0.9), wave(11, 1.7));
    assert_right(Double::<3, 5>::seeded(1), &Double::<3, 5>::batch(&x, &y).expect("the rows fit"));
    let (x, y) = (in_f32(&x), in_f32(&y));
    assert_right(Single::<3, 5>::seeded(1), &Single::<3, 5>::batch(&x, &y).expect("the rows fit"));
}

#[test]
fn run_time_dimensions_mixed_with_literals() {
    #[model(loss = huber(0.5), scalar = f64, dims(N, H))]
    fn mixed(x: Input<N>, w: Param<N, H>, v: Param<H, 2>) -> Output<2> {
        softplus(x.dot(w)).dot(v)
    }
    let (x, y) = (wave(4 * 9, 0.9), wave(2 * 9, 1.7));
    let dims = MixedDims { n: 4, h: 3 };
    let batch = Mixed::batch(dims, &x, &y).expect("the rows fit");
    assert_right(Mixed::seeded(dims, 1).expect("the dimensions are small"), &batch);
}

#[test]
fn data_shared_by_all_examples() {
    #[model(loss = squared_error, reduction = sum, scalar = f64)]
    fn basis(t: Input, centers: Data<4>, width: Data, w: Param<4>, log_scale: Param) -> Output {
        exp(-((t - centers) / width).powi(2) * exp(log_scale)).dot(w)
    }
    let (t, y) = (wave(9, 0.4), wave(9, 1.3));
    let batch = Basis::batch(&t, &[-1.0, -0.3, 0.3, 1.0], &[0.8], &y).expect("the rows fit");
    assert_right(Basis::seeded(1), &batch);
}

#[test]
fn classes_as_target_and_as_input() {
    #[model(loss = cross_entropy, scalar = f64)]
    fn target(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> {
        x.dot(w) + b
    }
    #[model(scalar = f64)]
    fn given(x: Input<3>, label: Index<4>, w: Param<3, 4>, b: Param<4>) -> Loss {
        cross_entropy(x.dot(w) + b, label)
    }
    let (x, labels) = (wave(3 * 6, 0.9), [0, 3, 1, 2, 3, 3]);
    let (with_target, with_input) = (Target::batch(&x, &labels), Given::batch(&x, &labels));
    assert_right(Target::seeded(1), &with_target.expect("the rows fit"));
    assert_right(Given::seeded(1), &with_input.expect("the rows fit"));
}

#[test]
fn sequences_of_classes_as_target_and_as_input() {
    #[model(loss = cross_entropy, scalar = f64, reduction = sum, dims(T))]
    fn target(x: Input<T, 3>, w: Param<3, 4>, b: Param<4>) -> Output<T, 4> {
        x.dot(w) + b
    }
    #[model(loss = cross_entropy, scalar = f64, reduction = sum)]
    fn single(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> {
        x.dot(w) + b
    }
    #[model]
    fn given(x: Input<5, 3>, labels: Index<4, 5>, w: Param<3, 4>, b: Param<4>) -> Loss {
        cross_entropy(x.dot(w) + b, labels)
    }
    let (x, labels) = (wave(3 * 15, 0.9), [0, 3, 1, 2, 3, 3, 0, 1, 1, 2, 0, 2, 3, 1, 0]);
    let dims = TargetDims { t: 5 };
    let batch = Target::batch(dims, &x, &labels).expect("the rows fit");
    let model = Target::seeded(dims, 1).expect("the dimensions are small");
    let alone = Single::from_parameters(model.parameters().to_vec()).expect("as many");
    let (loss, gradient) = model.loss_and_gradient(&batch);
    let singly = Single::batch(&x, &labels).expect("the rows fit");
    let (loss_alone, gradient_alone) = alone.loss_and_gradient(&singly);
    assert!((loss - loss_alone).abs() < 1e-13 * loss);
    for (found, right) in gradient.parameters().iter().zip(gradient_alone.parameters()) {
        assert!((found - right).abs() < 1e-13, "{found}, {right} is right");
    }
    assert_right(model, &batch);
    let x = in_f32(&x);
    let batch = Given::batch(&x, &labels);
    assert_right(Given::seeded(1), &batch.expect("the rows fit"));
}

#[test]
fn several_inputs_of_different_rank() {
    #[model(loss = mean_squared_error, scalar = f64)]
    fn attention(
        query: Input<3>,
        keys: Input<4, 3>,
        bias: Input,
        w: Param<3, 3>,
        v: Param<3>,
    ) -> Output {
        let scores = softmax(keys.dot(query.dot(w)));
        scores.dot(keys).dot(v) + bias
    }
    let (rows, y) = (5, wave(5, 1.9));
    let (query, keys, bias) = (wave(rows * 3, 0.7), wave(rows * 12, 0.5), wave(rows, 1.1));
    let batch = Attention::batch(&query, &keys, &bias, &y).expect("the rows fit");
    assert_right(Attention::seeded(1), &batch);
}

#[test]
fn a_parameter_used_more_than_once() {
    #[model(loss = mean_squared_error, scalar = f64)]
    fn tied(x: Input<4>, w: Param<4, 3>, b: Param<3>, c: Param<4>) -> Output<4> {
        sigmoid(x.dot(w) + b).dot(transpose(w)) + c * sum(b)
    }
    let (x, y) = (wave(4 * 7, 0.9), wave(4 * 7, 1.7));
    assert_right(Tied::seeded(1), &Tied::batch(&x, &y).expect("the rows fit"));
}

#[test]
fn a_body_that_is_the_loss_with_a_term_of_parameters_alone() {
    #[model(scalar = f64, reduction = sum)]
    fn ridge(x: Input<3>, y: Input, w: Param<3>, b: Param) -> Loss {
        let residual = x.dot(w) + b - y;
        0.5 * residual * residual + 0.1 * sum(w * w)
    }
    let (x, y) = (wave(3 * 8, 0.9), wave(8, 1.7));
    assert_right(Ridge::seeded(1), &Ridge::batch(&x, &y).expect("the rows fit"));
}

#[test]
fn a_closure_as_loss() {
    #[model(loss = |prediction, target| sum(log_cosh(prediction, target)) + sum((prediction - target).powi(4)), scalar = f64)]
    fn closure(x: Input<2>, w: Param<2, 3>) -> Output<3> {
        x.dot(w)
    }
    let (x, y) = (wave(2 * 8, 0.9), wave(3 * 8, 1.7));
    assert_right(Closure::seeded(1), &Closure::batch(&x, &y).expect("the rows fit"));
}

#[test]
fn blackboard_notation_in_a_let_and_as_the_body() {
    #[model(loss = mean_squared_error, scalar = f64)]
    fn body(x: Input<3>, W1: Param<3, 4>, b: Param<4>, W2: Param<4, 2>) -> Output<2> {
        math!("σ(x·W₁ + b)·W₂")
    }
    #[model(loss = mean_squared_error, scalar = f64)]
    fn part(x: Input<3>, W1: Param<3, 4>, b: Param<4>, W2: Param<4, 2>) -> Output<2> {
        let h = math!("σ(x·W1 + b)");
        h.dot(W2)
    }
    let (x, y) = (wave(3 * 6, 0.9), wave(2 * 6, 1.7));
    let batch = Body::batch(&x, &y).expect("the rows fit");
    assert_right(Body::seeded(1), &batch);
    let parts = Part::batch(&x, &y).expect("the rows fit");
    assert_eq!(Part::seeded(3).loss(&parts), Body::seeded(3).loss(&batch));
}

/// A generated model of three parameters, the sign of one element of whose gradient is wrong.
#[derive(Clone, Debug)]
struct Wrong(Right);

#[model(loss = mean_squared_error)]
fn right(x: Input<3>, w1: Param<3, 2>, w2: Param<2>, b: Param) -> Output {
    tanh(x.dot(w1)).dot(w2) + b
}

impl Model for Wrong {
    type Scalar = f32;
    type Dims = ();
    type Batch<'a> = RightBatch<'a>;
    type Workspace = <Right as Model>::Workspace;

    const REDUCTION: Reduction = Right::REDUCTION;

    fn parameters(&self) -> &[f32] {
        self.0.parameters()
    }

    fn parameters_mut(&mut self) -> &mut [f32] {
        self.0.parameters_mut()
    }

    fn layout(&self) -> Vec<ParameterLayout> {
        self.0.layout()
    }

    fn dims(&self) {}

    fn workspace(&self) -> Self::Workspace {
        self.0.workspace()
    }

    fn loss_into(&self, batch: &RightBatch<'_>, workspace: &mut Self::Workspace) -> f32 {
        self.0.loss_into(batch, workspace)
    }

    fn loss_and_gradient_into(
        &self,
        batch: &RightBatch<'_>,
        gradient: &mut [f32],
        workspace: &mut Self::Workspace,
    ) -> f32 {
        let loss = self.0.loss_and_gradient_into(batch, gradient, workspace);
        gradient[3] = -gradient[3];
        loss
    }

    fn loss_in_f64(&self, parameters: &[f64], batch: &RightBatch<'_>) -> f64 {
        self.0.loss_in_f64(parameters, batch)
    }

    fn rows(batch: &RightBatch<'_>) -> usize {
        Right::rows(batch)
    }

    fn batch_dims(_batch: &RightBatch<'_>) {}

    fn slice<'b, 'a: 'b>(batch: &RightBatch<'a>, rows: Range<usize>) -> RightBatch<'b> {
        Right::slice(batch, rows)
    }

    fn batch_buffer(batch: &RightBatch<'_>, rows: usize) -> BatchBuffer<f32> {
        Right::batch_buffer(batch, rows)
    }

    fn gather<'b, 'a: 'b>(
        batch: &RightBatch<'a>,
        order: &[usize],
        buffer: &'b mut BatchBuffer<f32>,
    ) -> RightBatch<'b> {
        Right::gather(batch, order, buffer)
    }
}

#[test]
fn a_wrong_gradient_is_reported_with_the_name_of_the_worst_parameter() {
    let (x, y) = (in_f32(&wave(3 * 9, 0.9)), in_f32(&wave(9, 1.7)));
    let batch = Right::batch(&x, &y).expect("the rows fit");
    let mut model = Right::seeded(1);
    model.w2_mut().copy_from_slice(&[0.5, -0.8]);
    assert!(check_gradient(&model, &batch).expect("the loss is finite").passes());
    let check = check_gradient(&Wrong(model), &batch).expect("the loss is finite");
    assert!(!check.passes());
    let worst = check.worst.as_ref().expect("there are parameters");
    assert_eq!((worst.parameter, worst.index.as_slice()), ("w1", &[1, 1][..]));
    assert!((worst.gradient + worst.difference).abs() <= 1e-6);
    let text = check.to_string();
    let first = "the gradient DISAGREES with central differences in 9 of 9 elements (tolerance 1e-3)\nworst: `w1[1, 1]` gradient";
    assert!(text.starts_with(first), "{text}");
}
