//! Training generated models: reproducible, in mini-batches, with validation and early stopping.

use chainrule::prelude::*;
use chainrule::train::Kept;

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

/// The same in `f64` with run-time dimensions.
#[model(loss = mean_squared_error, scalar = f64, dims(D, H, O))]
fn wide(x: Input<D>, w1: Param<D, H>, b1: Param<H>, w2: Param<H, O>, b2: Param<O>) -> Output<O> {
    sigmoid(x.dot(w1) + b1).dot(w2) + b2
}

/// A loss that is summed, over two inputs, an index and shared data, with a term of parameters alone.
#[model(reduction = sum, scalar = f64)]
fn summed(
    x: Input<5>,
    label: Index<3>,
    weight: Input,
    scale: Data<5>,
    w: Param<5, 3>,
    b: Param<3>,
) -> Loss {
    weight * cross_entropy((x * scale).dot(w) + b, label) + 0.01 * sum(w * w)
}

fn numbers(count: usize) -> Vec<f64> {
    (0..count).map(|i| (i as f64 * 0.7).sin()).collect()
}

fn in_f32(numbers: &[f64]) -> Vec<f32> {
    numbers.iter().map(|&number| number as f32).collect()
}

const DIMS: WideDims = WideDims { d: 3, h: 6, o: 2 };

#[test]
fn the_same_seed_gives_the_same_bits_and_another_seed_others() {
    let (x, y) = (in_f32(&numbers(3 * 100)), in_f32(&numbers(2 * 100)));
    let batch = Mlp::<3, 6, 2>::batch(&x, &y).expect("the rows fit");
    let train = |seed: u64| {
        let mut model = Mlp::<3, 6, 2>::seeded(seed);
        let trainer = Trainer::new(Adam::new(0.01)).epochs(5).batch_size(7).seed(seed);
        let history = trainer.fit(&mut model, &batch).expect("training converges");
        (model, history)
    };
    assert_eq!(train(1), train(1));
    assert_ne!(train(1).0, train(2).0);
}

#[test]
fn known_and_run_time_dimensions_agree() {
    let (x, y) = (numbers(3 * 50), numbers(2 * 50));
    let double = Wide::seeded(DIMS, 7).expect("the dimensions are small");
    let mut single = Mlp::<3, 6, 2>::seeded(7);
    for (single, double) in single.parameters_mut().iter_mut().zip(double.parameters()) {
        assert_eq!(*single, *double as f32);
    }
    let (x32, y32) = (in_f32(&x), in_f32(&y));
    let (loss32, gradient32) =
        single.loss_and_gradient(&Mlp::<3, 6, 2>::batch(&x32, &y32).expect("the rows fit"));
    let (loss, gradient) =
        double.loss_and_gradient(&Wide::batch(DIMS, &x, &y).expect("the rows fit"));
    // Fifty roundings of f32.
    assert!((f64::from(loss32) - loss).abs() < 50.0 * f64::from(f32::EPSILON) * loss);
    for (single, double) in gradient32.parameters().iter().zip(gradient.parameters()) {
        assert!((f64::from(*single) - double).abs() < 50.0 * f64::from(f32::EPSILON));
    }
}

#[test]
fn both_scalar_types_learn_what_another_network_knows() {
    let x = numbers(3 * 60);
    let teacher = Wide::seeded(DIMS, 99).expect("the dimensions are small");
    let y = teacher.predict(&x).expect("the rows fit");
    let batch = Wide::batch(DIMS, &x, &y).expect("the rows fit");
    let mut model = Wide::seeded(DIMS, 7).expect("the dimensions are small");
    let trainer = Trainer::new(Adam::new(0.02)).epochs(300).batch_size(10).seed(3);
    let history = trainer.fit(&mut model, &batch).expect("training converges");
    assert!(history.final_loss() < 0.01 * history.first_loss(), "{history}");
    assert_eq!(history.final_loss(), model.loss(&batch));

    let (x, y) = (in_f32(&x), in_f32(&y));
    let batch = Mlp::<3, 6, 2>::batch(&x, &y).expect("the rows fit");
    let mut model = Mlp::<3, 6, 2>::seeded(7);
    let trainer = Trainer::new(AdamW::new(0.02)).epochs(300).batch_size(10).seed(3);
    let history = trainer.fit(&mut model, &batch).expect("training converges");
    assert!(history.final_loss() < 0.01 * history.first_loss(), "{history}");
}

