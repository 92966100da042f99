//! A fit as a picture: data and curve above, residuals below.

use std::path::Path;

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use crate::derivatives::{Jacobian, Observations};
use crate::draw::{extremes, reason, require_length, spread};
use crate::error::Error;

use super::error::FitError;
use super::report::FitReport;

/// How many pieces the curve has.
const PIECES: usize = 400;

type Chart<'d> = ChartContext<'d, SVGBackend<'d>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

impl<M: Jacobian<Scalar = f64> + Observations> FitReport<M> {
    /// Draws data, curve and residuals as the text of an SVG.
    ///
    /// # Errors
    /// [`FitError::NotAPlane`] unless the model has one input of one number, one output, and was fitted to
    /// [`data`](super::Fit::data).
    pub fn svg(&self, title: &str) -> Result<String, Error> {
        let (x, y) = self.observations().ok_or(FitError::NotAPlane)?;
        let curve = self.curve(x)?;
        let mut text = String::new();
        draw(&mut text, title, (x, y), &curve, self.residuals())
            .map_err(|reason| FitError::Plot { reason })?;
        Ok(text)
    }

    /// Writes what [`svg`](Self::svg) draws to a file.
    ///
    /// # Errors
    /// Those of `svg`, and [`FitError::Plot`] if the file cannot be written.
    pub fn plot(&self, path: impl AsRef<Path>, title: &str) -> Result<(), Error> {
        let path = path.as_ref();
        let text = self.svg(title)?;
        std::fs::write(path, text).map_err(|error| {
            FitError::Plot { reason: format!("{}: {error}", path.display()) }.into()
        })
    }

    /// The model's predictions between the observations: its residuals where zero is observed.
    fn curve(&self, x: &[f64]) -> Result<Vec<(f64, f64)>, Error> {
        let (low, high) = extremes(x);
        let at = |i: usize| low + (high - low) * i as f64 / PIECES as f64;
        let x: Vec<f64> = (0..=PIECES).map(at).collect();
        let zeros = vec![0.0; x.len()];
        let batch = self.model().observations(&[&x], &zeros)?;
        let mut y = vec![0.0; x.len()];
        self.model().residuals_into(&batch, &mut y, &mut self.model().workspace());
        Ok(x.into_iter().zip(y).filter(|point| point.1.is_finite()).collect())
    }
}

fn draw(
    text: &mut String,
    title: &str,
    (x, y): (&[f64], &[f64]),
    curve: &[(f64, f64)],
    residuals: &[f64],
) -> Result<(), String> {
    let range = spread(x);
    let heights: Vec<f64> = y.iter().copied().chain(curve.iter().map(|point| point.1)).collect();
    let (height, depth) = (spread(&heights), spread(residuals));
    [&range, &height, &depth].into_iter().try_for_each(require_length)?;
    let root = SVGBackend::with_string(text, (800, 600)).into_drawing_area();
    root.fill(&WHITE).map_err(reason)?;
    let (upper, lower) = root.split_vertically(400);
    let mut chart = ChartBuilder::on(&upper)
        .caption(title, ("sans-serif", 20))
        .margin(12)
        .x_label_area_size(30)
        .y_label_area_size(70)
        .build_cartesian_2d(range.clone(), height)
        .map_err(reason)?;
    mesh(&mut chart, "y")?;
    chart
        .draw_series(LineSeries::new(curve.iter().copied(), RED.stroke_width(2)))
        .map_err(reason)?;
    let points = x.iter().zip(y).map(|(&x, &y)| Circle::new((x, y), 3, BLACK.filled()));
    chart.draw_series(points).map_err(reason)?;

    let mut chart = ChartBuilder::on(&lower)
        .margin(12)
        .x_label_area_size(30)
        .y_label_area_size(70)
        .build_cartesian_2d(range.clone(), depth)
        .map_err(reason)?;
    mesh(&mut chart, "residual")?;
    let zero = [(range.start, 0.0), (range.end, 0.0)];
    chart.draw_series(LineSeries::new(zero, RED)).map_err(reason)?;
    let points = x.iter().zip(residuals).map(|(&x, &r)| Circle::new((x, r), 3, BLACK.filled()));
    chart.draw_series(points).map_err(reason)?;
    root.present().map_err(reason)
}

fn mesh(chart: &mut Chart<'_>, label: &str) -> Result<(), String> {
    chart.configure_mesh().y_desc(label).light_line_style(WHITE).draw().map_err(reason)
}
