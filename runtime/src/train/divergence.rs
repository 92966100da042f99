//! What went wrong when training met a NaN or an infinity.

use alloc::string::String;
use core::fmt::{self, Display, Formatter};

use super::history::Figures;

/// Where training met a number that is not finite. Epochs and steps count from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Divergence {
    /// The epoch.
    pub epoch: usize,
    /// The step within the epoch.
    pub step: usize,
    /// What was not finite.
    pub quantity: Quantity,
    /// Its value.
    pub value: f64,
    /// The first element of θ concerned, as in `w1[0, 2]`: not finite itself, or with a gradient that is not.
    pub parameter: Option<String>,
    /// The last loss that was finite.
    pub last_finite_loss: Option<f64>,
}

/// What was not finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quantity {
    /// The loss of a step, or of the training rows at the end.
    Loss,
    /// The gradient, while the loss was finite.
    Gradient,
    /// A parameter after the step.
    Parameter,
    /// The loss of the validation rows.
    ValidationLoss,
}

impl Display for Divergence {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Divergence { epoch, step, value, .. } = self;
        let parameter = self.parameter.as_deref();
        match (self.quantity, parameter) {
            (Quantity::Loss, _) => write!(f, "the loss")?,
            (Quantity::ValidationLoss, _) => write!(f, "the validation loss")?,
            (Quantity::Gradient, Some(name)) => write!(f, "the gradient of `{name}`")?,
            (Quantity::Parameter, Some(name)) => write!(f, "the parameter `{name}`")?,
            (Quantity::Gradient, None) => write!(f, "the gradient")?,
            (Quantity::Parameter, None) => write!(f, "a parameter")?,
        }
        write!(f, " became {value} in epoch {epoch}, step {step}")?;
        if let (Quantity::Loss, Some(name)) = (self.quantity, parameter) {
            write!(f, ", as did the gradient of `{name}`")?;
        }
        match self.last_finite_loss {
            Some(loss) => write!(f, "; the last finite loss was {}", Figures(loss))?,
            None => write!(f, "; no loss was finite before")?,
        }
        write!(f, "; the model keeps its last finite parameters")
    }
}
