//! Adam, with its moments in arrays.

use crate::error::Error;
use crate::kernel::real::Real;

use super::adam_rates::Rates;
use super::{Optimizer, require_positive, require_share};

/// Adam with its state in arrays, for `N` parameters: the same steps, with the same bits, without the heap.
///
/// # Examples
/// ```
/// use chainrule::prelude::*;
/// use chainrule::optimizer::AdamArray;
///
/// #[model(loss = squared_error)]
/// fn line(x: Input, slope: Param, offset: Param) -> Output {
///     slope * x + offset
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let (x, y) = ([0.0, 1.0, 2.0], [1.0, 3.0, 5.0]);
/// let batch = Line::batch(&x, &y)?;
/// let mut model = Line::zeros();
/// let mut workspace = model.workspace();
/// let mut gradient = [0.0; Line::PARAMETERS_LEN];
/// let mut adam = AdamArray::<f32, { Line::PARAMETERS_LEN }>::new(0.1);
/// for _ in 0..500 {
///     model.loss_and_gradient_into(&batch, &mut gradient, &mut workspace);
///     adam.step(1.0, model.parameters_mut(), &gradient);
/// }
/// assert!((model.slope() - 2.0).abs() < 1e-3);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AdamArray<T, const N: usize> {
    rates: Rates,
    powers: [f64; 2],
    moments: [[T; N]; 2],
}

impl<T: Real, const N: usize> AdamArray<T, N> {
    /// Adam with the learning rate α and the usual settings: β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
    pub const fn new(learning_rate: f64) -> Self {
        let rates = Rates { learning_rate, betas: [0.9, 0.999], epsilon: 1e-8 };
        AdamArray { rates, powers: [1.0; 2], moments: [[T::ZERO; N]; 2] }
    }

    /// Sets the shares of the past in the running means of `g` and `g²`, from 0 to below 1.
    pub const fn betas(mut self, beta_1: f64, beta_2: f64) -> Self {
        self.rates.betas = [beta_1, beta_2];
        self
    }

    /// Sets ε, which bounds the step where gradients vanish.
    pub const fn epsilon(mut self, epsilon: f64) -> Self {
        self.rates.epsilon = epsilon;
        self
    }
}

impl<T: Real, const N: usize> Optimizer<T> for AdamArray<T, N> {
    fn check(&self) -> Result<(), Error> {
        require_positive("learning_rate", self.rates.learning_rate)?;
        require_share("beta_1", self.rates.betas[0])?;
        require_share("beta_2", self.rates.betas[1])?;
        require_positive("epsilon", self.rates.epsilon)
    }

    fn learning_rate(&self) -> f64 {
        self.rates.learning_rate
    }

    /// Forgets earlier steps.
    ///
    /// # Panics
    /// If the number of parameters is not `N`.
    fn prepare(&mut self, length: usize) {
        assert!(length == N, "the model has {length} parameters, Adam has arrays for {N}");
        (self.powers, self.moments) = ([1.0; 2], [[T::ZERO; N]; 2]);
    }

    fn step(&mut self, factor: f64, parameters: &mut [T], gradient: &[T]) {
        let moments = self.moments.each_mut().map(<[T; N]>::as_mut_slice);
        let rate = self.rates.learning_rate * factor;
        self.rates.advance(&mut self.powers).step(rate, moments, parameters, gradient);
    }
}
