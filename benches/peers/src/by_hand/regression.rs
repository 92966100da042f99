//! Logistic and softmax regression, on ndarray.

use ndarray::linalg::{general_mat_mul, general_mat_vec_mul};
use ndarray::{Array1, Array2, Axis};

use crate::problem::{self, DIGITS, Problem, RATE, Target};
use crate::serve::{Mode, Task};

pub fn prepare(name: &str, mode: Mode) -> Option<Box<dyn Task>> {
    let is = |target: Target| mode == Mode::Step && name == target.name();
    if is(Target::IsOdd) {
        return Some(Box::new(Logistic::new(problem::digits(Target::IsOdd))));
    }
    if is(Target::Digit) {
        return Some(Box::new(Softmax::new(problem::digits(Target::Digit))));
    }
    None
}

fn pixels(x: Vec<f32>) -> Array2<f32> {
    let [rows, pixels, _] = DIGITS;
    Array2::from_shape_vec((rows, pixels), x).expect("the shape fits")
}

fn weights(problem: &Problem<f32>) -> [Vec<f32>; 2] {
    [0, 1].map(|place| problem.parameters[place].values.clone())
}

struct Logistic {
    x: Array2<f32>,
    y: Array1<f32>,
    w: Array1<f32>,
    b: f32,
    z: Array1<f32>,
    w_bar: Array1<f32>,
    loss: f32,
}

impl Logistic {
    fn new(problem: Problem<f32>) -> Self {
        let [rows, pixel_count, _] = DIGITS;
        let [w, b] = weights(&problem);
        Logistic {
            x: pixels(problem.x.values),
            y: problem.y.values.into(),
            w: w.into(),
            b: b[0],
            z: Array1::zeros(rows),
            w_bar: Array1::zeros(pixel_count),
            loss: f32::NAN,
        }
    }
}

impl Task for Logistic {
    fn call(&mut self) {
        let rows = self.x.nrows() as f32;
        self.z.fill(self.b);
        general_mat_vec_mul(1.0, &self.x, &self.w, 1.0, &mut self.z);
        let mut loss = 0.0;
        self.z.zip_mut_with(&self.y, |z, &y| {
            let small = (-z.abs()).exp();
            loss += z.max(0.0) - y * *z + small.ln_1p();
            let sigmoid = if *z >= 0.0 { 1.0 } else { small } / (1.0 + small);
            *z = (sigmoid - y) / rows;
        });
        self.loss = loss / rows;
        general_mat_vec_mul(1.0, &self.x.t(), &self.z, 0.0, &mut self.w_bar);
        self.w.scaled_add(-(RATE as f32), &self.w_bar);
        self.b -= RATE as f32 * self.z.sum();
    }

    fn evidence(&self) -> Vec<f64> {
        vec![self.loss.into()]
    }
}

struct Softmax {
    x: Array2<f32>,
    kinds: Vec<usize>,
    w: Array2<f32>,
    b: Array1<f32>,
    z: Array2<f32>,
    w_bar: Array2<f32>,
    loss: f32,
}

impl Softmax {
    fn new(problem: Problem<f32>) -> Self {
        let [rows, pixel_count, kinds] = DIGITS;
        let [w, b] = weights(&problem);
        Softmax {
            x: pixels(problem.x.values),
            kinds: problem.y.values.into_iter().map(|label| label as usize).collect(),
            w: Array2::from_shape_vec((pixel_count, kinds), w).expect("the shape fits"),
            b: b.into(),
            z: Array2::zeros((rows, kinds)),
            w_bar: Array2::zeros((pixel_count, kinds)),
            loss: f32::NAN,
        }
    }
}

impl Task for Softmax {
    fn call(&mut self) {
        let rows = self.x.nrows() as f32;
        self.z.assign(&self.b);
        general_mat_mul(1.0, &self.x, &self.w, 1.0, &mut self.z);
        let mut loss = 0.0;
        for (mut z, &kind) in self.z.rows_mut().into_iter().zip(&self.kinds) {
            let largest = z.fold(f32::NEG_INFINITY, |most, &z| most.max(z));
            let score = z[kind] - largest;
            z.mapv_inplace(|z| (z - largest).exp());
            let sum = z.sum();
            loss += sum.ln() - score;
            z.mapv_inplace(|z| z / (sum * rows));
            z[kind] -= 1.0 / rows;
        }
        self.loss = loss / rows;
        general_mat_mul(1.0, &self.x.t(), &self.z, 0.0, &mut self.w_bar);
        self.w.scaled_add(-(RATE as f32), &self.w_bar);
        self.b.scaled_add(-(RATE as f32), &self.z.sum_axis(Axis(0)));
    }

    fn evidence(&self) -> Vec<f64> {
        vec![self.loss.into()]
    }
}
