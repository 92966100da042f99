//! The contestant this is about: what `#[model]` writes.

use chainrule::Error;
use chainrule::prelude::*;

use crate::problem::{Problem, RATE, Scalar};
use crate::serve::{Mode, Task, norm};

mod curvature;
mod digits;
mod perceptron;
mod points;
mod sequences;

/// What a name and a mode stand for.
pub fn prepare(problem: &str, mode: Mode) -> Option<Box<dyn Task>> {
    perceptron::prepare(problem, mode)
        .or_else(|| digits::prepare(problem, mode))
        .or_else(|| sequences::prepare(problem, mode))
        .or_else(|| points::prepare(problem, mode))
        .or_else(|| curvature::prepare(problem, mode))
}

/// A model with its examples and all memory it needs.
struct Training<M: Model, P> {
    mode: Mode,
    model: M,
    batch: M::Batch<'static>,
    predict: P,
    gradient: Vec<M::Scalar>,
    workspace: M::Workspace,
    descent: GradientDescent<M::Scalar>,
    loss: M::Scalar,
    prediction: Vec<M::Scalar>,
}

/// The task of a model that starts from a problem's parameters.
fn train<M, P>(mode: Mode, model: M, batch: M::Batch<'static>, predict: P) -> Option<Box<dyn Task>>
where
    M: Model<Scalar: Scalar> + 'static,
    P: Fn(&M) -> Result<Vec<M::Scalar>, Error> + 'static,
{
    if !matches!(mode, Mode::Step | Mode::Gradient | Mode::Forward) {
        return None;
    }
    let gradient = model.parameters().to_vec();
    let workspace = model.workspace();
    Some(Box::new(Training {
        mode,
        model,
        batch,
        predict,
        gradient,
        workspace,
        descent: GradientDescent::new(RATE),
        loss: M::Scalar::from_f64(f64::NAN),
        prediction: Vec::new(),
    }))
}

impl<M, P> Training<M, P>
where
    M: Model<Scalar: Scalar>,
    P: Fn(&M) -> Result<Vec<M::Scalar>, Error>,
{
    fn differentiate(&mut self) {
        let Training { model, batch, gradient, workspace, .. } = self;
        self.loss = model.loss_and_gradient_into(batch, gradient, workspace);
    }
}

impl<M, P> Task for Training<M, P>
where
    M: Model<Scalar: Scalar>,
    P: Fn(&M) -> Result<Vec<M::Scalar>, Error>,
{
    fn call(&mut self) {
        match self.mode {
            Mode::Forward => {
                self.prediction = (self.predict)(&self.model).expect("the lengths fit");
            }
            Mode::Gradient => self.differentiate(),
            _ => {
                self.differentiate();
                self.descent.step(1.0, self.model.parameters_mut(), &self.gradient);
            }
        }
    }

    fn evidence(&self) -> Vec<f64> {
        let loss = self.loss.to_f64();
        match self.mode {
            Mode::Forward => vec![norm(self.prediction.iter().map(|p| p.to_f64()))],
            Mode::Gradient => {
                let norms = self.model.layout().into_iter().map(|parameter| {
                    norm(self.gradient[parameter.range()].iter().map(|g| g.to_f64()))
                });
                [loss].into_iter().chain(norms).collect()
            }
            _ => vec![loss],
        }
    }
}

/// The examples of a problem for as long as the process lives, which a batch borrows.
fn keep<T>(problem: Problem<T>) -> (&'static [T], &'static [T], Vec<T>)
where
    T: Scalar,
{
    let theta = problem.theta();
    (problem.x.values.leak(), problem.y.values.leak(), theta)
}
