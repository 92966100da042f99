//! Bad input at run time: what generated models refuse, and in which words.

use chainrule::prelude::*;

/// Known dimensions, two inputs, shared data.
#[model(loss = mean_squared_error)]
fn line(x: Input<2>, z: Input, scale: Data<2>, w: Param<2>, b: Param) -> Output {
    (x * scale).dot(w) + b * z
}

/// Classes, as the target of a prediction.
#[model(loss = cross_entropy)]
fn classes(x: Input<2>, w: Param<2, 3>) -> Output<3> {
    x.dot(w)
}

/// Classes, as an input.
#[model]
fn categories(x: Input<2>, category: Index<3>, w: Param<2, 3>) -> Loss {
    cross_entropy(x.dot(w), category)
}

/// A sequence of classes an example.
#[model]
fn sequences(x: Input<2>, tags: Index<3, 2>, w: Param<3>) -> Loss {
    cross_entropy(outer(x, w), tags)
}

/// Dimensions chosen when the program runs.
#[model(loss = mean_squared_error, dims(N, M))]
fn wide(x: Input<N>, w: Param<N, M>, b: Param<M>) -> Output<M> {
    x.dot(w) + b
}

/// The message of a refusal.
fn message<T>(result: Result<T, chainrule::Error>) -> String {
    result.err().map_or_else(|| "accepted".to_owned(), |error| error.to_string())
}

fn dims(n: usize, m: usize) -> WideDims {
    WideDims { n, m }
}

#[test]
fn lengths_that_do_not_fit() {
    let [x, z, y, scale] = [&[1.0, 2.0, 3.0, 4.0][..], &[1.0, 2.0], &[0.5, 1.5], &[1.0, 1.0]];
    assert_eq!(message(Line::batch(x, z, scale, y)), "accepted");
    for (refused, expected) in [
        (
            Line::batch(&x[..3], z, scale, y),
            "`x` has 3 values, expected a multiple of 2, the length of its rows",
        ),
        (Line::batch(x, &z[..1], scale, y), "`z` has 1 rows, expected 2 as in `x`"),
        (Line::batch(x, z, scale, &y[..1]), "`target` has 1 rows, expected 2 as in `x`"),
        (Line::batch(x, z, &scale[..1], y), "`scale` has 1 values, expected 2"),
        (Line::batch(x, z, &[], y), "`scale` has 0 values, expected 2"),
    ] {
        assert_eq!(message(refused), expected);
    }
    let model = Line::zeros();
    assert_eq!(
        message(model.predict(&x[..1], z, scale)),
        "`x` has 1 values, expected a multiple of 2, the length of its rows"
    );
    assert_eq!(
        message(Line::from_parameters(vec![0.0; 4])),
        "`parameters` has 4 values, expected 3"
    );
}

#[test]
fn empty_batches() {
    assert_eq!(
        message(Line::batch(&[], &[], &[1.0, 1.0], &[])),
        "`x` is empty, expected at least one row"
    );
    assert_eq!(
        message(Line::batch(&[1.0, 1.0], &[], &[1.0, 1.0], &[1.0])),
        "`z` is empty, expected at least one row"
    );
    assert_eq!(
        message(Classes::batch(&[1.0, 1.0], &[])),
        "`target` is empty, expected at least one row"
    );
    assert_eq!(message(Classes::zeros().predict(&[])), "`x` is empty, expected at least one row");
}

#[test]
fn numbers_that_are_not_finite() {
    let (x, z, y) = ([1.0, 2.0, f32::NAN, 4.0], [1.0, 2.0], [0.5, 1.5]);
    let nan_in_x = "`x` is NaN in row 1, column 0, expected a finite number";
    assert_eq!(message(Line::batch(&x, &z, &[1.0, 1.0], &y)), nan_in_x);
    assert_eq!(message(Line::zeros().predict(&x, &z, &[1.0, 1.0])), nan_in_x);
    assert_eq!(
        message(Line::batch(&[1.0; 4], &z, &[1.0, f32::INFINITY], &y)),
        "`scale` is inf at position 1, expected a finite number"
    );
    assert_eq!(
        message(Line::batch(&[1.0; 4], &z, &[1.0, 1.0], &[0.0, f32::NEG_INFINITY])),
        "`target` is -inf in row 1, column 0, expected a finite number"
    );
}

#[test]
fn indices_out_of_range() {
    let x = [1.0, 2.0, 3.0, 4.0];
    assert_eq!(
        message(Classes::batch(&x, &[2, 3])),
        "`target` is 3 in row 1, expected an index below 3"
    );
    assert_eq!(
        message(Categories::batch(&x, &[u32::MAX, 0])),
        "`category` is 4294967295 in row 0, expected an index below 3"
    );
    assert_eq!(message(Classes::batch(&x, &[2])), "`target` has 1 rows, expected 2 as in `x`");
    assert_eq!(
        message(Sequences::batch(&x, &[2, 0, 1, 3])),
        "`tags` is 3 in row 1, column 1, expected an index below 3"
    );
    assert_eq!(
        message(Sequences::batch(&x, &[2, 0, 1])),
        "`tags` has 3 values, expected a multiple of 2, the length of its rows"
    );
}

