//! Steps on several threads: the same bits on any number of them, and nothing allocated by us after the first step.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chainrule::derivatives::{
    GaussNewton, Hessian, HessianVectorProduct, InputDerivatives, Jacobian, JacobianVectorProduct,
    MatrixOrder, Residuals, SparseJacobian, VectorJacobianProduct,
};
use chainrule::kernel::arch::{Isa, Kernel, dispatch};
use chainrule::kernel::matmul::{Matrix, Update, matmul, matmul_scratch};
use chainrule::kernel::real::Real;
use chainrule::prelude::*;
use chainrule::workspace::Workspace;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Three layers, with a rule that needs the sums over the examples once more.
#[model(loss = mean_squared_error)]
fn layers<const D: usize, const H: usize>(
    x: Input<D>,
    w1: Param<D, H>,
    b1: Param<H>,
    w2: Param<H, H>,
    b2: Param<H>,
    w3: Param<H, 2>,
    b3: Param<2>,
) -> Output<2> {
    let hidden = tanh(sigmoid(x.dot(w1) + b1).dot(w2) + b2);
    hidden.dot(w3) + b3
}

/// Sums of parts, and terms of the parameters alone before and after them.
#[model(scalar = f64)]
mod ridge {
    use chainrule::prelude::*;

    fn prediction(x: Input<3>, w: Param<3>, b: Param) -> Output {
        exp(-square(x.dot(w / sqrt(1.0 + sum(w * w))) + b))
    }

    fn loss(x: Input<3>, y: Input, w: Param<3>, b: Param) -> Loss {
        log_cosh(prediction(x, w, b) - y) + 0.01 * sum(w * w)
    }

    fn worst(x: Input<3>, y: Input, w: Param<3>, b: Param) -> Loss {
        abs(prediction(x, w, b) - y) + 0.1 * abs(b)
    }
}

#[model(loss = squared_error, scalar = f64, derivatives(
    jacobian, jvp, vjp, gauss_newton, sparse_jacobian, hvp, hessian, inputs
))]
fn peaks(
    t: Input,
    #[init(constant(1.3))] height: Param<3>,
    #[init(constant(0.4))] middle: Param<3>,
    #[init(constant(1.7))] width: Param<3>,
) -> Output {
    sum(height * exp(-square((t - middle) / width)) / (1.0 + square(t * width)))
}

#[model(loss = mean_squared_error, dims(T))]
fn recurrent<const H: usize>(
    x: Input<T, 3>,
    w: Param<3, { 4 * H }>,
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

#[model(loss = squared_error)]
fn words(
    word: Index<50>,
    x: Input<4>,
    table: Param<50, 4>,
    w: Param<4, 16>,
    v: Param<16>,
) -> Output {
    tanh((table[word] + x).dot(w)).dot(v)
}

#[model(scalar = f64)]
fn pieces(x: Input<4>, w: Param<4>, v: Param<4>) -> Loss {
    let z = x * w;
    sum(if z > 0.2 { ln(1.0 + z) * v } else { exp(z) * w }) + max(x * v)
}

#[model(loss = mean_squared_error)]
fn noisy(x: Input<4>, w: Param<4, 16>, v: Param<16>) -> Output {
    let loose = w + 0.1 * normal_like(w);
    dropout(tanh((x + 0.1 * normal_like(x)).dot(loose)), 0.3).dot(v)
}

#[model(scalar = f64)]
fn whole<const B: usize, const D: usize>(
    x: Data<B, D>,
    y: Data<B>,
    w: Param<D, D>,
    v: Param<D>,
) -> Loss {
    let hidden = tanh(x.dot(w));
    mean(square((hidden - mean(hidden, axis = 0)).dot(v) - y))
}

/// The numbers of threads that must not matter.
const THREADS: [usize; 5] = [1, 2, 3, 4, 8];

fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started")
}

