//! `diff(u, x)`: derivatives inside a model, against formulas written out by hand and central differences.

use chainrule::prelude::*;

/// Numbers without a pattern, of both signs.
fn wave(count: usize, speed: f64) -> Vec<f64> {
    (0..count).map(|i| (0.3 + i as f64 * speed).sin()).collect()
}

fn close(found: f64, right: f64, tolerance: f64) {
    assert!((found - right).abs() <= tolerance * right.abs().max(1.0), "{found}, {right} is right");
}

/// The gradient for the parameters, against central differences of the loss.
fn check<M: Model>(model: &M, batch: &M::Batch<'_>) {
    let check = check_gradient(model, batch).expect("the loss is finite");
    assert!(check.passes(), "{check}");
}

/// `u(x, t)` of a small network, and how far it is from a solution of the heat equation `u_t = κ·u_xx`.
#[model(scalar = f64)]
fn heat(x: Input, t: Input, wx: Param<5>, wt: Param<5>, b: Param<5>, v: Param<5>) -> Loss {
    let u = tanh(x * wx + t * wt + b).dot(v);
    square(diff(u, t) - 0.3 * diff(diff(u, x), x))
}

#[test]
fn a_physics_informed_loss_is_that_of_the_derivatives_by_hand() {
    let (x, t) = (wave(7, 0.9), wave(7, 1.3));
    let batch = Heat::batch(&x, &t).expect("the rows fit");
    let model = Heat::from_parameters(wave(20, 0.7)).expect("as many");
    let mut right = 0.0;
    for (x, t) in x.iter().zip(&t) {
        let (mut u_t, mut u_xx) = (0.0, 0.0);
        for h in 0..5 {
            let (wx, wt) = (model.wx()[h], model.wt()[h]);
            let y = (x * wx + t * wt + model.b()[h]).tanh();
            u_t += model.v()[h] * (1.0 - y * y) * wt;
            u_xx += model.v()[h] * (-2.0 * y * (1.0 - y * y)) * wx * wx;
        }
        right += (u_t - 0.3 * u_xx).powi(2) / 7.0;
    }
    close(model.loss(&batch), right, 1e-13);
    check(&model, &batch);
    println!("{}", Heat::equations());
}
