//! The perceptron in candle, with its own optimizer.

use candle_core::backprop::GradStore;
use candle_core::{Device, Error, Tensor, Var};
use candle_nn::ops::sigmoid;
use candle_nn::{Optimizer, SGD};

use crate::problem::{self, Array, RATE};
use crate::serve::{Mode, Task, norm};

struct Perceptron {
    mode: Mode,
    x: Tensor,
    y: Tensor,
    parameters: Vec<Var>,
    /// The same numbers, of which no derivatives are wanted.
    constants: Vec<Tensor>,
    descent: SGD,
    loss: f32,
    gradients: Option<GradStore>,
    prediction: Option<Tensor>,
}

pub fn prepare(name: &str, mode: Mode) -> Option<Box<dyn Task>> {
    let size = problem::perceptron_of(name)?;
    Some(Box::new(Perceptron::new(mode, size).expect("candle does it on the CPU")))
}

fn tensor(array: Array<f32>) -> Result<Tensor, Error> {
    Tensor::from_vec(array.values, array.shape, &Device::Cpu)
}

fn predict(x: &Tensor, parameters: &[&Tensor]) -> Result<Tensor, Error> {
    let mut hidden = x.clone();
    for (layer, pair) in parameters.chunks_exact(2).enumerate() {
        hidden = hidden.matmul(pair[0])?.broadcast_add(pair[1])?;
        if layer < 2 {
            hidden = sigmoid(&hidden)?;
        }
    }
    Ok(hidden)
}

fn norm_of(tensor: &Tensor) -> Result<f64, Error> {
    Ok(norm(tensor.flatten_all()?.to_vec1::<f32>()?.into_iter().map(f64::from)))
}

impl Perceptron {
    fn new(mode: Mode, size: [usize; 5]) -> Result<Self, Error> {
        let problem = problem::perceptron(size);
        let parameters = problem.parameters.into_iter().map(|one| Var::from_tensor(&tensor(one)?));
        let parameters = parameters.collect::<Result<Vec<_>, _>>()?;
        Ok(Perceptron {
            mode,
            x: tensor(problem.x)?,
            y: tensor(problem.y)?,
            constants: parameters.iter().map(|one| one.as_detached_tensor()).collect(),
            descent: SGD::new(parameters.clone(), RATE)?,
            parameters,
            loss: f32::NAN,
            gradients: None,
            prediction: None,
        })
    }

    fn compute_loss(&self) -> Result<Tensor, Error> {
        let parameters: Vec<&Tensor> = self.parameters.iter().map(|one| &**one).collect();
        let difference = (predict(&self.x, &parameters)? - &self.y)?;
        difference.sqr()?.sum_all()? / self.x.dims()[0] as f64
    }

    fn run(&mut self) -> Result<(), Error> {
        if self.mode == Mode::Forward {
            let constants: Vec<&Tensor> = self.constants.iter().collect();
            self.prediction = Some(predict(&self.x, &constants)?);
            return Ok(());
        }
        let loss = self.compute_loss()?;
        if self.mode == Mode::Step {
            self.descent.backward_step(&loss)?;
        } else {
            self.gradients = Some(loss.backward()?);
        }
        self.loss = loss.to_scalar()?;
        Ok(())
    }
}

impl Task for Perceptron {
    fn call(&mut self) {
        self.run().expect("the shapes fit");
    }

    fn evidence(&self) -> Vec<f64> {
        if let Some(prediction) = &self.prediction {
            return vec![norm_of(prediction).expect("a tensor of numbers")];
        }
        let mut numbers = vec![f64::from(self.loss)];
        if let Some(gradients) = &self.gradients {
            let all = self.parameters.iter().map(|one| gradients.get(one).expect("a gradient"));
            numbers.extend(all.map(|one| norm_of(one).expect("a tensor of numbers")));
        }
        numbers
    }
}