#[test]
fn dimensions_of_zero() {
    assert_eq!(
        message(Wide::zeros(dims(0, 2))),
        "`w` has extents [0, 2], expected every extent to be at least 1"
    );
    assert_eq!(
        message(Wide::seeded(dims(2, 0), 7)),
        "`w` has extents [2, 0], expected every extent to be at least 1"
    );
    assert_eq!(
        message(Wide::batch(dims(0, 2), &[], &[])),
        "`x` has extents [0], expected every extent to be at least 1"
    );
    assert_eq!(
        message(Wide::batch(dims(1, 0), &[1.0], &[])),
        "`target` has extents [0], expected every extent to be at least 1"
    );
}

#[test]
fn dimensions_that_overflow() {
    let huge = usize::MAX / 2 + 1;
    assert_eq!(
        message(Wide::zeros(dims(huge, 2))),
        format!("the extents [{huge}, 2] of `w` multiply to more than this machine can address")
    );
    assert_eq!(
        message(Wide::batch(dims(2, huge), &[1.0, 2.0], &[1.0])),
        format!("`target` has 1 values, expected a multiple of {huge}, the length of its rows")
    );
    // The numbers can be counted, but not in bytes, or in no memory there is.
    for rows in [1_usize << 61, 1 << 60, 1 << 50] {
        let expected =
            format!("`parameters` is {} numbers, more than there is memory for", rows + 1);
        assert_eq!(message(Wide::seeded(dims(rows, 1), 7)), expected);
    }
}

#[test]
fn a_batch_for_other_dimensions() {
    let mut model = Wide::seeded(dims(2, 1), 7).expect("the dimensions are small");
    let batch = Wide::batch(dims(1, 1), &[1.0, 2.0], &[1.0, 2.0]).expect("the rows fit");
    let expected = "the batch was made for the dimensions WideDims { n: 1, m: 1 }, expected the model's WideDims { n: 2, m: 1 }";
    assert_eq!(message(check_gradient(&model, &batch)), expected);
    assert_eq!(message(Trainer::new(Adam::new(0.1)).fit(&mut model, &batch)), expected);
}

#[test]
fn parameters_that_are_not_finite() {
    let mut model = Classes::zeros();
    model.w_mut()[4] = f32::NAN;
    let batch = Classes::batch(&[1.0, 2.0], &[0]).expect("the rows fit");
    let expected = "the parameter `w[1, 1]` is NaN, expected a finite number";
    assert_eq!(message(check_gradient(&model, &batch)), expected);
    assert_eq!(message(Trainer::new(Adam::new(0.1)).fit(&mut model, &batch)), expected);
}

#[test]
fn a_loss_that_overflows_stops_training_with_the_last_finite_parameters() {
    /// Large, and a power of two, so that nothing is rounded.
    const RATE: f64 = (1_u64 << 50) as f64;
    let (x, y) = ([1.0_f32, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]);
    let batch = Wide::batch(dims(1, 1), &x, &y).expect("the rows fit");
    let mut model = Wide::zeros(dims(1, 1)).expect("the dimensions are small");
    let trainer = Trainer::new(GradientDescent::new(RATE)).batch_size(4);
    let error = trainer.fit(&mut model, &batch);
    assert_eq!(
        message(error),
        "the loss became inf in epoch 3, step 1; the last finite loss was 2.64622e33; the model keeps its last finite parameters"
    );
    // The parameters after the first step: the rate times the mean of 2·y·x, and of 2·y.
    assert_eq!(model.parameters(), [15.0 * RATE as f32, 5.0 * RATE as f32]);
    assert!(model.loss(&batch).is_finite());
}

#[test]
fn a_loss_that_is_not_a_number_names_the_step_and_the_last_finite_loss() {
    /// NaN where the parameter is negative.
    #[model(scalar = f64)]
    fn logarithm(x: Input, #[init(constant(1.0))] a: Param) -> Loss {
        x * ln(a)
    }
    let batch = Logarithm::batch(&[1.0, 1.0, 1.0]).expect("the rows fit");
    let mut model = Logarithm::seeded(0);
    let trainer = Trainer::new(GradientDescent::new(0.6)).batch_size(1);
    let error = trainer.fit(&mut model, &batch).expect_err("the second step makes `a` negative");
    assert_eq!(
        error.to_string(),
        "the loss became NaN in epoch 1, step 3; the last finite loss was -0.916291; the model keeps its last finite parameters"
    );
    let chainrule::Error::Diverged(divergence) = error else { panic!("{error}") };
    assert_eq!((divergence.epoch, divergence.step), (1, 3));
    assert_eq!(divergence.last_finite_loss, Some(0.4_f64.ln()));
    assert_eq!(model.a(), 0.4);
}
