//! The perceptron in burn, on its backend for CPUs.

use std::hint::black_box;

use burn::tensor::activation::sigmoid;
use burn::tensor::{Device, Tensor, TensorData};

use crate::problem::{self, Array, RATE};
use crate::serve::{Mode, Task, norm};

struct Perceptron {
    mode: Mode,
    x: Tensor<2>,
    y: Tensor<2>,
    /// Weights and constants, these as one row.
    parameters: Vec<Tensor<2>>,
    loss: f32,
    results: Vec<Tensor<2>>,
}

pub fn prepare(name: &str, mode: Mode) -> Option<Box<dyn Task>> {
    let size = problem::perceptron_of(name)?;
    Some(Box::new(Perceptron::new(mode, size)))
}

fn predict(x: &Tensor<2>, parameters: &[Tensor<2>]) -> Tensor<2> {
    let mut hidden = x.clone();
    for (layer, pair) in parameters.chunks_exact(2).enumerate() {
        hidden = hidden.matmul(pair[0].clone()) + pair[1].clone();
        if layer < 2 {
            hidden = sigmoid(hidden);
        }
    }
    hidden
}

impl Perceptron {
    fn new(mode: Mode, size: [usize; 5]) -> Self {
        let problem = problem::perceptron(size);
        let device = if mode == Mode::Forward { Device::flex() } else { Device::flex().autodiff() };
        let tensor = |array: Array<f32>| {
            let columns = *array.shape.last().expect("a row or a matrix");
            let shape = [array.values.len() / columns, columns];
            Tensor::<2>::from_data(TensorData::new(array.values, shape), &device)
        };
        let parameters = problem.parameters.into_iter().map(|one| match mode {
            Mode::Forward => tensor(one),
            _ => tensor(one).require_grad(),
        });
        Perceptron {
            mode,
            x: tensor(problem.x),
            y: tensor(problem.y),
            parameters: parameters.collect(),
            loss: f32::NAN,
            results: Vec::new(),
        }
    }
}

impl Task for Perceptron {
    fn call(&mut self) {
        if self.mode == Mode::Forward {
            self.results = vec![black_box(predict(&self.x, &self.parameters))];
            return;
        }
        let difference = predict(&self.x, &self.parameters) - self.y.clone();
        let loss = (difference.clone() * difference).sum() / self.x.dims()[0] as f32;
        let gradients = loss.backward();
        let all = self.parameters.iter().map(|one| one.grad(&gradients).expect("a gradient"));
        self.results = all.collect();
        if self.mode == Mode::Step {
            for (parameter, gradient) in self.parameters.iter_mut().zip(self.results.drain(..)) {
                let moved = parameter.clone().inner() - gradient * RATE as f32;
                *parameter = Tensor::from_inner(moved).require_grad();
            }
        }
        self.loss = loss.into_scalar::<f32>();
    }

    fn evidence(&self) -> Vec<f64> {
        let norms = self.results.iter().map(|one| {
            let values = one.clone().into_data().try_to_vec::<f32>().expect("single precision");
            norm(values.into_iter().map(f64::from))
        });
        match self.mode {
            Mode::Forward => norms.collect(),
            _ => [f64::from(self.loss)].into_iter().chain(norms).collect(),
        }
    }
}
