//! The loss as a function of the parameters that vary, and the best of what was seen of it.

use std::cell::RefCell;

use basin::{CostFunction, Gradient};

use crate::kernel::real::Real;
use crate::model::Model;

/// Where the loss or its gradient is not finite.
#[derive(Clone, Copy, Debug)]
pub struct NotFinite;

/// The model, moved about, with the best that was found.
pub struct Problem<'m, 'b, M: Model> {
    pub model: &'m mut M,
    batch: M::Batch<'b>,
    workspace: M::Workspace,
    gradient: Vec<M::Scalar>,
    /// The elements of θ that vary.
    pub free: Vec<usize>,
    pub best: Option<Best>,
    pub evaluations: usize,
}

/// The least loss, and where it is.
#[derive(Clone, Debug)]
pub struct Best {
    pub loss: f64,
    pub theta: Vec<f64>,
    pub gradient: Vec<f64>,
}

impl<'m, 'b, M: Model> Problem<'m, 'b, M> {
    /// Nothing is evaluated yet.
    pub fn new(model: &'m mut M, batch: M::Batch<'b>, free: Vec<usize>) -> Self {
        let gradient = vec![M::Scalar::ZERO; model.parameters().len()];
        let workspace = model.workspace();
        Problem { model, batch, workspace, gradient, free, best: None, evaluations: 0 }
    }

    /// The parameters that vary, as the model has them.
    pub fn theta(&self) -> Vec<f64> {
        let theta = self.model.parameters();
        self.free.iter().map(|&position| theta[position].to_f64()).collect()
    }

    /// Moves the model.
    pub fn move_to(&mut self, theta: impl Iterator<Item = f64>) {
        let parameters = self.model.parameters_mut();
        for (&position, value) in self.free.iter().zip(theta) {
            parameters[position] = M::Scalar::from_f64(value);
        }
    }

    /// The loss where the model is, and its gradient; what is not finite is left as it is.
    pub fn evaluate(&mut self) -> (f64, Vec<f64>) {
        let Problem { model, batch, workspace, gradient, .. } = self;
        let loss = model.loss_and_gradient_into(batch, gradient, workspace).to_f64();
        self.evaluations += 1;
        let gradient: Vec<f64> =
            self.free.iter().map(|&position| self.gradient[position].to_f64()).collect();
        let is_finite = loss.is_finite() && gradient.iter().all(|g| g.is_finite());
        if is_finite && self.best.as_ref().is_none_or(|best| loss < best.loss) {
            self.best = Some(Best { loss, theta: self.theta(), gradient: gradient.clone() });
        }
        (loss, gradient)
    }
}

/// The problem in the variables `u = θ/σ`: a first step of length 1 is one of length σ.
pub struct Scaled<'p, 'm, 'b, M: Model> {
    pub problem: RefCell<&'p mut Problem<'m, 'b, M>>,
    /// σ, a power of two, so that multiplying by it is exact.
    pub scale: f64,
}

impl<M: Model> CostFunction for Scaled<'_, '_, '_, M> {
    type Param = Vec<f64>;
    type Output = f64;
    type Error = NotFinite;

    fn cost(&self, u: &Vec<f64>) -> Result<f64, NotFinite> {
        Ok(self.cost_and_gradient(u)?.0)
    }
}

impl<M: Model> Gradient for Scaled<'_, '_, '_, M> {
    type Gradient = Vec<f64>;

    fn gradient(&self, u: &Vec<f64>) -> Result<Vec<f64>, NotFinite> {
        Ok(self.cost_and_gradient(u)?.1)
    }

    fn cost_and_gradient(&self, u: &Vec<f64>) -> Result<(f64, Vec<f64>), NotFinite> {
        let mut problem = self.problem.borrow_mut();
        problem.move_to(u.iter().map(|u| u * self.scale));
        let (loss, mut gradient) = problem.evaluate();
        for g in &mut gradient {
            *g *= self.scale;
        }
        if loss.is_finite() && gradient.iter().all(|g| g.is_finite()) {
            Ok((loss, gradient))
        } else {
            Err(NotFinite)
        }
    }
}
