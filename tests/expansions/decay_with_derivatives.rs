/// Decay from an amplitude at a rate.
#[model(loss = squared_error, scalar = f64, derivatives(jacobian, hvp, hessian, inputs))]
fn decay(t: Input, amplitude: Param, rate: Param) -> Output {
    amplitude * exp(-rate * t)
}
