//! Loss curves and metrics over the epochs, as SVG.

use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use plotters::coord::Shift;
use plotters::coord::ranged1d::{AsRangedCoord, Ranged, ValueFormatter};
use plotters::prelude::*;

use crate::draw::{extremes, reason, require_length, spread};
use crate::error::Error;
use crate::model::Model;
use crate::train::{Epoch, History, Observer};

use super::error::ObserveError;

/// How long a file is left as it is while training goes on.
const LEFT: Duration = Duration::from_secs(1);

const WIDTH: u32 = 800;
const LOSSES: u32 = 420;
const METRICS: u32 = 260;

/// Losses from this ratio on are drawn on a logarithmic axis.
const WIDE: f64 = 20.0;

type Area<'d> = DrawingArea<SVGBackend<'d>, Shift>;

/// A curve: its name, and points of epoch and value.
struct Curve<'c> {
    name: &'c str,
    points: Vec<(usize, f64)>,
}

impl History {
    /// Draws the training loss, the validation loss and the metrics over the epochs, as the text of an SVG.
    ///
    /// The losses are on a logarithmic axis where the greatest is more than 20 times the least.
    ///
    /// # Errors
    /// [`ObserveError::Drawing`], if the losses are too far apart.
    pub fn svg(&self, title: &str) -> Result<String, Error> {
        svg(self.epochs(), title)
    }

    /// Writes what [`svg`](Self::svg) draws to a file.
    ///
    /// # Errors
    /// Those of `svg`, and [`ObserveError::File`].
    pub fn plot(&self, path: impl AsRef<Path>, title: &str) -> Result<(), Error> {
        write(path.as_ref(), &self.svg(title)?)
    }
}

/// Keeps the loss curves of a run in an SVG file, while it goes on and after it: those of [`History::plot`].
///
/// # Examples
/// ```no_run
/// use chainrule::observe::Curves;
/// # use chainrule::prelude::*;
/// # #[model(loss = squared_error)]
/// # fn line(x: Input, slope: Param) -> Output { slope * x }
/// # fn main() -> Result<(), chainrule::Error> {
/// # let (mut model, batch) = (Line::seeded(1), Line::batch(&[1.0], &[2.0])?);
/// Trainer::new(Adam::new(0.1)).observer(Curves::new("curves.svg", "A line")).fit(&mut model, &batch)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Curves {
    path: PathBuf,
    title: String,
    epochs: Vec<Epoch>,
    written: Option<Instant>,
}

impl Curves {
    /// Curves with a title, in a file, which is written at most every second.
    pub fn new(path: impl Into<PathBuf>, title: impl Into<String>) -> Self {
        Curves { path: path.into(), title: title.into(), epochs: Vec::new(), written: None }
    }
}

impl<M: Model> Observer<M> for Curves {
    fn epoch(&mut self, epoch: &Epoch, _: &M) -> Result<ControlFlow<()>, Error> {
        self.epochs.push(epoch.clone());
        if self.written.is_none_or(|written| written.elapsed() > LEFT) {
            write(&self.path, &svg(&self.epochs, &self.title)?)?;
            self.written = Some(Instant::now());
        }
        Ok(ControlFlow::Continue(()))
    }

    fn end(&mut self, history: &History, _: &M) -> Result<(), Error> {
        history.plot(&self.path, &self.title)
    }
}

/// Writes a picture to a file, in a folder that is made if it is not there.
pub fn write(path: &Path, svg: &str) -> Result<(), Error> {
    let file = |error| ObserveError::file(path, &error);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(file)?;
    }
    std::fs::write(path, svg).map_err(file)
}

fn svg(epochs: &[Epoch], title: &str) -> Result<String, Error> {
    let mut text = String::new();
    match draw(&mut text, epochs, title) {
        Ok(()) => Ok(text),
        Err(reason) => Err(Error::Observe(ObserveError::Drawing { reason })),
    }
}

