//! A recurrent network and an attention block.

use chainrule::prelude::*;

use super::{keep, train};
use crate::problem::{self, ATTENTION, LSTM};
use crate::serve::{Mode, Task};

/// A recurrent network of long short-term memory (Hochreiter & Schmidhuber 1997).
#[model(loss = mean_squared_error)]
fn recurrent<const T: usize, const D: usize, const H: usize>(
    x: Input<T, D>,
    w: Param<D, { 4 * H }>,
    u: Param<H, { 4 * H }>,
    b: Param<{ 4 * H }>,
    v: Param<H>,
) -> Output {
    let mut h = zeros([H]);
    let mut c = zeros([H]);
    for t in 0..T {
        let z = x[t].dot(w) + h.dot(u) + b;
        c = sigmoid(z[H..2 * H]) * c + sigmoid(z[..H]) * tanh(z[2 * H..3 * H]);
        h = sigmoid(z[3 * H..]) * tanh(c);
    }
    h.dot(v)
}

/// Attention of a sequence to itself, added to it (Vaswani et al. 2017).
#[model(loss = mean_squared_error)]
fn block<const T: usize, const D: usize>(
    x: Input<T, D>,
    wq: Param<D, D>,
    wk: Param<D, D>,
    wv: Param<D, D>,
    wo: Param<D, D>,
) -> Output<T, D> {
    x + attention(x.dot(wq), x.dot(wk), x.dot(wv)).dot(wo)
}

/// The task of a model of the given type.
macro_rules! task {
    ($type:ty, $problem:expr, $mode:expr) => {{
        let (x, y, theta) = keep($problem);
        let model = <$type>::from_parameters(theta).expect("the lengths fit");
        let batch = <$type>::batch(x, y).expect("the lengths fit");
        train($mode, model, batch, |model| model.predict(x))
    }};
}

pub fn prepare(name: &str, mode: Mode) -> Option<Box<dyn Task>> {
    let [(small, small_size), (large, large_size)] = LSTM;
    if name == small {
        return task!(Recurrent<10, 16, 64>, problem::lstm(small_size), mode);
    }
    if name == large {
        return task!(Recurrent<100, 16, 64>, problem::lstm(large_size), mode);
    }
    let [(small, small_size), (large, large_size)] = ATTENTION;
    if name == small {
        return task!(Block<16, 32>, problem::attention(small_size), mode);
    }
    if name == large {
        return task!(Block<128, 128>, problem::attention(large_size), mode);
    }
    None
}
