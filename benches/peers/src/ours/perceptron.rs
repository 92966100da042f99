//! The perceptron with two hidden layers.

use chainrule::prelude::*;

use super::{keep, train};
use crate::problem;
use crate::serve::{Mode, Task};

/// A perceptron with two hidden layers.
#[model(loss = squared_error)]
fn net<const D: usize, const H1: usize, const H2: usize, const O: usize>(
    x: Input<D>,
    w1: Param<D, H1>,
    b1: Param<H1>,
    w2: Param<H1, H2>,
    b2: Param<H2>,
    w3: Param<H2, O>,
    b3: Param<O>,
) -> Output<O> {
    let hidden1 = sigmoid(x.dot(w1) + b1);
    let hidden2 = sigmoid(hidden1.dot(w2) + b2);
    hidden2.dot(w3) + b3
}

fn prepare_size<const D: usize, const H1: usize, const H2: usize, const O: usize>(
    size: [usize; 5],
    mode: Mode,
) -> Option<Box<dyn Task>> {
    let (x, y, theta) = keep(problem::perceptron(size));
    let model = Net::<D, H1, H2, O>::from_parameters(theta).expect("the lengths fit");
    let batch = Net::<D, H1, H2, O>::batch(x, y).expect("the lengths fit");
    train(mode, model, batch, |model| model.predict(x))
}

pub fn prepare(name: &str, mode: Mode) -> Option<Box<dyn Task>> {
    let size = problem::perceptron_of(name)?;
    match size[..4] {
        [2, 8, 8, 1] => prepare_size::<2, 8, 8, 1>(size, mode),
        [4, 16, 16, 1] => prepare_size::<4, 16, 16, 1>(size, mode),
        [32, 64, 64, 8] => prepare_size::<32, 64, 64, 8>(size, mode),
        [128, 256, 256, 10] => prepare_size::<128, 256, 256, 10>(size, mode),
        [784, 512, 512, 10] => prepare_size::<784, 512, 512, 10>(size, mode),
        _ => prepare_size::<1024, 1024, 1024, 1024>(size, mode),
    }
}
