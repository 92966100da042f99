/// A linear regression.
#[model(loss = mean_squared_error)]
pub fn linear<const D: usize>(x: Input<D>, w: Param<D>, b: Param) -> Output {
    x.dot(w) + b
}
