//! Residuals and Jacobian of the sum of peaks: ours against dual numbers, differences and a person's own Rust.

use std::hint::black_box;

use chainrule::derivatives::MatrixOrder;
use chainrule::prelude::*;
use nalgebra::SVector;
use num_dual::{Dual64, DualNum, DualSVec64};

use crate::race::{Contestant, ROUNDING, assert_close, table};
use crate::voigt::{PARAMETERS, PEAKS, POINTS, Voigt, observations, start};

const LN_2: f64 = std::f64::consts::LN_2;

/// The sum of peaks at `x`, for any kind of number.
fn peaks<D: DualNum<Primitive = f64> + Copy>(theta: &[D; PARAMETERS], x: f64) -> D {
    let mut sum = D::from(0.0);
    for k in 0..PEAKS {
        let [a, c, w, eta] = [0, 1, 2, 3].map(|row| theta[row * PEAKS + k]);
        let u = (-c + x) / w;
        let square = u * u;
        let one = D::from(1.0);
        sum += a * (eta / (one + square) + (one - eta) * (-square * LN_2).exp());
    }
    sum
}

/// One number with all 48 derivatives.
fn by_dual_vectors(theta: &[f64], x: &[f64], y: &[f64], r: &mut [f64], jacobian: &mut [f64]) {
    let mut seeded = [DualSVec64::<PARAMETERS>::from_re(0.0); PARAMETERS];
    for (i, (dual, &value)) in seeded.iter_mut().zip(theta).enumerate() {
        *dual = DualSVec64::from_re(value).derivative(i);
    }
    let rows = jacobian.chunks_exact_mut(PARAMETERS);
    for ((row, r), (&x, &y)) in rows.zip(r).zip(x.iter().zip(y)) {
        let sum = peaks(&seeded, x);
        *r = sum.re - y;
        let eps: SVector<f64, PARAMETERS> =
            sum.eps.unwrap_generic(nalgebra::Const::<PARAMETERS>, nalgebra::Const::<1>);
        row.copy_from_slice(eps.as_slice());
    }
}

/// One number with one derivative, and of the sum only the peak that depends on it: what someone who knows the formula does.
fn by_single_duals(theta: &[f64], x: &[f64], y: &[f64], r: &mut [f64], jacobian: &mut [f64]) {
    for (n, (&x, &y)) in x.iter().zip(y).enumerate() {
        let mut sum = 0.0;
        for k in 0..PEAKS {
            for row in 0..4 {
                let seed =
                    |other: usize| Dual64::new(theta[other * PEAKS + k], f64::from(other == row));
                let [a, c, w, eta] = [0, 1, 2, 3].map(seed);
                let u = (-c + x) / w;
                let square = u * u;
                let one = Dual64::from(1.0);
                let peak = a * (eta / (one + square) + (one - eta) * (-square * LN_2).exp());
                jacobian[n * PARAMETERS + row * PEAKS + k] = peak.eps;
                sum += if row == 0 { peak.re } else { 0.0 };
            }
        }
        r[n] = sum - y;
    }
}

/// Forward differences, one evaluation of all points a parameter.
fn by_differences(theta: &[f64], x: &[f64], y: &[f64], r: &mut [f64], jacobian: &mut [f64]) {
    let mut moved: [f64; PARAMETERS] = theta.try_into().expect("four a peak");
    for ((r, &x), &y) in r.iter_mut().zip(x).zip(y) {
        *r = peaks(&moved, x) - y;
    }
    for j in 0..PARAMETERS {
        let step = f64::EPSILON.sqrt() * theta[j].abs().max(1.0);
        moved[j] = theta[j] + step;
        for (n, &x) in x.iter().enumerate() {
            jacobian[n * PARAMETERS + j] = (peaks(&moved, x) - y[n] - r[n]) / step;
        }
        moved[j] = theta[j];
    }
}

/// The derivatives of one peak at `x`, worked out on paper: for the height, the centre, the width, the fraction; and its value.
#[inline(always)]
fn peak_by_hand([a, c, over_w, eta]: [f64; 4], x: f64) -> ([f64; 4], f64) {
    let u = (x - c) * over_w;
    let square = u * u;
    let lorentz = 1.0 / (1.0 + square);
    let gauss = (-LN_2 * square).exp();
    let shape = eta * lorentz + (1.0 - eta) * gauss;
    let slope = 2.0 * a * u * over_w * (eta * lorentz * lorentz + LN_2 * (1.0 - eta) * gauss);
    ([shape, slope, u * slope, a * (lorentz - gauss)], a * shape)
}

