//! Arguments may have the names that generated code uses for itself.

use chainrule::prelude::*;

/// One parameter for each function and each local of a generated step, used so that it matters.
#[model(loss = mean_squared_error, scalar = f64)]
fn clash<const D: usize>(
    d: Input<D>,
    rows: Input,
    matmul: Param<D, 2>,
    dot: Param<2>,
    sum: Param,
    row_sums: Param,
    carve: Param,
    load_rows: Param,
    store_rows: Param,
    dispatch: Param,
    values: Param,
    width: Param,
    tile: Param,
    first: Param,
    update: Param,
    isa: Param,
    total: Param,
    scratch: Param,
    extents: Param,
    examples: Param,
    output: Param,
    math: Param,
    T: Param,
    I: Param,
    largest: Param,
    element: Param,
    first_axis: Param<2>,
) -> Output<2> {
    let hidden = tanh(d.dot(matmul) + dot);
    let one = sum * row_sums + carve * load_rows + store_rows * dispatch + values * width;
    let two = tile * first + update * isa + total * scratch + extents * examples + output * math;
    let three = T * I + largest * element;
    hidden * dot + (one + two + three) * rows + first_axis * first_axis.dot(first_axis)
}

#[test]
fn every_name_means_what_the_model_says() {
    let d: Vec<f64> = (0..15).map(|i| f64::from(i).sin()).collect();
    let (rows, target) = (&d[..5], &d[..10]);
    let batch = Clash::<3>::batch(&d, rows, target).expect("the rows fit");
    let mut model = Clash::<3>::seeded(1);
    model.parameters_mut().iter_mut().zip(1..).for_each(|(theta, i)| *theta = f64::from(i).cos());
    let check = check_gradient(&model, &batch).expect("the loss is finite");
    assert!(check.passes(), "{check}");
    let prediction = model.predict(&d, rows).expect("the rows fit");
    for (row, found) in prediction.chunks(2).enumerate() {
        for (k, found) in found.iter().enumerate() {
            let expected = by_hand(&model, &d[3 * row..][..3], rows[row], k);
            assert!((found - expected).abs() <= 1e-14 * expected.abs(), "{found} {expected}");
        }
    }
}

/// The prediction `k`, from the views of the parameters.
fn by_hand(m: &Clash<3>, d: &[f64], rows: f64, k: usize) -> f64 {
    let hidden = (d.iter().enumerate().map(|(i, d)| d * m.matmul()[2 * i + k]).sum::<f64>()
        + m.dot()[k])
        .tanh();
    let one = m.sum() * m.row_sums()
        + m.carve() * m.load_rows()
        + m.store_rows() * m.dispatch()
        + m.values() * m.width();
    let two = m.tile() * m.first()
        + m.update() * m.isa()
        + m.total() * m.scratch()
        + m.extents() * m.examples()
        + m.output() * m.math();
    let three = m.t() * m.i() + m.largest() * m.element();
    let squares: f64 = m.first_axis().iter().map(|v| v * v).sum();
    hidden * m.dot()[k] + (one + two + three) * rows + m.first_axis()[k] * squares
}
