//! A training step allocates nothing after the first.

mod least_squares;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use chainrule::derivatives::MatrixOrder;
use chainrule::interop;
use chainrule::optimizer::{
    AdaDelta, AdaGrad, Adam, AdamW, GradientDescent, Lion, NAdam, Optimizer, RmsProp,
};
use chainrule::prelude::*;
use chainrule::train::{Average, Group, Plateau, Schedule, Trainer};

use least_squares::LeastSquares;

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

fn allocations() -> usize {
    ALLOCATIONS.get()
}

/// Allocations at the end of each of the epochs 1 to 9.
fn counts(optimizer: impl Optimizer<f32>, batch_size: usize) -> [usize; 9] {
    let x: Vec<f32> = (0..200).map(|i| (i % 17) as f32 / 17.0 - 0.5).collect();
    let y: Vec<f32> = (0..100).map(|i| (i % 5) as f32 / 5.0).collect();
    let batch = LeastSquares::batch(&x, &y).expect("the rows fit");
    let mut counts = [0; 9];
    Trainer::new(optimizer)
        .epochs(9)
        .batch_size(batch_size)
        .validation_split(0.2)
        .early_stopping(100)
        .schedule(Schedule::cosine(0.1).warm_up(2))
        .clip_value(100.0)
        .clip_norm(10.0)
        .weight_decay(1e-4)
        .observe(|epoch| counts[epoch.epoch - 1] = allocations())
        .fit(&mut LeastSquares::zeros(), &batch)
        .expect("training converges");
    counts
}

#[test]
fn allocations_are_counted() {
    let before = allocations();
    let boxed = Box::new(before);
    assert_eq!(allocations(), *boxed + 1);
}

#[test]
fn steps_and_epochs_after_the_first_allocate_nothing() {
    for batch_size in [7, 100] {
        let all = [
            counts(GradientDescent::new(0.1), batch_size),
            counts(GradientDescent::new(0.1).momentum(0.9).nesterov(), batch_size),
            counts(Adam::new(0.01), batch_size),
            counts(AdamW::new(0.01), batch_size),
            counts(RmsProp::new(0.01), batch_size),
            counts(AdaGrad::new(0.1), batch_size),
            counts(AdaDelta::new(1.0), batch_size),
            counts(NAdam::new(0.01), batch_size),
            counts(Lion::new(0.001), batch_size),
        ];
        for counts in all {
            assert_eq!(counts, [counts[0]; 9]);
        }
    }
}

#[test]
fn groups_averages_and_accumulation_allocate_nothing_either() {
    let x: Vec<f32> = (0..200).map(|i| (i % 17) as f32 / 17.0 - 0.5).collect();
    let y: Vec<f32> = (0..100).map(|i| (i % 5) as f32 / 5.0).collect();
    let batch = LeastSquares::batch(&x, &y).expect("the rows fit");
    for average in [Average::exponential(0.9), Average::uniform_from(2)] {
        let mut counts = [0; 9];
        let stop = AtomicBool::new(false);
        Trainer::new(AdamW::new(0.01))
            .epochs(9)
            .batch_size(7)
            .accumulate(3)
            .validation_split(0.2)
            .average(average)
            .plateau(Plateau::new().patience(2))
            .group(["w"], Group::new().learning_rate_factor(0.5).weight_decay(0.1))
            .freeze(["b"])
            .stop_when(&stop)
            .stop_after(Duration::from_secs(3600))
            .observe(|epoch| counts[epoch.epoch - 1] = allocations())
            .fit(&mut LeastSquares::zeros(), &batch)
            .expect("training converges");
        assert_eq!(counts, [counts[0]; 9]);
    }
}

#[test]
fn a_loop_of_ones_own_allocates_nothing_after_the_first_step() {
    let (x, y) = ([1.0_f64, 2.0, -1.0, 0.5], [1.0, -1.0]);
    let batch = LeastSquares::batch(&x, &y).expect("the rows fit");
    let mut model = LeastSquares::zeros();
    let (mut gradient, mut adam) = ([0.0; 3], Adam::new(0.01));
    let mut step = || {
        model.loss_and_gradient_into(&batch, &mut gradient, &mut ());
        adam.step(1.0, model.parameters_mut(), &gradient);
    };
    step();
    let before = allocations();
    for _ in 0..100 {
        step();
    }
    assert_eq!(allocations(), before);
}

#[model(loss = squared_error, scalar = f64, derivatives(jacobian, hessian, hvp))]
fn power(t: Input, #[init(constant(1.0))] a: Param, #[init(constant(2.0))] k: Param) -> Output {
    a * t.powf(k)
}

/// What the second of two runs allocates.
fn allocations_again(mut run: impl FnMut() -> Result<(), chainrule::Error>) -> usize {
    run().expect("the lengths fit");
    let before = allocations();
    run().expect("the lengths fit");
    allocations() - before
}

#[test]
fn problems_for_solvers_allocate_nothing() {
    let (t, y) = ([0.5, 1.0, 1.5, 2.0], [0.25, 2.0, 6.75, 16.0]);
    let batch = Power::batch(&t, &y).expect("the rows fit");
    let loss = interop::Objective::new(Power::seeded(0), &batch).expect("the dimensions agree");
    let residuals = interop::LeastSquares::new(Power::seeded(0), &batch).expect("they agree");
    let (theta, mut g, mut product, mut h) = ([1.5, 2.5], [0.0; 2], [0.0; 2], [0.0; 4]);
    let (mut r, mut j) = ([0.0; 4], [0.0; 8]);
    let count = allocations_again(|| {
        loss.loss(&theta)?;
        loss.loss_and_gradient_into(&theta, &mut g)?;
        loss.hessian_into(&theta, &mut g, &mut h)?;
        loss.hessian_vector_product_into(&theta, &[1.0, -1.0], &mut product)?;
        residuals.residuals_into(&theta, &mut r)?;
        residuals.residuals_and_jacobian_into(&theta, &mut r, &mut j, MatrixOrder::ColumnMajor)
    });
    assert_eq!(count, 0);
}

#[cfg(feature = "basin")]
#[test]
fn what_basin_asks_again_allocates_nothing() {
    use basin::{DenseMatrix, Gradient, HessianProduct, Residual};

    let (t, y) = ([0.5, 1.0, 1.5, 2.0], [0.25, 2.0, 6.75, 16.0]);
    let batch = Power::batch(&t, &y).expect("the rows fit");
    let loss = interop::Objective::new(Power::seeded(0), &batch).expect("the dimensions agree");
    let residuals = interop::LeastSquares::new(Power::seeded(0), &batch).expect("they agree");
    let (loss, residuals) = (&loss, &residuals);
    let (theta, direction, mut vector, mut r) = (vec![1.5, 2.5], vec![1.0, -1.0], vec![], vec![]);
    let (mut h, mut j) =
        (DenseMatrix::from_row_slice(0, 0, &[]), DenseMatrix::from_row_slice(0, 0, &[]));
    let count = allocations_again(|| {
        loss.gradient_into(&theta, &mut vector)?;
        basin::Hessian::hessian_into(&loss, &theta, &mut h)?;
        loss.hessian_product_into(&theta, &direction, &mut vector)?;
        residuals.residual_into(&theta, &mut r)?;
        basin::Jacobian::jacobian_into(&residuals, &theta, &mut j)
    });
    assert_eq!(count, 0);
}
