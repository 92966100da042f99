/// A recurrent network over as many steps as the program says.
#[model(scalar = f32, dims(T))]
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
