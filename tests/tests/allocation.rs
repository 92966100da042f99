//! A training step of a generated model allocates nothing after the first.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use chainrule::derivatives::{MatrixOrder, SparseJacobian};
use chainrule::prelude::*;

/// The system's allocator, counting what each thread asks of it.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on unchanged to the system's allocator, which keeps the contract; counting touches a thread-local number
// without destructor and allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller's promises are those of `System`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the pointer came from `System` with this layout.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[model(loss = mean_squared_error)]
fn mlp<const D: usize, const H: usize, const O: usize>(
    x: Input<D>,
    w1: Param<D, H>,
    b1: Param<H>,
    w2: Param<H, O>,
    b2: Param<O>,
) -> Output<O> {
    sigmoid(x.dot(w1) + b1).dot(w2) + b2
}

/// Run-time dimensions, a class target, shared data, and a term of parameters alone.
#[model(scalar = f64, dims(N))]
fn classifier(x: Input<N>, label: Index<3>, scale: Data<N>, w: Param<N, 3>, b: Param<3>) -> Loss {
    cross_entropy((x * scale).dot(w) + b, label) + 0.01 * sum(w * w)
}

/// Two tables, one of them read in a loop.
#[model(loss = squared_error)]
fn sentence<const V: usize>(
    words: Index<V, 6>,
    kind: Index<4>,
    table: Param<V, 8>,
    kinds: Param<4, 8>,
) -> Output {
    let mut h = zeros([8]);
    for t in 0..6 {
        h = tanh(h + table[words[t]]);
    }
    h.dot(kinds[kind])
}

const ROWS: usize = 700;

fn numbers(count: usize) -> Vec<f32> {
    (0..count).map(|i| (i % 23) as f32 / 23.0 - 0.5).collect()
}

/// The allocations of the steps after the first, in a loop of one's own.
fn steps<M: Model>(
    mut model: M,
    batch: &M::Batch<'_>,
    mut optimizer: impl Optimizer<M::Scalar>,
) -> usize {
    let mut workspace = model.workspace();
    let mut gradient = model.parameters().to_vec();
    let mut step = || {
        model.loss_and_gradient_into(batch, &mut gradient, &mut workspace);
        optimizer.step(1.0, model.parameters_mut(), &gradient);
        model.loss_into(batch, &mut workspace);
    };
    step();
    let before = ALLOCATIONS.get();
    (0..20).for_each(|_| step());
    ALLOCATIONS.get() - before
}

/// The allocations of the trainer's epochs after the first.
fn epochs<M: Model>(model: M, batch: &M::Batch<'_>, rows: usize) -> usize {
    epochs_of(Adam::new(0.01), model, batch, rows)
}

fn epochs_of<M: Model>(
    optimizer: impl Optimizer<M::Scalar>,
    mut model: M,
    batch: &M::Batch<'_>,
    rows: usize,
) -> usize {
    let mut counts = [0; 9];
    Trainer::new(optimizer)
        .epochs(counts.len())
        .batch_size(rows)
        .validation_split(0.2)
        .early_stopping(100)
        .observe(|epoch| counts[epoch.epoch - 1] = ALLOCATIONS.get())
        .fit(&mut model, batch)
        .expect("training converges");
    counts[8] - counts[0]
}

#[test]
fn allocations_are_counted() {
    let before = ALLOCATIONS.get();
    let boxed = Box::new(before);
    assert_eq!(ALLOCATIONS.get(), *boxed + 1);
}

#[test]
fn steps_with_known_dimensions_allocate_nothing() {
    let (x, y) = (numbers(4 * ROWS), numbers(3 * ROWS));
    let batch = Mlp::<4, 16, 3>::batch(&x, &y).expect("the rows fit");
    assert_eq!(steps(Mlp::<4, 16, 3>::seeded(1), &batch, GradientDescent::new(0.1)), 0);
    assert_eq!(epochs(Mlp::<4, 16, 3>::seeded(1), &batch, 32), 0);
    assert_eq!(epochs(Mlp::<4, 16, 3>::seeded(1), &batch, ROWS), 0);
}

#[test]
fn steps_with_run_time_dimensions_allocate_nothing() {
    let dims = ClassifierDims { n: 40 };
    let x: Vec<f64> = numbers(40 * ROWS).into_iter().map(f64::from).collect();
    let labels: Vec<u32> = (0..ROWS as u32).map(|row| row % 3).collect();
    let batch = Classifier::batch(dims, &x, &labels, &x[..40]).expect("the rows fit");
    let model = Classifier::seeded(dims, 1).expect("the dimensions are small");
    assert_eq!(steps(model.clone(), &batch, Adam::new(0.01)), 0);
    assert_eq!(epochs(model, &batch, 50), 0);
}

#[test]
fn steps_within_what_a_batch_touches_allocate_nothing() {
    let words: Vec<u32> = (0..6 * ROWS as u32).map(|i| i * i % 997).collect();
    let kinds: Vec<u32> = (0..ROWS as u32).map(|row| row % 4).collect();
    let y = numbers(ROWS);
    let batch = Sentence::<1000>::batch(&words, &kinds, &y).expect("the rows fit");
    for rows in [1, 32, ROWS] {
        let model = Sentence::<1000>::seeded(1);
        assert_eq!(epochs_of(GradientDescent::new(0.01), model, &batch, rows), 0, "{rows}");
    }
}

