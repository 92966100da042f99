/// A two-layer perceptron.
#[model(loss = mean_squared_error)]
fn mlp<const D: usize, const H: usize, const O: usize>(
    x: Input<D>,
    w1: Param<D, H>,
    b1: Param<H>,
    w2: Param<H, O>,
    b2: Param<O>,
) -> Output<O> {
    let hidden = sigmoid(x.dot(w1) + b1);
    hidden.dot(w2) + b2
}
