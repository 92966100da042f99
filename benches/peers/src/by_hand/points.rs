//! The formula over many points: its derivatives worked out on paper, one loop.

use crate::problem::{DOSE, POINTS, Problem, points};
use crate::serve::{Mode, Task};

pub fn prepare(name: &str, mode: Mode) -> Option<Box<dyn Task>> {
    match (name, mode) {
        ("points/f32", Mode::Gradient) => Some(Box::new(Formula::<f32>::new(points(POINTS)))),
        ("points/f64", Mode::Gradient) => Some(Box::new(Formula::<f64>::new(points(POINTS)))),
        _ => None,
    }
}

struct Formula<T> {
    problem: Problem<T>,
    loss: T,
    gradient: [T; 3],
}

macro_rules! formula {
    ($scalar:ident) => {
        impl Formula<$scalar> {
            fn new(problem: Problem<$scalar>) -> Self {
                Formula { problem, loss: $scalar::NAN, gradient: [0.0; 3] }
            }
        }

        impl Task for Formula<$scalar> {
            /// With `p = s·(e − a)`, `e = exp(−kₑ·t)`, `a = exp(−kₐ·t)`, `s = dose·kₐ/(v·(kₐ − kₑ))`, the sums over `r = p − y` give all
            /// derivatives. In single precision 4,096 of them are added before they go into a sum in double precision.
            fn call(&mut self) {
                let Problem { x, y, parameters } = &self.problem;
                let [ka, ke, v] = [0, 1, 2].map(|place| parameters[place].values[0]);
                let scale = DOSE as $scalar * ka / (v * (ka - ke));
                let [mut squares, mut shape, mut early, mut late] = [0.0_f64; 4];
                for (times, observed) in x.values.chunks(4096).zip(y.values.chunks(4096)) {
                    let mut sums = [0.0 as $scalar; 4];
                    for (&t, &y) in times.iter().zip(observed) {
                        let (e, a) = ((-ke * t).exp(), (-ka * t).exp());
                        let r = scale * (e - a) - y;
                        sums[0] += r * r;
                        sums[1] += r * (e - a);
                        sums[2] += r * t * a;
                        sums[3] += r * t * e;
                    }
                    squares += f64::from(sums[0]);
                    shape += f64::from(sums[1]);
                    early += f64::from(sums[2]);
                    late += f64::from(sums[3]);
                }
                let [ka, ke, v, scale] = [ka, ke, v, scale].map(f64::from);
                let part = 2.0 * scale / POINTS as f64;
                self.loss = (squares / POINTS as f64) as $scalar;
                self.gradient = [
                    part * (early - shape * ke / (ka * (ka - ke))),
                    part * (shape / (ka - ke) - late),
                    -part * shape / v,
                ]
                .map(|value| value as $scalar);
            }

            fn evidence(&self) -> Vec<f64> {
                let gradient = self.gradient.map(|value| f64::from(value).abs());
                [f64::from(self.loss)].into_iter().chain(gradient).collect()
            }
        }
    };
}

formula!(f32);
formula!(f64);
