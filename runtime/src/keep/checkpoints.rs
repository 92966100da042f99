//! The states of a run that are kept in a folder.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::train::require_at_least_one;

use super::error::{KeepError, Problem};
use super::file::{self, UNFINISHED};
use super::training::Training;

/// What the names of checkpoints begin and end with; between them is the number of steps.
const NAME: [&str; 2] = ["checkpoint-", ".safetensors"];
/// What is added to the name of a checkpoint that is damaged.
const DAMAGED: &str = ".damaged";

/// Where and how often a run is written down, so that it can go on when the process, or the machine, is no more.
///
/// A checkpoint is the whole state of the run: parameters, what the optimizer remembers, the position within the epoch and the order of its
/// rows, the best parameters so far, the history. A run that goes on from one has the same bits in the end as one that was never
/// interrupted. Settings that the bits depend on must be the same: rows, batch size, seed, schedule, optimizer and so on; the number of
/// epochs may grow, unless the learning rate follows it. The data must be the same too, which is not checked beyond the number of rows.
///
/// Checkpoints are written whole or not at all, so that a process may be killed at any moment. The run is also written down as it ends for
/// whatever reason but an error.
///
/// # Examples
/// ```
/// use chainrule::keep::Checkpoints;
/// use chainrule::prelude::*;
///
/// #[model(loss = mean_squared_error)]
/// fn line(x: Input, slope: Param, offset: Param) -> Output {
///     slope * x + offset
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// # let folder = std::env::temp_dir().join(format!("chainrule_checkpoints_{}", std::process::id()));
/// let (x, y) = ([0.0, 1.0, 2.0, 3.0], [1.0, 3.0, 5.0, 7.0]);
/// let batch = Line::batch(&x, &y)?;
/// let train = |epochs| {
///     let mut model = Line::seeded(7);
///     let checkpoints = Checkpoints::in_folder(&folder).every_epochs(10).keep(2).resume();
///     let trainer = Trainer::new(Adam::new(0.1)).epochs(epochs).batch_size(2).checkpoints(checkpoints);
///     trainer.fit(&mut model, &batch)
/// };
/// train(25)?;
/// // Another process goes on where that one was.
/// let history = train(40)?;
/// assert_eq!(history.resumed().map(|resumed| resumed.epoch), Some(25));
/// assert_eq!(history.epochs().len(), 40);
/// # std::fs::remove_dir_all(&folder).expect("the folder is there");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoints {
    folder: PathBuf,
    every_steps: Option<usize>,
    every_epochs: Option<usize>,
    keep: usize,
    resumes: bool,
    only_reads: bool,
}

impl Checkpoints {
    /// In this folder, which is made if it is not there: after every epoch, the last three, from the beginning.
    pub fn in_folder(folder: impl AsRef<Path>) -> Self {
        Checkpoints {
            folder: folder.as_ref().to_owned(),
            every_steps: None,
            every_epochs: None,
            keep: 3,
            resumes: false,
            only_reads: false,
        }
    }

    /// Writes one after every so many steps, counted over all epochs.
    pub fn every_steps(mut self, steps: usize) -> Self {
        self.every_steps = Some(steps);
        self
    }

    /// Writes one after every so many epochs; after each, where nothing is said of steps either.
    pub fn every_epochs(mut self, epochs: usize) -> Self {
        self.every_epochs = Some(epochs);
        self
    }

    /// Keeps the last `count`, and removes those before.
    pub fn keep(mut self, count: usize) -> Self {
        self.keep = count;
        self
    }

    /// Goes on from the last checkpoint in the folder, or begins where there is none.
    ///
    /// One that is damaged is passed over for the one before it: it gets another name, and
    /// [`Resumed::refused`](crate::train::Resumed::refused) tells. If all are damaged, that is an error. Without `resume`, a folder that has
    /// checkpoints is refused.
    pub fn resume(mut self) -> Self {
        self.resumes = true;
        self
    }

    /// Only reads: for all processes but one of those that train together, and see the same folder.
    pub fn only_read(mut self) -> Self {
        self.only_reads = true;
        self
    }

    /// Refuses settings out of range.
    pub(crate) fn check(&self) -> Result<(), Error> {
        require_at_least_one("every_steps", self.every_steps.unwrap_or(1))?;
        require_at_least_one("every_epochs", self.every_epochs.unwrap_or(1))?;
        require_at_least_one("keep", self.keep)
    }

