//! Values of scikit-learn 1.9.1, on rows that a small generator makes here and there alike.

use crate::error::Error;
use crate::prelude::*;

use super::{
    Averaging, ConfusionMatrix, Evaluation, accuracy, log_loss_of_logits, mean_absolute_error,
    mean_absolute_percentage_error, most_likely, r_squared, roc_auc, root_mean_squared_error,
    top_k,
};

const ROWS: usize = 40;

/// `s ← 1103515245·s + 12345 mod 2³¹`, without the low bits.
fn draws(seed: u64) -> impl Iterator<Item = u64> {
    let next = |s: &u64| Some((s * 1_103_515_245 + 12_345) % (1 << 31));
    std::iter::successors(Some(seed), next).skip(1).map(|s| s / 65_536)
}

fn actual() -> Vec<u32> {
    draws(7).take(ROWS).map(|draw| (draw % 4) as u32).collect()
}

fn predicted() -> Vec<u32> {
    let mut draws = draws(8);
    let mut draw = || draws.next().map_or(0, |draw| (draw % 3) as u32);
    let guess = |&class: &u32| if draw() == 0 { draw() } else { class };
    actual().iter().map(guess).collect()
}

/// One score for each row, many of them equal.
fn scores() -> Vec<f64> {
    draws(9).take(ROWS).map(|draw| (draw % 11) as f64 / 8.0 - 0.5).collect()
}

/// Four scores for each row.
fn logits() -> Vec<f64> {
    draws(10).take(4 * ROWS).map(|draw| (draw % 97) as f64 / 16.0 - 3.0).collect()
}

fn odd() -> Vec<u32> {
    actual().iter().map(|class| class % 2).collect()
}

/// Sums of forty numbers in another order.
fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-14 * expected.abs().max(1.0), "{found} {expected}");
}

#[test]
fn classes_are_counted_by_actual_and_predicted() -> Result<(), Error> {
    let matrix = ConfusionMatrix::of(&predicted(), &actual(), 5)?;
    let expected =
        [[9, 0, 0, 0, 0], [0, 8, 1, 0, 0], [0, 2, 13, 0, 0], [1, 1, 0, 5, 0], [0, 0, 0, 0, 0]];
    for (actual, row) in expected.iter().enumerate() {
        for (predicted, &count) in row.iter().enumerate() {
            assert_eq!(matrix.count(actual, predicted), count);
        }
    }
    assert_eq!(matrix.total(), 40);
    assert_eq!([matrix.accuracy(), accuracy(&predicted(), &actual())?], [0.875; 2]);
    Ok(())
}

#[test]
fn scores_of_classes_are_those_of_scikit_learn() -> Result<(), Error> {
    let matrix = ConfusionMatrix::of(&predicted(), &actual(), 5)?;
    let expected = [
        (0.9, 1.0, 0.947_368_421_052_631_5, 9),
        (0.727_272_727_272_727_3, 0.888_888_888_888_888_8, 0.8, 9),
        (0.928_571_428_571_428_6, 0.866_666_666_666_666_7, 0.896_551_724_137_931, 15),
        (1.0, 0.714_285_714_285_714_3, 0.833_333_333_333_333_4, 7),
        (0.0, 0.0, 0.0, 0),
    ];
    for (class, (precision, recall, f1, support)) in expected.into_iter().enumerate() {
        let found = matrix.scores(class);
        assert_near(found.precision, precision);
        assert_near(found.recall, recall);
        assert_near(found.f1, f1);
        assert_eq!(found.support, support);
    }
    let expected = [
        (
            Averaging::Macro,
            [0.711_168_831_168_831_1, 0.693_968_253_968_254, 0.695_450_695_704_779_2],
        ),
        (Averaging::Micro, [0.875; 3]),
        (Averaging::Weighted, [0.889_350_649_350_649_3, 0.875, 0.875_198_124_621_899_8]),
    ];
    for (averaging, [precision, recall, f1]) in expected {
        let found = matrix.average(averaging);
        assert_near(found.precision, precision);
        assert_near(found.recall, recall);
        assert_near(found.f1, f1);
        assert_eq!(found.support, 40);
    }
    Ok(())
}

#[test]
fn a_matrix_prints_as_a_table() -> Result<(), Error> {
    let matrix = ConfusionMatrix::of(&[0, 1, 1, 1], &[0, 1, 0, 1], 3)?;
    let expected = "                     predicted
actual       cat    dog  mouse  recall
      cat      1      1      0  0.5000
      dog      0      2      0  1.0000
    mouse      0      0      0  0.0000
precision 1.0000 0.6667 0.0000  0.7500 accuracy";
    assert_eq!(matrix.named(["cat", "dog", "mouse"])?.to_string(), expected);
    Ok(())
}