fn by_hand_in_rows(theta: &[f64], x: &[f64], y: &[f64], r: &mut [f64], jacobian: &mut [f64]) {
    let over_w: [f64; PEAKS] = std::array::from_fn(|k| 1.0 / theta[2 * PEAKS + k]);
    let rows = jacobian.chunks_exact_mut(PARAMETERS);
    for ((row, r), (&x, &y)) in rows.zip(r).zip(x.iter().zip(y)) {
        let mut sum = -y;
        for k in 0..PEAKS {
            let peak = [theta[k], theta[PEAKS + k], over_w[k], theta[3 * PEAKS + k]];
            let (derivatives, value) = peak_by_hand(peak, x);
            for (place, derivative) in derivatives.into_iter().enumerate() {
                row[place * PEAKS + k] = derivative;
            }
            sum += value;
        }
        *r = sum;
    }
}

fn by_hand_in_columns(theta: &[f64], x: &[f64], y: &[f64], r: &mut [f64], jacobian: &mut [f64]) {
    r.iter_mut().zip(y).for_each(|(r, y)| *r = -y);
    let (first, rest) = jacobian.split_at_mut(PEAKS * POINTS);
    let (second, rest) = rest.split_at_mut(PEAKS * POINTS);
    let (third, fourth) = rest.split_at_mut(PEAKS * POINTS);
    for k in 0..PEAKS {
        let peak = [theta[k], theta[PEAKS + k], 1.0 / theta[2 * PEAKS + k], theta[3 * PEAKS + k]];
        let columns = [&mut *first, &mut *second, &mut *third, &mut *fourth];
        let [a, c, w, eta] = columns.map(|all| &mut all[k * POINTS..][..POINTS]);
        for n in 0..POINTS {
            let (derivatives, value) = peak_by_hand(peak, x[n]);
            [a[n], c[n], w[n], eta[n]] = derivatives;
            r[n] += value;
        }
    }
}

type Way = fn(&[f64], &[f64], &[f64], &mut [f64], &mut [f64]);

/// Checks and times all ways.
pub fn run() {
    let (x, y) = observations();
    let theta = start();
    let model = Voigt::<PEAKS>::from_parameters(theta.clone()).expect("four a peak");
    let batch = Voigt::<PEAKS>::batch(&x, &y).expect("the lengths fit");
    let (mut workspace, mut r) = (model.workspace(), vec![0.0; POINTS]);
    let mut jacobian = vec![0.0; POINTS * PARAMETERS];
    let rows: [(&str, Way, f64); 4] = [
        ("by hand", by_hand_in_rows, ROUNDING),
        ("num-dual, DualSVec64<48>", by_dual_vectors, ROUNDING),
        ("num-dual, Dual64 on the peak that depends on it", by_single_duals, ROUNDING),
        ("forward differences", by_differences, 1e-5),
    ];
    let columns: [(&str, Way, f64); 1] = [("by hand", by_hand_in_columns, ROUNDING)];
    for (order, name, ways) in [
        (MatrixOrder::RowMajor, "rows", &rows[..]),
        (MatrixOrder::ColumnMajor, "columns", &columns[..]),
    ] {
        model.residuals_and_jacobian_into(&batch, &mut r, &mut jacobian, order, &mut workspace);
        let (mut r2, mut jacobian2) = (r.clone(), jacobian.clone());
        for (_, way, tolerance) in ways {
            way(&theta, &x, &y, &mut r2, &mut jacobian2);
            assert_close(&r, &r2, ROUNDING);
            assert_close(&jacobian, &jacobian2, *tolerance);
        }
        let mut contestants = vec![Contestant::new("chainrule", || {
            model.residuals_and_jacobian_into(&batch, &mut r, &mut jacobian, order, &mut workspace);
            jacobian[7]
        })];
        for (name, way, _) in ways {
            let (theta, x, y) = (&theta, &x, &y);
            let (mut r, mut jacobian) = (vec![0.0; POINTS], vec![0.0; POINTS * PARAMETERS]);
            contestants.push(Contestant::new(name, move || {
                way(black_box(theta), x, y, &mut r, &mut jacobian);
                jacobian[7]
            }));
        }
        table(
            &format!("residuals and Jacobian of 12 pseudo-Voigt peaks, 2,000 points, in {name}"),
            &mut contestants,
        );
    }
}