/// Runs the same on pools of several sizes, twice in one workspace, and outside of any.
fn same_bits<T: Real>(run: impl Fn() -> Vec<T> + Sync) {
    let bits = |values: Vec<T>| -> Vec<u64> {
        values.into_iter().map(|value| value.to_f64().to_bits()).collect()
    };
    let expected = bits(run());
    assert!(!expected.is_empty());
    for threads in THREADS {
        let found = pool(threads).install(|| bits(run()));
        assert!(found == expected, "on {threads} threads");
    }
}

fn numbers<T: Real>(count: usize, speed: f64) -> Vec<T> {
    (0..count).map(|i| T::from_f64((0.3 + i as f64 * speed).sin())).collect()
}

fn moved<M: Model>(mut model: M) -> M {
    let more = numbers::<M::Scalar>(model.parameters().len(), 0.77);
    for (theta, more) in model.parameters_mut().iter_mut().zip(more) {
        *theta += M::Scalar::from_f64(0.3) * more;
    }
    model
}

/// The loss, twice the loss with its gradient.
fn steps<M: Model>(model: &M, batch: &M::Batch<'_>) -> Vec<M::Scalar> {
    let mut workspace = model.workspace();
    let mut all = vec![model.loss_into(batch, &mut workspace)];
    for _ in 0..2 {
        let mut gradient = vec![M::Scalar::from_f64(f64::NAN); model.parameters().len()];
        all.push(model.loss_and_gradient_into(batch, &mut gradient, &mut workspace));
        all.extend(gradient);
    }
    all
}

#[test]
fn perceptrons_have_the_same_bits() {
    for rows in [1, 700, 2111, 9001] {
        let model = moved(Layers::<5, 16>::seeded(1));
        let (x, y) = (numbers(rows * 5, 0.9), numbers(rows * 2, 0.31));
        let batch = Layers::<5, 16>::batch(&x, &y).expect("the lengths fit");
        same_bits(|| steps(&model, &batch));
        same_bits(|| model.predict(&x).expect("the length fits"));
        assert_eq!(is_divided(|| bytes(&model, &batch)), rows > 1000, "{rows}");
    }
}

#[test]
fn shared_products_have_the_same_bits() {
    let (rows, model) = (67, moved(Layers::<203, 310>::seeded(1)));
    let (x, y) = (numbers(rows * 203, 0.9), numbers(rows * 2, 0.31));
    let batch = Layers::<203, 310>::batch(&x, &y).expect("the lengths fit");
    same_bits(|| steps(&model, &batch));
    assert!(is_divided(|| bytes(&model, &batch)));
    same_bits(|| model.predict(&x).expect("the length fits"));
}

#[test]
fn losses_with_terms_of_the_parameters_have_the_same_bits() {
    let rows = 60_011;
    let model = moved(Ridge::seeded(2));
    let (x, y) = (numbers(rows * 3, 0.7), numbers(rows, 0.13));
    let batch = Ridge::batch(&x, &y).expect("the lengths fit");
    assert!(is_divided(|| bytes(&model, &batch)));
    same_bits(|| steps(&model, &batch));
    same_bits(|| {
        let (worst, gradient) = model.worst_and_gradient(&batch);
        [&[worst], gradient.parameters()].concat()
    });
}