#[test]
fn rankings_are_those_of_scikit_learn_with_ties() -> Result<(), Error> {
    assert_near(roc_auc(&scores(), &odd())?, 0.494_791_666_666_666_7);
    assert_eq!(roc_auc(&[1.0, 1.0, 1.0], &[0, 1, 0])?, 0.5);
    assert_eq!(roc_auc(&[-f64::INFINITY, 2.0, f64::INFINITY], &[0, 1, 1])?, 1.0);
    // Without ties, which scikit-learn breaks the other way.
    let scores: Vec<f64> =
        logits().iter().enumerate().map(|(i, z)| z + (i % 4) as f64 * 1e-3).collect();
    for (k, expected) in [(1, 0.3), (2, 0.475), (3, 0.75), (4, 1.0)] {
        assert_eq!(top_k(&scores, 4, &actual(), k)?, expected);
    }
    // With ties the accuracy of the first is that of the most likely, and some `k` are as many as there are.
    let logits: Vec<f64> = logits().iter().map(|z| z.round()).collect();
    let first = accuracy(&most_likely(&logits, 4)?, &actual())?;
    assert_eq!(top_k(&logits, 4, &actual(), 1)?, first);
    assert_eq!(top_k(&[0.0; 3], 3, &[2], 2)?, 0.0);
    Ok(())
}

#[test]
fn log_losses_are_those_of_scikit_learn() -> Result<(), Error> {
    assert_near(log_loss_of_logits(&logits(), 4, &actual())?, 2.120_903_652_975_792);
    assert_near(log_loss_of_logits(&scores(), 1, &odd())?, 0.728_019_209_874_021);
    assert_eq!(log_loss_of_logits(&[1e300, 0.0], 2, &[0])?, 0.0);
    assert_eq!(log_loss_of_logits(&[1000.0], 1, &[0])?, 1000.0);
    Ok(())
}

/// Targets and predictions of two outputs, each by itself.
fn outputs() -> ([Vec<f64>; 2], [Vec<f64>; 2]) {
    let logits = logits();
    let column = |i| logits.chunks(4).map(move |row| row[i]);
    let actual: Vec<f64> = column(0).map(|y| if y == 0.0 { 1.0 } else { y }).collect();
    let predicted = column(0).zip(column(1)).map(|(y, z)| y + z / 4.0).collect();
    ([predicted, column(3).collect()], [actual, column(2).collect()])
}

#[test]
fn errors_of_numbers_are_those_of_scikit_learn() -> Result<(), Error> {
    let ([predicted, _], [actual, _]) = outputs();
    assert_near(mean_absolute_error(&predicted, &actual)?, 0.436_718_75);
    assert_near(root_mean_squared_error(&predicted, &actual)?, 0.492_385_872_722_045_1);
    assert_near(mean_absolute_percentage_error(&predicted, &actual)?, 0.726_852_484_414_933_3);
    assert_near(r_squared(&predicted, &actual)?, 0.926_304_868_754_318_3);
    assert_eq!(r_squared(&actual, &actual)?, 1.0);
    Ok(())
}

#[test]
fn what_cannot_be_measured_is_an_error() {
    let cases = [
        (accuracy(&[], &[]), "accuracy of no rows, expected at least one"),
        (accuracy(&[0], &[]), "accuracy compares 1 predictions with 0 targets, expected as many"),
        (
            top_k(&[0.5; 5], 2, &[0], 1),
            "there are 5 scores, expected a multiple of 2, the number of classes, which is at least 1",
        ),
        (
            top_k(&[0.5; 4], 2, &[0, 0], 3),
            "each row has 3 guesses, expected from 1 to 2, the number of classes",
        ),
        (top_k(&[0.5; 4], 2, &[0, 2], 1), "the actual class of row 1 is 2, expected one below 2"),
        (top_k(&[0.5, f64::NAN], 2, &[0], 1), "the score 1 is NaN, expected a finite number"),
        (
            roc_auc(&[0.5, 0.1], &[1, 1]),
            "all rows are of class 1, expected some of 0 and some of 1 to rank",
        ),
        (roc_auc(&[0.5, 0.1], &[0, 2]), "the actual class of row 1 is 2, expected one below 2"),
        (
            r_squared(&[1.0, 2.0], &[3.0, 3.0]),
            "all targets are 3, expected some variance for the predictions to explain",
        ),
        (
            mean_absolute_error(&[1.0, f64::INFINITY], &[3.0, 3.0]),
            "the prediction 1 is inf, expected a finite number",
        ),
        (
            mean_absolute_percentage_error(&[1.0, 2.0], &[3.0, 0.0]),
            "the target 1 is 0, expected another number for an error to be relative to",
        ),
        (
            log_loss_of_logits(&[0.5, 0.1], 1, &[0, 2]),
            "the actual class of row 1 is 2, expected one below 2",
        ),
        (
            ConfusionMatrix::of(&[3], &[0], 3).map(|_| 0.0),
            "the predicted class of row 0 is 3, expected one below 3",
        ),
        (
            ConfusionMatrix::of(&[0], &[0], 3)
                .and_then(|matrix| matrix.named(["one"]))
                .map(|_| 0.0),
            "there are 1 names, expected one for each of 3 classes",
        ),
    ];
    for (found, expected) in cases {
        assert_eq!(found.unwrap_err().to_string(), expected);
    }
}

