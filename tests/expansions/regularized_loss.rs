/// A robust line with a penalty on its slope.
#[model(reduction = sum)]
fn robust<const D: usize>(x: Input<D>, y: Input, slope: Param<D>, offset: Param) -> Loss {
    let error = x.dot(slope) + offset - y;
    log_cosh(error, 0.0) + 0.01 * sum(slope * slope)
}
