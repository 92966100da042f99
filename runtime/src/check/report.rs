//! What a check of derivatives found.

use alloc::string::String;
use core::fmt::{self, Display, Formatter};

use super::relative;

/// What [`check_hessian`](super::check_hessian), [`check_jacobian`](super::check_jacobian) and their kin found.
#[derive(Clone, Debug, PartialEq)]
pub struct DerivativeCheck {
    /// What was checked, as in "the Hessian".
    pub subject: &'static str,
    /// The comparison with the greatest error; none where nothing was to be compared.
    pub worst: Option<Deviation>,
    /// Comparisons made.
    pub compared: usize,
    /// The greatest error that passes.
    pub tolerance: f64,
}

/// One number, twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Deviation {
    /// What it is: ``∂²L/∂`w[1]`∂`b` ``, `the loss`.
    pub element: String,
    /// As the derivative that is checked has it.
    pub found: f64,
    /// As it is found otherwise, most often by a central difference.
    pub expected: f64,
    /// `|found − expected|`, less what rounding may explain, relative to the largest number that it stands beside.
    pub error: f64,
}

impl DerivativeCheck {
    /// Whether every error is within the tolerance: 1e-6 for `f64`, 1e-3 for `f32`. NaN never is.
    pub fn passes(&self) -> bool {
        self.worst.as_ref().is_none_or(|worst| worst.error <= self.tolerance)
    }

    /// Nothing compared yet.
    pub(super) fn new(subject: &'static str, tolerance: f64) -> DerivativeCheck {
        DerivativeCheck { subject, worst: None, compared: 0, tolerance }
    }

    /// Takes one more comparison into account; only the worst needs a name.
    pub(super) fn compare(&mut self, numbers: Numbers, name: impl FnOnce() -> String) {
        self.compared += 1;
        let error = numbers.error();
        if self.worst.as_ref().is_none_or(|worst| error > worst.error) {
            let Numbers { found, expected, .. } = numbers;
            self.worst = Some(Deviation { element: name(), found, expected, error });
        }
    }
}

/// What a comparison is made of.
#[derive(Clone, Copy)]
pub(super) struct Numbers {
    pub found: f64,
    pub expected: f64,
    /// How far rounding may have moved either.
    pub rounding: f64,
    /// The largest number they stand beside.
    pub scale: f64,
}

impl Numbers {
    /// The error relative to the scale, after what rounding may explain; infinite where a number is not finite.
    pub fn error(self) -> f64 {
        let deviation = (self.found - self.expected).abs();
        if !(deviation.is_finite() && self.rounding.is_finite()) {
            return f64::INFINITY;
        }
        relative((deviation - self.rounding).max(0.0), self.scale)
    }
}

impl Display for DerivativeCheck {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let verdict = if self.passes() { "agrees" } else { "DISAGREES" };
        let DerivativeCheck { subject, compared, tolerance, .. } = self;
        write!(f, "{subject} {verdict} with central differences in {compared} comparisons")?;
        write!(f, " (tolerance {tolerance:e})")?;
        let Some(Deviation { element, found, expected, error }) = &self.worst else {
            return Ok(());
        };
        write!(f, "\nworst: {element} is {found:.6e}, expected {expected:.6e}, ")?;
        if *error > 0.0 {
            write!(f, "error {error:.1e}")
        } else {
            write!(f, "no more apart than rounding")
        }
    }
}
