//! The perceptron with two hidden layers, on ndarray.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, Axis, Zip};

use crate::problem::{self, Problem, RATE};
use crate::serve::{Mode, Task, norm};

struct Perceptron {
    mode: Mode,
    x: Array2<f32>,
    y: Array2<f32>,
    w: [Array2<f32>; 3],
    b: [Array1<f32>; 3],
    w_bar: [Array2<f32>; 3],
    b_bar: [Array1<f32>; 3],
    hidden1: Array2<f32>,
    hidden2: Array2<f32>,
    prediction: Array2<f32>,
    delta1: Array2<f32>,
    delta2: Array2<f32>,
    loss: f32,
}

pub fn prepare(name: &str, mode: Mode) -> Option<Box<dyn Task>> {
    let size = problem::perceptron_of(name)?;
    Some(Box::new(Perceptron::new(mode, size, problem::perceptron(size))))
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

impl Perceptron {
    fn new(mode: Mode, [d, h1, h2, o, rows]: [usize; 5], problem: Problem<f32>) -> Self {
        let matrix = |rows, columns, values| {
            Array2::from_shape_vec((rows, columns), values).expect("the shape fits")
        };
        let mut parameters = problem.parameters.into_iter().map(|one| one.values);
        let mut next = || parameters.next().expect("six parameters");
        let (w1, b1, w2, b2, w3, b3) = (next(), next(), next(), next(), next(), next());
        let w = [matrix(d, h1, w1), matrix(h1, h2, w2), matrix(h2, o, w3)];
        let b = [b1, b2, b3].map(Array1::from);
        Perceptron {
            mode,
            x: matrix(rows, d, problem.x.values),
            y: matrix(rows, o, problem.y.values),
            w_bar: w.each_ref().map(|w| Array2::zeros(w.dim())),
            b_bar: b.each_ref().map(|b| Array1::zeros(b.len())),
            w,
            b,
            hidden1: Array2::zeros((rows, h1)),
            hidden2: Array2::zeros((rows, h2)),
            prediction: Array2::zeros((rows, o)),
            delta1: Array2::zeros((rows, h1)),
            delta2: Array2::zeros((rows, h2)),
            loss: f32::NAN,
        }
    }

    fn predict(&mut self) {
        self.hidden1.assign(&self.b[0]);
        general_mat_mul(1.0, &self.x, &self.w[0], 1.0, &mut self.hidden1);
        self.hidden1.mapv_inplace(sigmoid);
        self.hidden2.assign(&self.b[1]);
        general_mat_mul(1.0, &self.hidden1, &self.w[1], 1.0, &mut self.hidden2);
        self.hidden2.mapv_inplace(sigmoid);
        self.prediction.assign(&self.b[2]);
        general_mat_mul(1.0, &self.hidden2, &self.w[2], 1.0, &mut self.prediction);
    }

    fn differentiate(&mut self) {
        self.predict();
        let rows = self.x.nrows() as f32;
        let mut loss = 0.0;
        Zip::from(&mut self.prediction).and(&self.y).for_each(|p, y| {
            let difference = *p - *y;
            loss += difference * difference;
            *p = difference * 2.0 / rows;
        });
        self.loss = loss / rows;
        let delta3 = &self.prediction;
        general_mat_mul(1.0, &self.hidden2.t(), delta3, 0.0, &mut self.w_bar[2]);
        self.b_bar[2].assign(&delta3.sum_axis(Axis(0)));
        general_mat_mul(1.0, delta3, &self.w[2].t(), 0.0, &mut self.delta2);
        Zip::from(&mut self.delta2).and(&self.hidden2).for_each(|d, h| *d *= *h * (1.0 - *h));
        general_mat_mul(1.0, &self.hidden1.t(), &self.delta2, 0.0, &mut self.w_bar[1]);
        self.b_bar[1].assign(&self.delta2.sum_axis(Axis(0)));
        general_mat_mul(1.0, &self.delta2, &self.w[1].t(), 0.0, &mut self.delta1);
        Zip::from(&mut self.delta1).and(&self.hidden1).for_each(|d, h| *d *= *h * (1.0 - *h));
        general_mat_mul(1.0, &self.x.t(), &self.delta1, 0.0, &mut self.w_bar[0]);
        self.b_bar[0].assign(&self.delta1.sum_axis(Axis(0)));
    }

    fn descend(&mut self) {
        let rate = RATE as f32;
        for layer in 0..3 {
            self.w[layer].scaled_add(-rate, &self.w_bar[layer]);
            self.b[layer].scaled_add(-rate, &self.b_bar[layer]);
        }
    }
}

impl Task for Perceptron {
    fn call(&mut self) {
        match self.mode {
            Mode::Forward => self.predict(),
            Mode::Gradient => self.differentiate(),
            _ => {
                self.differentiate();
                self.descend();
            }
        }
    }

    fn evidence(&self) -> Vec<f64> {
        let loss = f64::from(self.loss);
        match self.mode {
            Mode::Forward => vec![norm(self.prediction.iter().map(|&p| p.into()))],
            Mode::Gradient => {
                let mut numbers = vec![loss];
                for (w_bar, b_bar) in self.w_bar.iter().zip(&self.b_bar) {
                    numbers.push(norm(w_bar.iter().map(|&g| g.into())));
                    numbers.push(norm(b_bar.iter().map(|&g| g.into())));
                }
                numbers
            }
            _ => vec![loss],
        }
    }
}