    /// Whether it is time after a step of the run, from 1.
    pub(crate) fn is_due_after_step(&self, step: usize) -> bool {
        self.every_steps.is_some_and(|every| step.is_multiple_of(every))
    }

    /// Whether it is time after an epoch, from 1.
    pub(crate) fn is_due_after_epoch(&self, epoch: usize) -> bool {
        let default = if self.every_steps.is_none() { Some(1) } else { None };
        self.every_epochs.or(default).is_some_and(|every| epoch.is_multiple_of(every))
    }

    /// Makes the folder ready, and reads the state that the run goes on from, if there is one, with what is wrong with later ones.
    pub(crate) fn begin(&self) -> Result<Option<(Training, Vec<String>)>, Error> {
        if !self.only_reads {
            let told = |error| self.error(Problem::system("make the folder", &error));
            fs::create_dir_all(&self.folder).map_err(told)?;
            self.remove_unfinished()?;
        }
        let kept = self.list()?;
        let Some((_, newest)) = kept.last() else { return Ok(None) };
        if !self.resumes {
            let file = newest.display().to_string();
            return Err(self.error(Problem::Occupied { file }).into());
        }
        let mut damaged: Vec<KeepError> = Vec::new();
        for (_, path) in kept.iter().rev() {
            match Training::read(path) {
                Ok(training) => {
                    damaged.iter().try_for_each(|error| self.set_aside(&error.path))?;
                    let refused = damaged.iter().map(KeepError::to_string).collect();
                    return Ok(Some((training, refused)));
                }
                Err(error) if error.is_damage() => damaged.push(error),
                Err(error) => return Err(error.into()),
            }
        }
        Err(damaged.swap_remove(0).into())
    }

    /// Writes a state after so many steps, and removes those that are too many.
    pub(crate) fn write(&self, step: usize, mut training: Training) -> Result<(), Error> {
        if self.only_reads {
            return Ok(());
        }
        let [before, after] = NAME;
        let path = self.folder.join(format!("{before}{step:012}{after}"));
        let bytes = training.encode().map_err(|problem| KeepError::new(&path, problem))?;
        file::replace(&path, &bytes)?;
        let kept = self.list()?;
        for (_, path) in &kept[..kept.len().saturating_sub(self.keep)] {
            remove(path)?;
        }
        Ok(())
    }

    /// The checkpoints in the folder, the last at the end.
    fn list(&self) -> Result<Vec<(usize, PathBuf)>, Error> {
        let mut kept: Vec<(usize, PathBuf)> = self
            .entries()?
            .into_iter()
            .filter_map(|(name, path)| Some((step_of(&name)?, path)))
            .collect();
        kept.sort();
        Ok(kept)
    }

    /// The names and paths in the folder; none where it is not there.
    fn entries(&self) -> Result<Vec<(String, PathBuf)>, Error> {
        let told = |error| Error::Keep(self.error(Problem::system("list", &error)));
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if self.only_reads && error.kind() == ErrorKind::NotFound => {
                return Ok(Vec::new());
            }
            Err(error) => return Err(told(error)),
        };
        entries
            .map(|entry| {
                let entry = entry.map_err(told)?;
                Ok((entry.file_name().to_string_lossy().into_owned(), entry.path()))
            })
            .collect()
    }

    /// Removes what a process was writing when it was killed.
    fn remove_unfinished(&self) -> Result<(), Error> {
        let start = format!(".{}", NAME[0]);
        for (name, path) in self.entries()? {
            if name.starts_with(&start) && name.ends_with(UNFINISHED) {
                remove(&path)?;
            }
        }
        Ok(())
    }

    /// Gives a damaged file a name that is none of a checkpoint, so that it counts as none.
    fn set_aside(&self, path: &Path) -> Result<(), Error> {
        if self.only_reads {
            return Ok(());
        }
        let mut name = path.as_os_str().to_owned();
        name.push(DAMAGED);
        let told = |error| KeepError::new(path, Problem::system("rename", &error));
        Ok(fs::rename(path, name).map_err(told)?)
    }

    fn error(&self, problem: Problem) -> KeepError {
        KeepError::new(&self.folder, problem)
    }
}

/// The number in the name of a checkpoint.
fn step_of(name: &str) -> Option<usize> {
    let [before, after] = NAME;
    let digits = name.strip_prefix(before)?.strip_suffix(after)?;
    let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    if are_digits { digits.parse().ok() } else { None }
}

/// Removes a file that may be gone already.
fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(KeepError::new(path, Problem::system("remove", &error)).into())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