#[test]
fn loops_tables_conditions_and_noise_have_the_same_bits() {
    let rows = 2003;
    let (x, y) = (numbers(rows * 15, 0.9), numbers(rows, 0.31));
    let dims = RecurrentDims { t: 5 };
    let model = moved(Recurrent::<6>::seeded(dims, 3).expect("the dimensions are positive"));
    let batch = Recurrent::<6>::batch(dims, &x, &y).expect("the lengths fit");
    assert!(is_divided(|| bytes(&model, &batch)));
    same_bits(|| steps(&model, &batch));

    let words: Vec<u32> = (0..9001).map(|i| i * i % 50).collect();
    let (x, y) = (numbers(9001 * 4, 0.9), numbers(9001, 0.31));
    let model = moved(Words::seeded(4));
    let batch = Words::batch(&words, &x, &y).expect("the lengths fit");
    assert!(!is_divided(|| bytes(&model, &batch)));
    same_bits(|| steps(&model, &batch));

    let model = moved(Noisy::seeded(6));
    let batch = Noisy::batch(&x, &y).expect("the lengths fit").with_randomness(3, 4);
    assert!(is_divided(|| bytes(&model, &batch)));
    same_bits(|| steps(&model, &batch));

    let x = numbers(20_001 * 4, 0.9);
    let model = moved(Pieces::seeded(5));
    let batch = Pieces::batch(&x).expect("the length fits");
    assert!(is_divided(|| bytes(&model, &batch)));
    same_bits(|| steps(&model, &batch));
}

#[test]
fn objectives_without_examples_have_the_same_bits() {
    let (x, y) = (numbers(200 * 64, 0.9), numbers(200, 0.31));
    let model = moved(Whole::<200, 64>::seeded(5));
    let batch = Whole::<200, 64>::batch(&x, &y).expect("the lengths fit");
    same_bits(|| steps(&model, &batch));
}

#[test]
fn derivatives_have_the_same_bits() {
    let rows = 25_003;
    let model = moved(Peaks::seeded(7));
    let (x, y) = (numbers(rows, 0.7), numbers(rows, 0.13));
    let batch = Peaks::batch(&x, &y).expect("the lengths fit");
    assert!(is_divided(|| bytes(&model, &batch)));
    same_bits(|| steps(&model, &batch));
    let count = model.parameters().len();
    let (direction, vector) = (numbers(count, 0.3), numbers(rows, 0.2));
    let new = |length: usize| vec![f64::NAN; length];
    for order in [MatrixOrder::RowMajor, MatrixOrder::ColumnMajor] {
        same_bits(|| {
            let (mut r, mut j, mut workspace) = (new(rows), new(rows * count), model.workspace());
            model.residuals_and_jacobian_into(&batch, &mut r, &mut j, order, &mut workspace);
            [r, j].concat()
        });
    }
    same_bits(|| {
        let mut workspace = model.workspace();
        let (mut r, mut jvp, mut by_input) = (new(rows), new(rows), new(rows));
        let (mut vjp, mut hvp, mut g) = (new(count), new(count), new(count));
        let (mut normal, mut h) = (new(count * count), new(count * count));
        model.residuals_into(&batch, &mut r, &mut workspace);
        model.jacobian_vector_product_into(&batch, &direction, &mut jvp, &mut workspace);
        model.vector_jacobian_product_into(&batch, &vector, &mut vjp, &mut workspace);
        model.hessian_vector_product_into(&batch, &direction, &mut hvp, &mut workspace);
        model.normal_equations_into(&batch, &mut normal, &mut g, &mut workspace);
        model.hessian_into(&batch, &mut g, &mut h, &mut workspace);
        model.input_gradient_into(&batch, &mut by_input, &mut workspace);
        [r, jvp, by_input, vjp, hvp, g, normal, h].concat()
    });
    same_bits(|| {
        let mut sparse = model.sparse_jacobian(&batch).expect("there is memory");
        let (mut r, mut workspace) = (new(rows), model.workspace());
        model.residuals_and_sparse_jacobian_into(&batch, &mut r, &mut sparse, &mut workspace);
        sparse.values().to_vec()
    });
}

/// A matrix product with scratch memory for several threads.
struct Multiply<'a, T> {
    extents: [usize; 3],
    a: Matrix<'a, T>,
    b: Matrix<'a, T>,
    c: &'a mut [T],
    update: Update,
}

