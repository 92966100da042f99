//! Logistic and softmax regression on the handwritten digits.

use chainrule::prelude::*;

use super::{keep, train};
use crate::problem::{self, Target};
use crate::serve::{Mode, Task};

/// Whether a digit is odd (Cox 1958).
#[model(loss = binary_cross_entropy)]
fn parity(pixels: Input<64>, w: Param<64>, b: Param) -> Output {
    pixels.dot(w) + b
}

/// Which digit it is.
#[model(loss = cross_entropy)]
fn kind(pixels: Input<64>, w: Param<64, 10>, b: Param<10>) -> Output<10> {
    pixels.dot(w) + b
}

pub fn prepare(name: &str, mode: Mode) -> Option<Box<dyn Task>> {
    if name == Target::IsOdd.name() {
        let (x, y, theta) = keep(problem::digits(Target::IsOdd));
        let model = Parity::from_parameters(theta).expect("the lengths fit");
        let batch = Parity::batch(x, y).expect("the lengths fit");
        return train(mode, model, batch, |model| model.predict(x));
    }
    if name == Target::Digit.name() {
        let (x, y, theta) = keep(problem::digits(Target::Digit));
        let classes: &[u32] = y.iter().map(|&label| label as u32).collect::<Vec<_>>().leak();
        let model = Kind::from_parameters(theta).expect("the lengths fit");
        let batch = Kind::batch(x, classes).expect("the lengths fit");
        return train(mode, model, batch, |model| model.predict(x));
    }
    None
}
