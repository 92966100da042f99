//! When a run is written down, and where it goes on.

use crate::error::Error;
use crate::keep::{Checkpoints, Training};
use crate::model::Model;
use crate::optimizer::{Optimizer, OptimizerState, StateError};

use super::Settings;
use super::history::Resumed;
use super::progress::Progress;

/// The checkpoints of a run, if it has any.
#[derive(Default)]
pub struct Keeping {
    checkpoints: Option<Checkpoints>,
    /// What must be the same when the run goes on.
    settings: Vec<(&'static str, String)>,
    /// Steps of an epoch.
    steps: usize,
    /// The position that was written last.
    written: Option<[usize; 2]>,
}

impl Keeping {
    /// None.
    pub fn none() -> Self {
        Keeping::default()
    }

    /// In these checkpoints.
    pub fn new(checkpoints: Checkpoints) -> Self {
        Keeping { checkpoints: Some(checkpoints), ..Keeping::default() }
    }

    /// Leaves writing to another.
    pub fn only_read(&mut self) {
        self.checkpoints = self.checkpoints.take().map(Checkpoints::only_read);
    }

    /// Refuses settings out of range.
    pub fn check(&self) -> Result<(), Error> {
        self.checkpoints.as_ref().map_or(Ok(()), Checkpoints::check)
    }

    /// Notes what the run is: its settings, training and validation rows, and the steps of an epoch.
    pub fn note(&mut self, settings: &Settings, rows: usize, validation_rows: usize, steps: usize) {
        self.settings = entries(settings);
        self.settings.push(("rows", rows.to_string()));
        self.settings.push(("validation rows", validation_rows.to_string()));
        self.settings.push(("steps of an epoch", steps.to_string()));
        self.steps = steps;
    }

    /// Takes up the state of an earlier run, if there is one.
    pub fn resume<M: Model>(
        &mut self,
        epochs: usize,
        model: &mut M,
        optimizer: &mut dyn Optimizer<M::Scalar>,
        progress: &mut Progress<M::Scalar>,
    ) -> Result<Option<Resumed>, Error> {
        let Some(checkpoints) = &self.checkpoints else { return Ok(None) };
        if !optimizer.state().is_told() {
            return Err(Error::State(StateError::Untold));
        }
        let Some((training, refused)) = checkpoints.begin()? else { return Ok(None) };
        training.require_settings(&self.settings)?;
        let theta = training.theta(model)?;
        let mut read = progress.read(&training, self.steps, theta.len())?;
        if read.epoch > epochs {
            return Err(training.setting("epochs", &epochs, format!("{} finished", read.epoch)));
        }
        training.restore(optimizer, &OptimizerState::read(&training)?)?;
        model.parameters_mut().copy_from_slice(&theta);
        read.epochs.iter_mut().for_each(|epoch| epoch.epochs = epochs);
        read.epochs.reserve(epochs.min(10_000).saturating_sub(read.epochs.len()));
        read.undo.reserve_as(&progress.undo);
        *progress = read;
        self.written = Some([progress.epoch, progress.step]);
        let (file, epoch, step) = (training.file(), progress.epoch, progress.step);
        Ok(Some(Resumed { file, epoch, step, refused }))
    }

    /// Writes the run down after a step, if it is time.
    pub fn after_step<M: Model>(
        &mut self,
        model: &M,
        optimizer: &dyn Optimizer<M::Scalar>,
        progress: &Progress<M::Scalar>,
    ) -> Result<(), Error> {
        let Some(checkpoints) = &self.checkpoints else { return Ok(()) };
        let step = progress.epoch * self.steps + progress.step;
        if checkpoints.is_due_after_step(step) {
            self.write(model, optimizer, progress)
        } else {
            Ok(())
        }
    }

    /// Writes the run down after an epoch, if it is time.
    pub fn after_epoch<M: Model>(
        &mut self,
        model: &M,
        optimizer: &dyn Optimizer<M::Scalar>,
        progress: &Progress<M::Scalar>,
    ) -> Result<(), Error> {
        let Some(checkpoints) = &self.checkpoints else { return Ok(()) };
        let is_due = checkpoints.is_due_after_epoch(progress.epoch);
        if is_due { self.write(model, optimizer, progress) } else { Ok(()) }
    }

    /// Writes the run down as it ends, whether it is time or not; what comes after it is not a state to go on from.
    pub fn end<M: Model>(
        &mut self,
        model: &M,
        optimizer: &dyn Optimizer<M::Scalar>,
        progress: &Progress<M::Scalar>,
    ) -> Result<(), Error> {
        self.write(model, optimizer, progress)?;
        self.checkpoints = None;
        Ok(())
    }

    fn write<M: Model>(
        &mut self,
        model: &M,
        optimizer: &dyn Optimizer<M::Scalar>,
        progress: &Progress<M::Scalar>,
    ) -> Result<(), Error> {
        let position = [progress.epoch, progress.step];
        let Some(checkpoints) = &self.checkpoints else { return Ok(()) };
        if self.written == Some(position) {
            return Ok(());
        }
        let mut training = Training::new(model, &self.settings)?;
        progress.write(&mut training);
        optimizer.state().write(&mut training);
        checkpoints.write(progress.epoch * self.steps + progress.step, training)?;
        self.written = Some(position);
        Ok(())
    }
}

/// The settings on which the bits of a run depend, as text.
///
/// The number of epochs is one of them only where the learning rate follows it; else a finished run may be trained further.
fn entries(settings: &Settings) -> Vec<(&'static str, String)> {
    let Settings {
        epochs,
        batch_size,
        seed,
        schedule,
        limits,
        patience,
        min_delta,
        plateau,
        average,
        accumulate,
        groups,
    } = settings;
    let mut entries = vec![
        ("batch_size", batch_size.to_string()),
        ("accumulate", accumulate.to_string()),
        ("seed", seed.to_string()),
        ("schedule", format!("{schedule:?}")),
        ("plateau", format!("{plateau:?}")),
        ("limits of the gradient", format!("{limits:?}")),
        ("early_stopping", format!("{patience:?}")),
        ("min_delta", min_delta.to_string()),
        ("average", format!("{average:?}")),
        ("groups", format!("{groups:?}")),
    ];
    if schedule.depends_on_epochs() {
        entries.push(("epochs", epochs.to_string()));
    }
    entries
}
