//! Value, gradient and Hessian of a one-compartment pharmacokinetic formula: ours against dual numbers.

use chainrule::prelude::*;
use nalgebra::{SMatrix, SVector};
use num_dual::{Dual2SVec64, DualNum, HyperDual64, hessian};

use crate::race::{Contestant, ROUNDING, assert_close, numbers, table};

/// The concentration `t` hours after a dose by mouth (Bateman 1910), and its squared error.
#[model(loss = squared_error, reduction = sum, scalar = f64, derivatives(hessian, hvp))]
pub fn bateman(t: Input, dose: Data, ka: Param, ke: Param, v: Param) -> Output {
    dose * ka / (v * (ka - ke)) * (exp(-ke * t) - exp(-ka * t))
}

pub const DOSE: f64 = 320.0;
pub const START: [f64; 3] = [1.6, 0.09, 31.0];

/// The times and the concentrations of `n` observations.
pub fn observations(n: usize) -> (Vec<f64>, Vec<f64>) {
    let times: Vec<f64> = (0..n).map(|i| 24.0 * (i as f64 + 0.5) / n as f64).collect();
    let noise = numbers(n, 1);
    let concentration =
        |&t: &f64| DOSE * 1.5 / (32.0 * (1.5 - 0.08)) * ((-0.08 * t).exp() - (-1.5 * t).exp());
    let observed = times.iter().map(concentration).zip(noise).map(|(c, noise)| c + noise - 0.5);
    let observed = observed.collect();
    (times, observed)
}

/// The sum of squares as a user of `num-dual` writes it; what is the same for all observations is computed once.
fn by_duals<D: DualNum<Primitive = f64> + Copy>(
    [ka, ke, v]: [D; 3],
    times: &[f64],
    observed: &[f64],
) -> D {
    let scale = ka * DOSE / (v * (ka - ke));
    let mut loss = D::from(0.0);
    for (&t, &y) in times.iter().zip(observed) {
        let residual = scale * ((-ke * t).exp() - (-ka * t).exp()) - y;
        loss += residual * residual;
    }
    loss
}

type Derivatives = (f64, SVector<f64, 3>, SMatrix<f64, 3, 3>);

fn by_dual2(times: &[f64], observed: &[f64]) -> Derivatives {
    let theta = std::hint::black_box(SVector::from(START));
    hessian(
        |theta: SVector<Dual2SVec64<3>, 3>| {
            by_duals([theta[0], theta[1], theta[2]], times, observed)
        },
        &theta,
    )
}

fn by_hyper_duals(times: &[f64], observed: &[f64]) -> Derivatives {
    let theta = std::hint::black_box(START);
    let (mut value, mut gradient, mut matrix) = (0.0, SVector::zeros(), SMatrix::zeros());
    for i in 0..3 {
        for j in i..3 {
            let seed = |k| HyperDual64::new(theta[k], f64::from(k == i), f64::from(k == j), 0.0);
            let result = by_duals([0, 1, 2].map(seed), times, observed);
            value = result.re;
            gradient[i] = result.eps1;
            matrix[(i, j)] = result.eps1eps2;
            matrix[(j, i)] = result.eps1eps2;
        }
    }
    (value, gradient, matrix)
}

/// Checks and times all sizes.
pub fn run() {
    for n in [10, 100, 1000] {
        let (times, observed) = observations(n);
        let model = Bateman::from_parameters(START.to_vec()).expect("three parameters");
        let batch = Bateman::batch(&times, &[DOSE], &observed).expect("the lengths fit");
        let mut workspace = model.workspace();
        let (mut gradient, mut matrix) = ([0.0; 3], [0.0; 9]);
        let value = model.hessian_into(&batch, &mut gradient, &mut matrix, &mut workspace);
        for theirs in [by_dual2(&times, &observed), by_hyper_duals(&times, &observed)] {
            assert_close(&[value], &[theirs.0], ROUNDING);
            assert_close(&gradient, theirs.1.as_slice(), ROUNDING);
            assert_close(&matrix, theirs.2.as_slice(), ROUNDING);
        }
        let mut contestants = [
            Contestant::new("chainrule", || {
                model.hessian_into(&batch, &mut gradient, &mut matrix, &mut workspace) + matrix[1]
            }),
            Contestant::new("num-dual, Dual2SVec64<3>", || by_dual2(&times, &observed).2[1]),
            Contestant::new("num-dual, HyperDual64, one a pair", || {
                by_hyper_duals(&times, &observed).2[1]
            }),
        ];
        table(
            &format!("value, gradient and Hessian of a one-compartment formula, {n} observations"),
            &mut contestants,
        );
    }
}
