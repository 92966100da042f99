/// A network for the heat equation: how far `u(x, t)` is from `∂u/∂t = κ·∂²u/∂x²`, and from what was measured.
#[model(scalar = f64)]
fn heat(
    x: Input,
    t: Input,
    measured: Input,
    wx: Param<8>,
    wt: Param<8>,
    b: Param<8>,
    v: Param<8>,
    #[init(constant(0.1))] kappa: Param,
) -> Loss {
    let u = tanh(x * wx + t * wt + b).dot(v);
    let residual = diff(u, t) - kappa * diff(diff(u, x), x);
    square(u - measured) + square(residual)
}
