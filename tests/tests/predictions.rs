//! `predict_into` gives for a checked batch what `predict` gives for its inputs, whatever the model holds beside them.

use chainrule::predict::Targets;
use chainrule::prelude::*;

#[model(loss = mean_squared_error)]
fn mlp<const D: usize, const H: usize>(
    x: Input<D>,
    w1: Param<D, H>,
    b1: Param<H>,
    w2: Param<H, 2>,
) -> Output<2> {
    sigmoid(x.dot(w1) + b1).dot(w2)
}

/// Inputs of all kinds, of which the prediction takes some.
#[model(scalar = f64, dims(N))]
mod pieces {
    use chainrule::prelude::*;

    fn loss(
        before: Input,
        word: Index<7>,
        unused: Data<2>,
        x: Input<N>,
        class: Index<3>,
        scale: Data<N>,
        table: Param<7, 3>,
        w: Param<N, 3>,
    ) -> Loss {
        before * cross_entropy(predict(x, word, scale, table, w), class) + sum(unused)
    }

    pub fn predict(
        x: Input<N>,
        word: Index<7>,
        scale: Data<N>,
        table: Param<7, 3>,
        w: Param<N, 3>,
    ) -> Output<3> {
        tanh((x * scale).dot(w) + table[word])
    }

    pub fn first(word: Index<7>, table: Param<7, 3>) -> Output<3> {
        table[word]
    }
}

#[model(loss = cross_entropy)]
fn letters(x: Input<2>, w: Param<2, 4, 3>) -> Output<4, 3> {
    einsum("i,ijk->jk", x, w)
}

fn numbers(count: usize) -> Vec<f64> {
    (0..count).map(|i| (i * 7 % 23) as f64 / 23.0 - 0.5).collect()
}

/// The predictions of a batch, after others in the same memory.
fn predict_into<M: Predict>(model: &M, batch: &M::Batch<'_>) -> Vec<M::Scalar> {
    let mut output = vec![model.parameters()[0]; M::rows(batch) * model.output_width()];
    let mut workspace = model.workspace();
    model.predict_into(&M::slice(batch, 0..1), &mut output[..model.output_width()], &mut workspace);
    model.predict_into(batch, &mut output, &mut workspace);
    assert_eq!(output.len(), model.predictions(batch).len());
    output
}

/// For one example, sums are taken in another order: some roundings of numbers near 1 are the tolerance.
fn assert_near(found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-6, "{found} {expected}");
    }
}

#[test]
fn a_perceptron_predicts_for_one_and_for_many() -> Result<(), chainrule::Error> {
    let model = Mlp::<3, 5>::seeded(3);
    for rows in [1, 2, 700] {
        let x: Vec<f32> = numbers(3 * rows).iter().map(|&x| x as f32).collect();
        let y: Vec<f32> = numbers(2 * rows).iter().map(|&y| y as f32).collect();
        let batch = Mlp::batch(&x, &y)?;
        assert_near(&predict_into(&model, &batch), &model.predict(&x)?);
        assert_eq!(Mlp::<3, 5>::targets(&batch), Targets::Values(&y[..]));
    }
    Ok(())
}

#[test]
fn an_output_takes_its_own_inputs_from_the_batch() -> Result<(), chainrule::Error> {
    let dims = PiecesDims { n: 4 };
    let model = Pieces::seeded(dims, 5)?;
    for rows in [1, 2, 700] {
        let (before, x) = (numbers(rows), numbers(4 * rows));
        let words: Vec<u32> = (0..rows as u32).map(|row| row % 7).collect();
        let classes: Vec<u32> = (0..rows as u32).map(|row| row % 3).collect();
        let (unused, scale) = ([9.0, 9.0], [1.0, 0.5, 2.0, -1.0]);
        let batch = Pieces::batch(dims, &before, &words, &unused, &x, &classes, &scale)?;
        assert_eq!(predict_into(&model, &batch), model.predict(&x, &words, &scale)?);
        assert_eq!(Pieces::targets(&batch), Targets::None);
    }
    Ok(())
}

#[test]
fn classes_are_targets_of_each_row_of_logits() -> Result<(), chainrule::Error> {
    let model = Letters::seeded(1);
    let (x, classes) = ([1.0, 2.0, 0.5, -1.0], [0, 1, 2, 0, 1, 2, 0, 1]);
    let batch = Letters::batch(&x, &classes)?;
    assert_eq!(model.output_width(), 12);
    assert_near(&predict_into(&model, &batch), &model.predict(&x)?);
    assert_eq!(Letters::targets(&batch).classes(), Some(&classes[..]));
    Ok(())
}
