//! A scalar formula over a million points.

use chainrule::prelude::*;

use super::{keep, train};
use crate::problem::{DOSE, POINTS, points};
use crate::serve::{Mode, Task};

macro_rules! formula {
    ($module:ident, $scalar:ident) => {
        mod $module {
            use super::*;

            /// The concentration `t` hours after a dose by mouth (Bateman 1910).
            #[model(loss = squared_error, scalar = $scalar)]
            fn bateman(t: Input, dose: Data, ka: Param, ke: Param, v: Param) -> Output {
                dose * ka / (v * (ka - ke)) * (exp(-ke * t) - exp(-ka * t))
            }

            pub fn prepare(count: usize, mode: Mode) -> Option<Box<dyn Task>> {
                let (t, y, theta) = keep(points::<$scalar>(count));
                let dose: &[$scalar] = &[DOSE as $scalar];
                let model = Bateman::from_parameters(theta).expect("three parameters");
                let batch = Bateman::batch(t, dose, y).expect("the lengths fit");
                train(mode, model, batch, |model| model.predict(t, dose))
            }
        }
    };
}

formula!(single, f32);
formula!(double, f64);

/// `points/f64@1000` are fewer than a contest has.
pub fn prepare(name: &str, mode: Mode) -> Option<Box<dyn Task>> {
    let (kind, count) = match name.split_once('@') {
        Some((kind, count)) => (kind, count.parse().ok()?),
        None => (name, POINTS),
    };
    match kind {
        "points/f32" => single::prepare(count, mode),
        "points/f64" => double::prepare(count, mode),
        _ => None,
    }
}
