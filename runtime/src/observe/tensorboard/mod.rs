//! Event files that TensorBoard opens.

mod event;
mod record;

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::error::Error;
use crate::model::Model;
use crate::train::{Epoch, History, Observer, Start, Step};

use super::error::ObserveError;

/// Writes the course of a run for TensorBoard: `tensorboard --logdir <folder>` shows it, while it goes on too.
///
/// After every epoch, by its number: `loss/training`, `loss/validation` if there are validation rows, `learning_rate`, and `metric/<name>` for
/// each [metric](crate::train::Trainer::metric). With [`every_steps`](Self::every_steps) also `step/loss` and `step/gradient_norm`, by the
/// number of the step. TensorBoard keeps numbers as `f32`. A run has a file of its own, made when it
/// starts; runs are told apart by their folders.
///
/// # Examples
/// ```no_run
/// use chainrule::observe::TensorBoard;
/// # use chainrule::prelude::*;
/// # #[model(loss = squared_error)]
/// # fn line(x: Input, slope: Param) -> Output { slope * x }
/// # fn main() -> Result<(), chainrule::Error> {
/// # let (mut model, batch) = (Line::seeded(1), Line::batch(&[1.0], &[2.0])?);
/// let board = TensorBoard::new("runs/adam").every_steps(10);
/// Trainer::new(Adam::new(0.1)).observer(board).fit(&mut model, &batch)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct TensorBoard {
    folder: PathBuf,
    every: Option<usize>,
    events: Option<Events>,
}

/// A file of events.
#[derive(Debug)]
struct Events {
    path: PathBuf,
    file: BufWriter<File>,
}

impl TensorBoard {
    /// Events in a folder, which is made if it is not there.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        TensorBoard { folder: folder.into(), every: None, events: None }
    }

    /// Writes every so many steps as well; 0 for none.
    pub fn every_steps(mut self, steps: usize) -> Self {
        self.every = Some(steps).filter(|&steps| steps > 0);
        self
    }

    /// The file that is written, once a run has started or a number has been written.
    pub fn path(&self) -> Option<&Path> {
        self.events.as_ref().map(|events| events.path.as_path())
    }

    /// Writes a number of one's own, at a step of its own.
    ///
    /// # Errors
    /// [`ObserveError::File`].
    pub fn scalar(&mut self, tag: &str, step: usize, value: f64) -> Result<(), Error> {
        self.open()?.write(&event::scalar(now(), step as i64, tag, value as f32))
    }

    /// The file, made if it is not there.
    fn open(&mut self) -> Result<&mut Events, Error> {
        let events = match self.events.take() {
            Some(events) => events,
            None => Events::create(&self.folder)?,
        };
        Ok(self.events.insert(events))
    }
}

impl Events {
    fn create(folder: &Path) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(|error| ObserveError::file(folder, &error))?;
        let (path, file) = new_file(folder)?;
        let mut events = Events { path, file: BufWriter::new(file) };
        events.write(&event::version(now()))?;
        events.flush()?;
        Ok(events)
    }

    fn write(&mut self, event: &[u8]) -> Result<(), Error> {
        record::write(&mut self.file, event).map_err(|error| ObserveError::file(&self.path, &error))
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.file.flush().map_err(|error| ObserveError::file(&self.path, &error))
    }
}

impl<M: Model> Observer<M> for TensorBoard {
    fn start(&mut self, _: &Start<'_, M>) -> Result<(), Error> {
        self.open().map(|_| ())
    }

    fn step(&mut self, step: &Step<'_, M>) -> Result<ControlFlow<()>, Error> {
        let number = (step.epoch - 1) * step.steps + step.step;
        if self.every.is_some_and(|every| number.is_multiple_of(every)) {
            self.scalar("step/loss", number, step.loss)?;
            self.scalar("step/gradient_norm", number, step.gradient_norm())?;
        }
        Ok(ControlFlow::Continue(()))
    }

    fn epoch(&mut self, epoch: &Epoch, _: &M) -> Result<ControlFlow<()>, Error> {
        self.scalar("loss/training", epoch.epoch, epoch.loss)?;
        if let Some(loss) = epoch.validation_loss {
            self.scalar("loss/validation", epoch.epoch, loss)?;
        }
        self.scalar("learning_rate", epoch.epoch, epoch.learning_rate)?;
        for (name, value) in &epoch.metrics {
            self.scalar(&format!("metric/{name}"), epoch.epoch, *value)?;
        }
        self.open()?.flush()?;
        Ok(ControlFlow::Continue(()))
    }

    fn end(&mut self, _: &History, _: &M) -> Result<(), Error> {
        self.open()?.flush()
    }
}

/// A file that was not there: several runs may begin in the same second.
fn new_file(folder: &Path) -> Result<(PathBuf, File), Error> {
    let seconds = now() as u64;
    let mut number = 0;
    loop {
        let name =
            format!("events.out.tfevents.{seconds:010}.chainrule.{}.{number}", std::process::id());
        let path = folder.join(name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(ObserveError::file(&path, &error)),
        }
    }
}

/// Seconds since 1970.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

#[cfg(test)]
mod tests;
