//! Loops, compiled: gradients against central differences, and code that does not grow with the number of steps.

use chainrule::prelude::*;

/// A recurrent network over a run-time number of steps.
#[model(scalar = f64, dims(T))]
fn recurrent<const D: usize, const H: usize>(
    x: Input<T, D>,
    w: Param<D, H>,
    u: Param<H, H>,
    b: Param<H>,
    start: Param<H>,
) -> Loss {
    let mut h = start;
    for t in 0..T {
        h = tanh(x[t].dot(w) + h.dot(u) + b);
    }
    sum(h * h)
}

#[test]
fn a_recurrent_network_over_a_run_time_number_of_steps() -> Result<(), chainrule::Error> {
    let dims = RecurrentDims { t: 7 };
    let model = Recurrent::<3, 5>::seeded(dims, 3)?;
    let x: Vec<f64> = (0..7 * 3 * 600).map(|k| (f64::from(k) * 0.37).sin()).collect();
    let batch = Recurrent::<3, 5>::batch(dims, &x)?;
    let report = check_gradient(&model, &batch)?;
    assert!(report.passes(), "{report}");
    Ok(())
}