#[test]
fn predictions_for_a_batch_allocate_nothing() {
    let (x, y) = (numbers(4 * ROWS), numbers(3 * ROWS));
    let batch = Mlp::<4, 16, 3>::batch(&x, &y).expect("the rows fit");
    let model = Mlp::<4, 16, 3>::seeded(1);
    let (mut output, mut workspace) = (model.predictions(&batch), model.workspace());
    let before = ALLOCATIONS.get();
    for rows in [1, 7, ROWS] {
        let rows = Mlp::slice(&batch, 0..rows);
        model.predict_into(&rows, &mut output[..3 * rows.rows()], &mut workspace);
    }
    assert_eq!(ALLOCATIONS.get(), before);
}

/// Every derivative there is, with a table that an index chooses from; rows of several tiles.
#[model(
    loss = mean_squared_error,
    scalar = f64,
    derivatives(jacobian, jvp, vjp, gauss_newton, sparse_jacobian, hvp, hessian, inputs)
)]
fn mixed(x: Input<2>, kind: Index<4>, w: Param<2, 3>, b: Param<4, 3>) -> Output<3> {
    tanh(x.dot(w) + b[kind])
}

#[test]
fn no_derivative_allocates() -> Result<(), chainrule::Error> {
    let x: Vec<f64> = numbers(ROWS * 2).into_iter().map(f64::from).collect();
    let y: Vec<f64> = numbers(ROWS * 3).into_iter().map(f64::from).collect();
    let kind: Vec<u32> = (0..ROWS).map(|i| (i % 4) as u32).collect();
    let batch = Mixed::batch(&x, &kind, &y)?;
    let model = Mixed::seeded(5);
    let count = model.parameters().len();
    let mut sparse = model.sparse_jacobian(&batch)?;
    let mut r = vec![0.0; ROWS * 3];
    let mut j = vec![0.0; r.len() * count];
    let (mut g, mut h) = (vec![0.0; count], vec![0.0; count * count]);
    let (direction, weights) = (vec![0.5; count], vec![0.5; r.len()]);
    let mut slopes = vec![0.0; r.len() * 2];
    let workspace = &mut model.workspace();
    let before = ALLOCATIONS.get();
    model.residuals_into(&batch, &mut r, workspace);
    for order in [MatrixOrder::RowMajor, MatrixOrder::ColumnMajor] {
        model.residuals_and_jacobian_into(&batch, &mut r, &mut j, order, workspace);
    }
    model.residuals_and_sparse_jacobian_into(&batch, &mut r, &mut sparse, workspace);
    model.jacobian_vector_product_into(&batch, &direction, &mut r, workspace);
    model.vector_jacobian_product_into(&batch, &weights, &mut g, workspace);
    model.normal_equations_into(&batch, &mut h, &mut g, workspace);
    model.hessian_vector_product_into(&batch, &direction, &mut g, workspace);
    model.hessian_into(&batch, &mut g, &mut h, workspace);
    model.input_gradient_into(&batch, &mut slopes[..ROWS * 2], workspace);
    model.input_jacobian_into(&batch, &mut slopes, workspace);
    assert_eq!(ALLOCATIONS.get(), before);
    Ok(())
}

/// What the threads of a pool have allocated so far.
fn allocations_of(pool: &rayon::ThreadPool) -> usize {
    pool.broadcast(|_| ALLOCATIONS.get()).into_iter().sum()
}

#[test]
fn steps_on_threads_allocate_nothing_after_the_first() -> Result<(), chainrule::Error> {
    let rows = 9000;
    let (x, y) = (numbers(rows * 8), numbers(rows * 2));
    let divided = Mlp::<8, 16, 2>::batch(&x, &y)?;
    let (x, y) = (numbers(64 * 300), numbers(64 * 2));
    let shared = Mlp::<300, 400, 2>::batch(&x, &y)?;
    let (small, large) = (Mlp::<8, 16, 2>::seeded(1), Mlp::<300, 400, 2>::seeded(1));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(4).build().expect("threads start");
    let (mut workspace, mut gradient) = (small.workspace(), small.parameters().to_vec());
    let (mut workspace_2, mut gradient_2) = (large.workspace(), large.parameters().to_vec());
    let mut run = |steps: usize| {
        pool.install(|| {
            for _ in 0..steps {
                small.loss_and_gradient_into(&divided, &mut gradient, &mut workspace);
                large.loss_and_gradient_into(&shared, &mut gradient_2, &mut workspace_2);
            }
        });
        allocations_of(&pool)
    };
    let first = run(10);
    let (few, many) = (run(2) - first, 30);
    let after = run(0);
    assert!(run(many) - after < few + many, "rayon's queues alone grow, and seldom");
    Ok(())
}

#[test]
fn parts_on_one_thread_allocate_nothing() -> Result<(), chainrule::Error> {
    let (x, y) = (numbers(9000 * 8), numbers(9000 * 2));
    let batch = Mlp::<8, 16, 2>::batch(&x, &y)?;
    let model = Mlp::<8, 16, 2>::seeded(1);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread starts");
    let (mut workspace, mut gradient) = (model.workspace(), model.parameters().to_vec());
    let allocated = pool.install(|| {
        let before = ALLOCATIONS.get();
        model.loss_and_gradient_into(&batch, &mut gradient, &mut workspace);
        ALLOCATIONS.get() - before
    });
    assert_eq!(allocated, 0);
    Ok(())
}