#[model(loss = binary_cross_entropy, scalar = f64)]
fn odds(x: Input, #[init(ones)] w: Param) -> Output {
    w * x
}

#[model(loss = cross_entropy, scalar = f64)]
fn species(x: Input<4>, #[init(ones)] w: Param<4>) -> Output<4> {
    w * x
}

#[model(loss = soft_cross_entropy, scalar = f64)]
fn soft(x: Input<2>, #[init(ones)] w: Param<2>) -> Output<2> {
    w * x
}

#[model(loss = mean_squared_error, scalar = f64)]
fn pair(x: Input<2>, #[init(ones)] w: Param<2>) -> Output<2> {
    w * x
}

#[test]
fn a_batch_is_measured_as_its_predictions_and_targets_are() -> Result<(), Error> {
    let (classes, logits) = (actual(), logits());
    let (model, batch) = (Species::seeded(1), Species::batch(&logits, &classes)?);
    let evaluation = Evaluation::of(&model, &batch)?;
    assert_eq!(evaluation.predictions(), logits);
    assert_eq!(evaluation.accuracy()?, accuracy(&most_likely(&logits, 4)?, &classes)?);
    assert_eq!(evaluation.top_k(2)?, top_k(&logits, 4, &classes, 2)?);
    assert_eq!(evaluation.log_loss_of_logits()?, log_loss_of_logits(&logits, 4, &classes)?);
    assert_eq!(evaluation.confusion()?.accuracy(), evaluation.accuracy()?);

    let (scores, targets) = (scores(), odd().iter().copied().map(f64::from).collect::<Vec<_>>());
    let (model, batch) = (Odds::seeded(1), Odds::batch(&scores, &targets)?);
    let evaluation = Evaluation::of(&model, &batch)?;
    assert_eq!(evaluation.roc_auc()?, roc_auc(&scores, &odd())?);
    assert_eq!(evaluation.log_loss_of_logits()?, log_loss_of_logits(&scores, 1, &odd())?);
    let right = scores.iter().zip(&targets).filter(|(z, y)| (**z > 0.25) == (**y > 0.5)).count();
    assert_eq!(evaluation.accuracy_above(0.25)?, right as f64 / ROWS as f64);
    assert_eq!(evaluation.confusion_above(0.25)?.accuracy(), evaluation.accuracy_above(0.25)?);

    let ([p0, p1], [y0, y1]) = outputs();
    let rows = |a: Vec<f64>, b: Vec<f64>| -> Vec<f64> {
        a.into_iter().zip(b).flat_map(|(a, b)| [a, b]).collect()
    };
    let (x, y) = (rows(p0, p1), rows(y0, y1));
    let (model, batch) = (Pair::seeded(1), Pair::batch(&x, &y)?);
    let evaluation = Evaluation::of(&model, &batch)?;
    assert_near(evaluation.r_squared()?, 0.030_961_374_100_059_11);
    assert_eq!(evaluation.mean_absolute_error()?, mean_absolute_error(&x, &y)?);
    assert_eq!(evaluation.root_mean_squared_error()?, root_mean_squared_error(&x, &y)?);
    Ok(())
}

#[test]
fn what_a_batch_does_not_say_is_an_error() -> Result<(), Error> {
    let message = |found: Result<f64, Error>| found.unwrap_err().to_string();
    let (model, batch) = (Odds::seeded(1), Odds::batch(&[0.5, 1.0], &[1.0, 0.5])?);
    let evaluation = Evaluation::of(&model, &batch)?;
    assert_eq!(
        message(evaluation.accuracy_above(0.0)),
        "the target 1 is 0.5, expected 1 for a class and 0 or -1 for the other"
    );
    assert_eq!(
        message(evaluation.accuracy()),
        "the predicted class is defined for several outputs (for one, the methods `.._above` take a threshold), the model has 1"
    );

    let (model, batch) =
        (Soft::seeded(1), Soft::batch(&[0.5, 1.0, 2.0, 3.0], &[0.9, 0.1, 0.5, 2.0])?);
    let evaluation = Evaluation::of(&model, &batch)?;
    assert_eq!(
        message(evaluation.accuracy()),
        "the targets of row 1 add up to 2.5, expected the probabilities of classes, none below 0, with the sum 1"
    );
    assert_eq!(
        message(evaluation.roc_auc()),
        "the area under the ROC curve is defined for one output, the model has 2"
    );

    let (model, batch) = (Species::seeded(1), Species::batch(&[0.5; 4], &[1])?);
    assert_eq!(
        message(Evaluation::of(&model, &batch)?.r_squared()),
        "R² is measured against numbers, the batch has classes"
    );
    Ok(())
}

#[test]
fn soft_classes_are_the_most_probable() -> Result<(), Error> {
    let (model, batch) =
        (Soft::seeded(1), Soft::batch(&[0.5, 1.0, 2.0, 3.0], &[0.9, 0.1, 0.2, 0.8])?);
    assert_eq!(Evaluation::of(&model, &batch)?.accuracy()?, 0.5);
    Ok(())
}
