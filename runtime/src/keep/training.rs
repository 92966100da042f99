//! A state of training in a file, and back.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use safetensors::Dtype;

use crate::error::Error;
use crate::finite::first_non_finite;
use crate::kernel::real::Real;
use crate::model::Model;
use crate::optimizer::{Optimizer, OptimizerState};
use crate::train::record::{Sink, Source};

use super::content::{Content, Tensor};
use super::error::{KeepError, Problem};
use super::mapping::Mapping;
use super::weights::TRAINING;
use super::{file, numbers, weights};

/// What the names of properties begin with that are settings of the run.
const SETTING: &str = "setting.";

/// A state of training: a file of weights with more tensors.
#[derive(Debug)]
pub struct Training {
    /// Where it was read; nowhere as long as it is not written.
    path: PathBuf,
    content: Content<'static>,
}

impl Training {
    /// With the parameters of a model, and these settings of its run.
    pub fn new<M: Model>(model: &M, settings: &[(&'static str, String)]) -> Result<Self, Error> {
        let mut content = weights::content(&Mapping::new(), model)?;
        for (name, value) in settings {
            content.set(format!("{SETTING}{}", name.replace(' ', "_")), value);
        }
        Ok(Training { path: PathBuf::new(), content })
    }

    /// Reads a file.
    pub fn read(path: &Path) -> Result<Self, KeepError> {
        let told = |problem| KeepError::new(path, problem);
        let bytes = file::read(path)?;
        let content = Content::from_bytes(&bytes).map_err(told)?.into_owned();
        let position = content.tensor(&format!("{TRAINING}position"));
        if content.property("definition").is_none() || position.is_none() {
            return Err(told(Problem::NoTraining));
        }
        Ok(Training { path: path.to_owned(), content })
    }

    /// The bytes of its file.
    pub fn encode(&mut self) -> Result<Vec<u8>, Problem> {
        self.content.encode()
    }

    /// The file it was read from.
    pub fn file(&self) -> String {
        self.path.display().to_string()
    }

    /// The parameters of a model, if they are of this one.
    pub fn theta<M: Model>(&self, model: &M) -> Result<Vec<M::Scalar>, Error> {
        let mapping = Mapping::new();
        let places = mapping.places(model.layout())?;
        let theta = weights::theta::<M>(&mapping, &places, model.parameters(), &self.content);
        let theta = theta.map_err(|problem| self.error(problem))?;
        match first_non_finite(&theta) {
            None => Ok(theta),
            Some(_) => Err(self.error(Problem::State {
                tensor: model.layout().first().map_or(String::new(), |first| first.name.to_owned()),
                requirement: "finite parameters".to_owned(),
            })),
        }
    }

    /// Refuses the state of a run with other settings.
    pub fn require_settings(&self, settings: &[(&'static str, String)]) -> Result<(), Error> {
        for (name, expected) in settings {
            let found = self.content.property(&format!("{SETTING}{}", name.replace(' ', "_")));
            if found != Some(expected) {
                let found = found.unwrap_or("none").to_owned();
                return Err(self.setting(name, expected, found));
            }
        }
        Ok(())
    }

    /// What to say of a setting that is another than that of the run.
    pub fn setting(&self, name: &str, expected: &dyn ToString, found: String) -> Error {
        let (name, expected) = (name.to_owned(), expected.to_string());
        self.error(Problem::Setting { name, expected, found })
    }

    /// Gives an optimizer its state.
    pub fn restore<T: Real>(
        &self,
        optimizer: &mut dyn Optimizer<T>,
        state: &OptimizerState<T>,
    ) -> Result<(), Error> {
        optimizer.restore(state).map_err(|error| match error {
            Error::State(error) => self.error(Problem::Optimizer(error)),
            other => other,
        })
    }

    fn error(&self, problem: Problem) -> Error {
        Error::Keep(KeepError::new(&self.path, problem))
    }

    fn tensor(&self, name: &str) -> Result<(String, &Tensor<'static>), Error> {
        let name = format!("{TRAINING}{name}");
        match self.content.tensor(&name) {
            Some(tensor) => Ok((name, tensor)),
            None => {
                let found = self.content.names().map(str::to_owned).collect();
                Err(self.error(Problem::Missing { tensor: name, found }))
            }
        }
    }
}

impl<T: Real> Sink<T> for Training {
    fn words(&mut self, name: &str, words: &[u64]) {
        self.content.add(format!("{TRAINING}{name}"), numbers::word_tensor(words));
    }

    fn doubles(&mut self, name: &str, values: &[f64]) {
        let tensor = numbers::real_tensor(vec![values.len()], values.iter().copied());
        self.content.add(format!("{TRAINING}{name}"), tensor);
    }

    fn reals(&mut self, name: &str, values: &[T]) {
        let tensor = numbers::real_tensor(vec![values.len()], values.iter().copied());
        self.content.add(format!("{TRAINING}{name}"), tensor);
    }

    fn text(&mut self, name: &str, text: &str) {
        let bytes = Cow::Owned(text.as_bytes().to_vec());
        let tensor = Tensor { dtype: Dtype::U8, shape: vec![text.len()], bytes };
        self.content.add(format!("{TRAINING}{name}"), tensor);
    }
}

impl<T: Real> Source<T> for Training {
    fn words(&self, name: &str) -> Result<Vec<u64>, Error> {
        let (name, tensor) = self.tensor(name)?;
        numbers::words(&name, tensor).map_err(|problem| self.error(problem))
    }

    fn doubles(&self, name: &str) -> Result<Vec<f64>, Error> {
        let (name, tensor) = self.tensor(name)?;
        numbers::reals(&name, tensor).map_err(|problem| self.error(problem))
    }

    fn reals(&self, name: &str) -> Result<Vec<T>, Error> {
        let (name, tensor) = self.tensor(name)?;
        numbers::reals(&name, tensor).map_err(|problem| self.error(problem))
    }

    fn text(&self, name: &str) -> Result<String, Error> {
        let (name, tensor) = self.tensor(name)?;
        let text = str::from_utf8(&tensor.bytes).map(str::to_owned);
        text.map_err(|_| Source::<T>::misfit(self, &name, "a text".to_owned()))
    }

    fn misfit(&self, name: &str, requirement: String) -> Error {
        let tensor = format!("{TRAINING}{}", name.trim_start_matches(TRAINING));
        self.error(Problem::State { tensor, requirement })
    }
}
