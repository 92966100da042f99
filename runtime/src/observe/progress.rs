//! A bar on the terminal.

use std::fmt::Write;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::Error;
use crate::model::Model;
use crate::train::{Epoch, History, Observer, Start, Step};

/// How long a loss is shown before that of a later step.
const SHOWN: Duration = Duration::from_millis(200);

/// Shows a run on the terminal: epochs, examples per second, time left, loss, validation loss and metrics.
///
/// On the standard error, and only if that is a terminal: otherwise it does nothing. The losses and metrics are those of the last epoch; in
/// the first epoch, the loss is that of a step.
///
/// # Examples
/// ```
/// use chainrule::observe::Progress;
/// # use chainrule::prelude::*;
/// # #[model(loss = squared_error)]
/// # fn line(x: Input, slope: Param) -> Output { slope * x }
/// # fn main() -> Result<(), chainrule::Error> {
/// # let (mut model, batch) = (Line::seeded(1), Line::batch(&[1.0], &[2.0])?);
/// Trainer::new(Adam::new(0.1)).observer(Progress::new("line")).fit(&mut model, &batch)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    /// Rows of an epoch.
    rows: usize,
    shown: Option<Instant>,
}

impl Progress {
    /// A bar with a title, which may be empty.
    pub fn new(title: &str) -> Self {
        Self::on(ProgressBar::new(0)).titled(title)
    }

    /// A bar that is shown elsewhere: among several, or on another terminal.
    pub fn on(bar: ProgressBar) -> Self {
        Progress { bar, rows: 0, shown: None }
    }

    /// Gives it a title.
    pub fn titled(self, title: &str) -> Self {
        self.bar.set_prefix(if title.is_empty() { String::new() } else { format!("{title}  ") });
        self
    }
}

impl<M: Model> Observer<M> for Progress {
    fn start(&mut self, start: &Start<'_, M>) -> Result<(), Error> {
        let template =
            "{prefix}[{bar:24}] {percent:>3} %  {per_sec} examples/s  {eta} left\n  {wide_msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(with_units(style).progress_chars("=> "));
        }
        self.rows = start.rows;
        self.bar.set_length((start.rows * start.epochs) as u64);
        self.bar.set_position((start.rows * start.epochs_done) as u64);
        self.bar.reset_eta();
        Ok(())
    }

    fn step(&mut self, step: &Step<'_, M>) -> Result<ControlFlow<()>, Error> {
        if self.bar.is_hidden() {
            return Ok(ControlFlow::Continue(()));
        }
        self.bar.inc(step.rows as u64);
        if step.epoch == 1 && self.shown.is_none_or(|shown| shown.elapsed() > SHOWN) {
            self.shown = Some(Instant::now());
            self.bar.set_message(format!(
                "step {}/{}: loss {}",
                step.step,
                step.steps,
                short(step.loss)
            ));
        }
        Ok(ControlFlow::Continue(()))
    }

    fn epoch(&mut self, epoch: &Epoch, _: &M) -> Result<ControlFlow<()>, Error> {
        if !self.bar.is_hidden() {
            self.bar.set_position((self.rows * epoch.epoch) as u64);
            self.bar.set_message(describe(epoch));
        }
        Ok(ControlFlow::Continue(()))
    }

    fn end(&mut self, _: &History, _: &M) -> Result<(), Error> {
        self.bar.abandon();
        Ok(())
    }
}

/// Examples per second, as in `12,345`.
fn with_units(style: ProgressStyle) -> ProgressStyle {
    style.with_key("per_sec", |state: &indicatif::ProgressState, text: &mut dyn Write| {
        let _ = write!(text, "{}", with_commas(state.per_sec().round() as u64));
    })
}

fn with_commas(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number as short as a glance needs it.
fn short(value: f64) -> String {
    if value == 0.0 || (0.001..1e4).contains(&value.abs()) {
        format!("{value:.4}")
    } else {
        format!("{value:.2e}")
    }
}

/// As in `epoch 3/60: loss 0.0123, validation 0.0456, accuracy 0.9780`.
fn describe(epoch: &Epoch) -> String {
    let mut text = format!("epoch {}/{}: loss {}", epoch.epoch, epoch.epochs, short(epoch.loss));
    if let Some(loss) = epoch.validation_loss {
        text += &format!(", validation {}", short(loss));
    }
    for (name, value) in &epoch.metrics {
        text += &format!(", {name} {}", short(*value));
    }
    text
}

#[cfg(test)]
mod tests;
