use crate::error::Error;
use crate::least_squares::LeastSquares;
use crate::metrics::ConfusionMatrix;
use crate::observe::{Curves, ObserveError};
use crate::optimizer::GradientDescent;
use crate::train::{History, Trainer};

type Plain<'t> = Trainer<'t, LeastSquares<f64>, GradientDescent<f64>>;

fn train(epochs: usize, with: impl FnOnce(Plain<'_>) -> Plain<'_>) -> Result<History, Error> {
    let batch = LeastSquares::batch(&[1.0, 0.0, 0.0, 1.0], &[1.0, 2.0])?;
    let trainer = with(Trainer::new(GradientDescent::new(0.1)).epochs(epochs));
    trainer.fit(&mut LeastSquares::zeros(), &batch)
}

fn lines(svg: &str) -> usize {
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
    svg.matches("stroke-width=\"2\"").count()
}

#[test]
fn there_is_a_curve_for_each_loss_and_each_metric() -> Result<(), Error> {
    // Each curve has a line in the chart and one in the legend.
    let plain = train(30, |trainer| trainer)?.svg("a < b & c")?;
    assert_eq!(lines(&plain), 2);
    assert!(plain.contains("a &lt; b &amp; c"));
    let measured = train(30, |trainer| {
        let trainer = trainer.validation_split(0.5);
        trainer.metric("half", |_| Ok(0.5)).metric("never", |_| Ok(f64::NAN))
    })?;
    let svg = measured.svg("measured")?;
    assert_eq!(lines(&svg), 6);
    assert!(svg.contains("half") && !svg.contains("never"));
    Ok(())
}

#[test]
fn numbers_of_an_axis_are_short() {
    let texts = [0.0, 0.1 + 0.2, 0.1 * 7.0, 2e-5, -3e6, 12_345.0].map(super::number);
    assert_eq!(texts, ["0", "0.3", "0.7", "2e-5", "-3e6", "12345"]);
}

#[test]
fn one_epoch_is_a_point() -> Result<(), Error> {
    let svg = train(1, |trainer| trainer)?.svg("one")?;
    assert_eq!(svg.matches("<circle").count(), 1);
    Ok(())
}

#[test]
fn a_file_is_kept_of_a_run_and_what_cannot_be_written_is_named() -> Result<(), Error> {
    let folder = std::env::temp_dir().join(format!("chainrule-curves-{}", std::process::id()));
    let path = folder.join("below/curves.svg");
    let history = train(30, |trainer| trainer.observer(Curves::new(&path, "kept")))?;
    assert_eq!(std::fs::read_to_string(&path).ok(), Some(history.svg("kept")?));
    let error = history.plot(path.join("more.svg"), "kept").unwrap_err();
    assert!(matches!(error, Error::Observe(ObserveError::File { .. })), "{error}");
    std::fs::remove_dir_all(&folder).unwrap();
    Ok(())
}

#[test]
fn a_matrix_has_a_cell_for_each_pair() -> Result<(), Error> {
    let matrix = ConfusionMatrix::of(&[0, 1, 1, 2], &[0, 1, 2, 2], 3)?;
    let svg = matrix.named(["cat", "dog", "a mouse"])?.svg("animals")?;
    assert_eq!(svg.matches("<rect").count(), 1 + 2 * 9);
    assert!(svg.contains("a mouse") && svg.contains("predicted"));
    Ok(())
}
