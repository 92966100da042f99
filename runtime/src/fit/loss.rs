//! What a residual costs: its square, or less where it is large.

/// A loss `ρ` of the square of a residual in units of its scale: the fit minimizes `½·Σᵢ δ²·ρ((rᵢ/δ)²)` as `least_squares` of SciPy does.
///
/// All but [`LeastSquares`](RobustLoss::LeastSquares) grow more slowly than the square, so that a few gross errors in the data do not
/// decide the fit. `δ` is the size, in units of the residuals after division by their standard deviations, from which on a residual
/// counts as large.
///
/// # References
/// Huber (1964), *Robust Estimation of a Location Parameter*; Triggs et al. (2000), *Bundle Adjustment: A Modern Synthesis*, §3.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum RobustLoss {
    /// `ρ(z) = z`.
    #[default]
    LeastSquares,
    /// `ρ(z) = z` up to 1, `2·√z − 1` above: the square near zero, the absolute value far from it.
    Huber(f64),
    /// `ρ(z) = 2·(√(1 + z) − 1)`: smooth, and close to Huber's.
    SoftL1(f64),
    /// `ρ(z) = ln(1 + z)`: an outlier loses its weight altogether.
    Cauchy(f64),
    /// `ρ(z) = atan(z)`: bounded.
    Arctan(f64),
}

impl RobustLoss {
    /// The size from which on a residual counts as large.
    pub fn scale(self) -> f64 {
        match self {
            RobustLoss::LeastSquares => 1.0,
            RobustLoss::Huber(scale)
            | RobustLoss::SoftL1(scale)
            | RobustLoss::Cauchy(scale)
            | RobustLoss::Arctan(scale) => scale,
        }
    }

    /// `(ρ(z), ρ′(z))`.
    fn evaluate(self, z: f64) -> (f64, f64) {
        match self {
            RobustLoss::LeastSquares => (z, 1.0),
            RobustLoss::Huber(_) if z <= 1.0 => (z, 1.0),
            RobustLoss::Huber(_) => (2.0 * z.sqrt() - 1.0, 1.0 / z.sqrt()),
            // `√(1 + z) − 1` without the cancellation of small `z`.
            RobustLoss::SoftL1(_) => {
                let root = (1.0 + z).sqrt();
                (2.0 * z / (root + 1.0), 1.0 / root)
            }
            RobustLoss::Cauchy(_) => (z.ln_1p(), 1.0 / (1.0 + z)),
            RobustLoss::Arctan(_) => (z.atan(), 1.0 / (1.0 + z * z)),
        }
    }

    /// A residual `f` with `½·f² = ½·δ²·ρ((r/δ)²)`, and `∂f/∂r`.
    ///
    /// With `f = δ·√ρ` of the sign of `r`, a robust fit is a sum of squares again, exactly, and its gradient is `Σ f·∂f/∂r·∂r/∂θ` (Engels,
    /// Stewénius & Nistér 2006, *Bundle Adjustment Rules*, §3.2).
    pub(super) fn transform(self, residual: f64) -> (f64, f64) {
        if self == RobustLoss::LeastSquares {
            return (residual, 1.0);
        }
        let ratio = residual / self.scale();
        let z = ratio * ratio;
        if z < f64::MIN_POSITIVE {
            return (residual, 1.0);
        }
        let (value, derivative) = self.evaluate(z);
        let root = (value / z).sqrt();
        (residual * root, derivative / root)
    }

    /// What the square of a residual weighs in the fit: `ρ′`, 1 for least squares.
    pub(super) fn weight(self, residual: f64) -> f64 {
        let ratio = residual / self.scale();
        self.evaluate(ratio * ratio).1
    }
}