/// Checks that the gradient of a batch is put together from the gradients of parts of it, in order and out of order.
///
/// Parts of 1, 2, 3, ... rows begin anywhere in the tiles of the whole, whose last tile is not full.
fn assert_parts_make_the_whole<M: Model<Scalar = f64>>(
    model: &M,
    batch: &M::Batch<'_>,
    share: impl Fn(usize) -> f64,
) {
    let mut workspace = model.workspace();
    let count = model.parameters().len();
    let mut whole = vec![0.0; count];
    let loss = model.loss_and_gradient_into(batch, &mut whole, &mut workspace);
    let (mut sum, mut sum_of_losses) = (vec![0.0; count], 0.0);
    let (mut first, mut rows) = (0, 1);
    let mut part = vec![0.0; count];
    let mut buffer = M::batch_buffer(batch, M::rows(batch));
    while first < M::rows(batch) {
        let end = (first + rows).min(M::rows(batch));
        let order: Vec<usize> = (first..end).rev().collect();
        let reversed = M::gather(batch, &order, &mut buffer);
        let loss = model.loss_and_gradient_into(&reversed, &mut part, &mut workspace);
        let alone = model.loss_into(&M::slice(batch, first..end), &mut workspace);
        assert!((loss - alone).abs() <= 1e-13 * alone.abs());
        sum_of_losses += share(end - first) * loss;
        sum.iter_mut().zip(&part).for_each(|(sum, part)| *sum += share(end - first) * part);
        (first, rows) = (end, rows + 1);
    }
    // Some thousand terms of size one, each rounded.
    assert!((loss - sum_of_losses).abs() <= 1e-12 * loss.abs(), "{loss} {sum_of_losses}");
    let largest = whole.iter().fold(0.0, |largest: f64, element| largest.max(element.abs()));
    for (whole, sum) in whole.iter().zip(sum) {
        assert!((whole - sum).abs() <= 1e-11 * largest, "{whole} {sum}");
    }
}

#[test]
fn a_mean_is_the_weighted_mean_over_parts() {
    const ROWS: usize = 5000;
    let (x, y) = (numbers(3 * ROWS), numbers(2 * ROWS));
    let batch = Wide::batch(DIMS, &x, &y).expect("the rows fit");
    let model = Wide::seeded(DIMS, 7).expect("the dimensions are small");
    assert_parts_make_the_whole(&model, &batch, |rows| rows as f64 / ROWS as f64);
}

#[test]
fn a_sum_is_the_sum_over_parts() {
    const ROWS: usize = 5000;
    let (x, weight) = (numbers(5 * ROWS), numbers(ROWS));
    let labels: Vec<u32> = (0..ROWS as u32).map(|row| row * row % 3).collect();
    let batch = Summed::batch(&x, &labels, &weight, &[1.0, 0.5, -1.0, 2.0, 0.1]);
    assert_parts_make_the_whole(&Summed::seeded(7), &batch.expect("the rows fit"), |_| 1.0);
}

#[test]
fn predictions_do_not_depend_on_the_rows_beside_them() {
    let x = numbers(3 * 3000);
    let model = Wide::seeded(DIMS, 7).expect("the dimensions are small");
    let together = model.predict(&x).expect("the rows fit");
    for row in [0, 1, 63, 1000, 2999] {
        let alone = model.predict(&x[3 * row..][..3]).expect("one row");
        for (together, alone) in together[2 * row..].iter().zip(&alone) {
            assert!((together - alone).abs() <= 4.0 * f64::EPSILON * alone.abs());
        }
    }
}

#[test]
fn early_stopping_keeps_the_best_epoch_by_the_validation_rows() {
    // Noise cannot be learnt: the validation loss soon gets worse.
    let (x, y) = (numbers(3 * 40), (0..80).map(|i| f64::from(i * i % 7)).collect::<Vec<_>>());
    let (seen, held_out) = ((&x[..60], &y[..40]), (&x[60..], &y[40..]));
    let batch = Wide::batch(DIMS, seen.0, seen.1).expect("the rows fit");
    let validation = Wide::batch(DIMS, held_out.0, held_out.1).expect("the rows fit");
    let mut model = Wide::seeded(DIMS, 7).expect("the dimensions are small");
    let history = Trainer::new(Adam::new(0.05))
        .epochs(1000)
        .batch_size(5)
        .validation(&validation)
        .early_stopping(10)
        .fit(&mut model, &batch)
        .expect("training converges");
    assert_eq!(history.stop_reason(), StopReason::NoImprovement { patience: 10 });
    assert_eq!(history.kept(), Kept::Best);
    assert_eq!(history.epochs().len(), history.best_epoch() + 10);
    let best = history.epochs()[history.best_epoch() - 1].validation_loss;
    assert_eq!(best, Some(model.loss(&validation)));
}

#[test]
fn observers_see_every_epoch_with_its_steps() {
    let (x, y) = (numbers(3 * 25), numbers(2 * 25));
    let batch = Wide::batch(DIMS, &x, &y).expect("the rows fit");
    let mut seen = Vec::new();
    let mut model = Wide::seeded(DIMS, 7).expect("the dimensions are small");
    Trainer::new(GradientDescent::new(0.1))
        .epochs(3)
        .batch_size(10)
        .observe(|epoch| seen.push((epoch.epoch, epoch.steps)))
        .fit(&mut model, &batch)
        .expect("training converges");
    assert_eq!(seen, [(1, 3), (2, 3), (3, 3)]);
}