fn draw(text: &mut String, epochs: &[Epoch], title: &str) -> Result<(), String> {
    let (losses, metrics) = (losses(epochs), metrics(epochs));
    let height = if metrics.is_empty() { LOSSES } else { LOSSES + METRICS };
    let root = SVGBackend::with_string(text, (WIDTH, height)).into_drawing_area();
    root.fill(&WHITE).map_err(reason)?;
    let (upper, lower) = root.split_vertically(LOSSES);
    let values = values(&losses);
    let (least, greatest) = extremes(&values);
    let axis = spread(&values);
    require_length(&axis)?;
    if least > 0.0 && greatest > WIDE * least {
        let axis = (least / 1.1..greatest * 1.1).log_scale();
        panel(&upper, [title, "loss"], axis, &losses, SeriesLabelPosition::UpperRight)?;
    } else {
        panel(&upper, [title, "loss"], axis, &losses, SeriesLabelPosition::UpperRight)?;
    }
    if !metrics.is_empty() {
        let axis = spread(&self::values(&metrics));
        require_length(&axis)?;
        panel(&lower, ["", "metrics"], axis, &metrics, SeriesLabelPosition::LowerRight)?;
    }
    root.present().map_err(reason)
}

fn losses(epochs: &[Epoch]) -> Vec<Curve<'static>> {
    let curve = |name, value: fn(&Epoch) -> Option<f64>| {
        let point = |epoch: &Epoch| Some((epoch.epoch, value(epoch)?));
        Curve { name, points: epochs.iter().filter_map(point).collect() }
    };
    let curves = [
        curve("training", |epoch| Some(epoch.loss)),
        curve("validation", |epoch| epoch.validation_loss),
    ];
    curves.into_iter().filter(|curve| !curve.points.is_empty()).collect()
}

/// The metrics as far as they are finite.
fn metrics(epochs: &[Epoch]) -> Vec<Curve<'_>> {
    let mut curves = Vec::new();
    for (name, _) in epochs.first().map_or(&[][..], |first| &first.metrics) {
        let point = |epoch: &Epoch| Some((epoch.epoch, epoch.metric(name)?));
        let points = epochs.iter().filter_map(point).filter(|point| point.1.is_finite());
        curves.push(Curve { name, points: points.collect() });
    }
    curves.retain(|curve| !curve.points.is_empty());
    curves
}

fn values(curves: &[Curve<'_>]) -> Vec<f64> {
    curves.iter().flat_map(|curve| &curve.points).map(|point| point.1).collect()
}

/// The epochs from the first to the last; some more where they are one.
fn epochs_of(curves: &[Curve<'_>]) -> Range<usize> {
    let epochs = || curves.iter().flat_map(|curve| &curve.points).map(|point| point.0);
    let (first, last) = (epochs().min().unwrap_or(1), epochs().max().unwrap_or(1));
    if first == last { first - 1..last + 1 } else { first..last }
}

/// A number of an axis, without what rounding left of its last digits.
fn number(value: f64) -> String {
    let rounded = format!("{value:.5e}").parse().unwrap_or(value);
    if rounded == 0.0 || (1e-4..1e6).contains(&rounded.abs()) {
        rounded.to_string()
    } else {
        format!("{rounded:e}")
    }
}

/// Curves beside each other in one chart, with a legend where they leave room.
fn panel<Y>(
    area: &Area<'_>,
    [title, label]: [&str; 2],
    axis: Y,
    curves: &[Curve<'_>],
    legend: SeriesLabelPosition,
) -> Result<(), String>
where
    Y: AsRangedCoord<Value = f64>,
    Y::CoordDescType: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    let mut builder = ChartBuilder::on(area);
    builder.margin(12).x_label_area_size(36).y_label_area_size(64);
    if !title.is_empty() {
        builder.caption(title, ("sans-serif", 20));
    }
    let mut chart = builder.build_cartesian_2d(epochs_of(curves), axis).map_err(reason)?;
    let mut mesh = chart.configure_mesh();
    mesh.x_desc("epoch").y_desc(label).light_line_style(WHITE);
    mesh.y_labels(7).y_label_formatter(&|&value| number(value)).draw().map_err(reason)?;
    for (place, Curve { name, points }) in curves.iter().enumerate() {
        let color = Palette99::pick(place).stroke_width(2);
        let series = if let [point] = points[..] {
            chart.draw_series([Circle::new(point, 3, color.filled())])
        } else {
            chart.draw_series(LineSeries::new(points.iter().copied(), color))
        };
        let sample = move |(x, y)| PathElement::new([(x, y), (x + 20, y)], color);
        series.map_err(reason)?.label(*name).legend(sample);
    }
    let mut labels = chart.configure_series_labels();
    labels.position(legend).background_style(WHITE).border_style(BLACK);
    labels.draw().map_err(reason)
}

#[cfg(test)]
mod tests;
