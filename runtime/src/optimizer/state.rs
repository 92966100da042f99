//! What an optimizer remembers, by name.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter};

use crate::error::Error;
use crate::kernel::real::Real;

/// What an optimizer remembers of earlier steps, and the settings that it stepped with.
///
/// [`Optimizer::state`](super::Optimizer::state) gives it and [`Optimizer::restore`](super::Optimizer::restore) takes it, so that a run goes
/// on with the same bits in another process.
///
/// # Examples
/// ```
/// use chainrule::optimizer::{Adam, Optimizer};
///
/// let (mut theta, mut adam) = ([1.0_f64, 2.0], Adam::new(0.1));
/// adam.step(1.0, &mut theta, &[0.5, -1.0]);
///
/// let (mut theta_2, mut adam_2) = (theta, Adam::new(0.1));
/// adam_2.restore(&adam.state())?;
/// adam.step(1.0, &mut theta, &[0.25, 3.0]);
/// adam_2.step(1.0, &mut theta_2, &[0.25, 3.0]);
/// assert_eq!(theta, theta_2);
/// # Ok::<(), chainrule::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct OptimizerState<T> {
    /// The rule; empty for one that does not say what it remembers.
    pub name: String,
    /// Its settings and the numbers it keeps.
    pub numbers: Vec<(String, f64)>,
    /// What it keeps for each parameter.
    pub vectors: Vec<(String, Vec<T>)>,
}

/// Why an optimizer does not take a state.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StateError {
    /// The rule does not implement [`Optimizer::state`](super::Optimizer::state).
    Untold,
    /// The state is of another rule.
    Rule {
        /// The rule that is asked to go on.
        expected: String,
        /// The rule whose state it is.
        found: String,
    },
    /// The state lacks a number or vector.
    Missing {
        /// The rule.
        rule: String,
        /// The number or vector.
        name: String,
    },
    /// The state was made with another setting.
    Setting {
        /// The rule.
        rule: String,
        /// The setting.
        name: String,
        /// Its value now.
        expected: f64,
        /// Its value in the state.
        found: f64,
    },
    /// A vector is for another number of parameters.
    Length {
        /// The rule.
        rule: String,
        /// The vector.
        name: String,
        /// The number of parameters.
        expected: usize,
        /// The length of the vector.
        found: usize,
    },
}

impl<T: Real> OptimizerState<T> {
    /// The state of a rule that remembers nothing.
    pub fn new(name: &str) -> Self {
        OptimizerState { name: name.to_owned(), numbers: Vec::new(), vectors: Vec::new() }
    }

    /// The state of a rule that does not say what it remembers.
    pub fn untold() -> Self {
        OptimizerState::new("")
    }

    /// Adds a number.
    pub fn with_number(mut self, name: &str, value: f64) -> Self {
        self.numbers.push((name.to_owned(), value));
        self
    }

    /// Adds a vector.
    pub fn with_vector(mut self, name: &str, values: &[T]) -> Self {
        self.vectors.push((name.to_owned(), values.to_vec()));
        self
    }

    /// Whether the rule says what it remembers.
    pub fn is_told(&self) -> bool {
        !self.name.is_empty()
    }

    /// Refuses the state of another rule, or of one that does not say what it remembers.
    pub fn require_rule(&self, name: &str) -> Result<(), Error> {
        if name.is_empty() {
            return Err(Error::State(StateError::Untold));
        }
        if self.name == name {
            return Ok(());
        }
        let (expected, found) = (name.to_owned(), self.name.clone());
        Err(Error::State(StateError::Rule { expected, found }))
    }

    /// Refuses a state that was made with another value of a setting.
    pub fn require_setting(&self, name: &str, expected: f64) -> Result<(), Error> {
        let found = self.number(name)?;
        if found.to_bits() == expected.to_bits() {
            return Ok(());
        }
        let (rule, name) = (self.name.clone(), name.to_owned());
        Err(Error::State(StateError::Setting { rule, name, expected, found }))
    }

    /// The number of this name.
    pub fn number(&self, name: &str) -> Result<f64, Error> {
        let found = self.numbers.iter().find(|(other, _)| other == name);
        found.map(|&(_, value)| value).ok_or_else(|| self.missing(name))
    }

    /// The vectors of these names, each for `length` parameters; where that is 0, for equally many.
    pub fn vectors<const N: usize>(
        &self,
        names: [&str; N],
        length: usize,
    ) -> Result<[&[T]; N], Error> {
        let mut vectors = [&[][..]; N];
        let mut expected = length;
        for (vector, name) in vectors.iter_mut().zip(names) {
            let found = self.vectors.iter().find(|(other, _)| other == name);
            *vector = found.map(|(_, values)| values).ok_or_else(|| self.missing(name))?;
            expected = if expected == 0 { vector.len() } else { expected };
            if vector.len() != expected {
                let (rule, name, found) = (self.name.clone(), name.to_owned(), vector.len());
                return Err(Error::State(StateError::Length { rule, name, expected, found }));
            }
        }
        Ok(vectors)
    }

    fn missing(&self, name: &str) -> Error {
        let (rule, name) = (self.name.clone(), name.to_owned());
        Error::State(StateError::Missing { rule, name })
    }
}

impl Display for StateError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            StateError::Untold => write!(
                f,
                "the optimizer does not say what it remembers, expected it to implement `Optimizer::state` and `restore`"
            ),
            StateError::Rule { expected, found } => {
                write!(f, "the state is of the optimizer `{found}`, expected `{expected}`")
            }
            StateError::Missing { rule, name } => {
                write!(f, "the state of the optimizer `{rule}` has no `{name}`")
            }
            StateError::Setting { rule, name, expected, found } => write!(
                f,
                "`{name}` of the optimizer `{rule}` is {expected}, but its state was made with {found}"
            ),
            StateError::Length { rule, name, expected, found } => write!(
                f,
                "`{name}` of the optimizer `{rule}` has {found} values, expected one for each of {expected} parameters"
            ),
        }
    }
}
