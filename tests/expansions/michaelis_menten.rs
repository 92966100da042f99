/// The rate of an enzyme at a concentration of its substrate.
#[model(loss = squared_error, scalar = f64)]
fn michaelis_menten(
    s: Input,
    #[init(constant(1.0))] vmax: Param,
    #[init(constant(0.5))] km: Param,
) -> Output {
    vmax * s / (km + s)
}