impl<T: Real> Kernel for Multiply<'_, T> {
    type Output = ();

    fn run<I: Isa>(self, isa: I) {
        let Multiply { extents, a, b, c, update } = self;
        let mut scratch = vec![T::ZERO; 8 * matmul_scratch::<T>(extents)];
        matmul(isa, extents, a, b, c, extents[2] + 3, update, &mut scratch);
    }
}

fn products_have_the_same_bits<T: Real>() {
    for [m, k, n] in [[301, 131, 67], [129, 64, 333], [70, 400, 200], [511, 97, 130], [64, 64, 600]]
    {
        let (a, b) = (numbers::<T>(m * k, 0.71), numbers::<T>(k * n, 0.37));
        for (a_strides, b_strides) in
            [([k, 1], [n, 1]), ([1, m], [n, 1]), ([k, 1], [1, k]), ([1, m], [1, k])]
        {
            let a = Matrix::new(&a, a_strides[0], a_strides[1]);
            let b = Matrix::new(&b, b_strides[0], b_strides[1]);
            same_bits(|| {
                let mut c = numbers::<T>(m * (n + 3), 0.11);
                for update in [Update::Add, Update::Set, Update::Add] {
                    dispatch(Multiply { extents: [m, k, n], a, b, c: &mut c, update });
                }
                c
            });
        }
    }
}

#[test]
fn products_of_all_strides_have_the_same_bits() {
    products_have_the_same_bits::<f32>();
    products_have_the_same_bits::<f64>();
}

/// The bytes of a workspace after a step.
fn bytes<S: Real, M: Model<Workspace = Workspace<S>>>(model: &M, batch: &M::Batch<'_>) -> usize {
    let mut workspace = model.workspace();
    let mut gradient = model.parameters().to_vec();
    model.loss_and_gradient_into(batch, &mut gradient, &mut workspace);
    workspace.bytes()
}

/// Whether a step on several threads takes memory for more than one of them.
fn is_divided(bytes: impl Fn() -> usize + Sync) -> bool {
    pool(4).install(&bytes) > pool(1).install(&bytes)
}

#[test]
fn other_threads_are_used_where_it_pays_and_only_there() {
    let model = moved(Peaks::seeded(7));
    let (x, y) = (numbers(25_003, 0.7), numbers(25_003, 0.13));
    let long = Peaks::batch(&x, &y).expect("the lengths fit");
    assert!(is_divided(|| bytes(&model, &long)));
    let short = Peaks::batch(&x[..700], &y[..700]).expect("the lengths fit");
    assert!(!is_divided(|| bytes(&model, &short)));
}

#[model(loss = squared_error, scalar = f64)]
mod careful {
    use chainrule::prelude::*;

    #[derivative(x = "1")]
    fn small(x: f64) -> f64 {
        assert!(x < 99.0, "{x} is not small");
        x
    }

    fn predict(x: Input, a: Param<24>) -> Output {
        sum(exp(-square(a * small(x) / 100)))
    }
}

#[test]
fn a_panic_of_a_part_is_that_of_the_step_and_leaves_no_trace() {
    let model = moved(Careful::seeded(1));
    let mut x: Vec<f64> = numbers(25_003, 0.7);
    let y = numbers(25_003, 0.13);
    let good = x.clone();
    x[20_000] = 100.0;
    let bad = Careful::batch(&x, &y).expect("the lengths fit");
    let good = Careful::batch(&good, &y).expect("the lengths fit");
    let expected = steps(&model, &good);
    for threads in THREADS {
        pool(threads).install(|| {
            let mut workspace = model.workspace();
            let mut gradient = vec![0.0; 24];
            let run = || model.loss_and_gradient_into(&bad, &mut gradient, &mut workspace);
            let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("one number is large");
            let text = panic.downcast_ref::<String>().expect("it has a message");
            assert_eq!(text, "100 is not small");
            let loss = model.loss_and_gradient_into(&good, &mut gradient, &mut workspace);
            assert_eq!([&[loss], &*gradient].concat(), expected[1..26]);
        });
    }
}
