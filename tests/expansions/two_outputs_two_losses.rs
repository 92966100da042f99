/// An autoencoder.
#[model(scalar = f64)]
mod coder {
    use chainrule::prelude::*;

    const CODE: usize = 2;

    fn dense(x: Tensor<I>, w: Tensor<I, O>) -> Tensor<O> {
        soft(x.dot(w))
    }

    #[derivative(x = "1 - y²")]
    fn soft(x: f64) -> f64 {
        x.tanh()
    }

    /// The code of an example.
    pub fn encode<const D: usize>(x: Input<D>, w: Param<D, CODE>) -> Output<CODE> {
        dense(x, w)
    }

    pub fn predict<const D: usize>(x: Input<D>, w: Param<D, CODE>, v: Param<CODE, D>) -> Output<D> {
        encode(x, w).dot(v)
    }

    fn loss<const D: usize>(x: Input<D>, w: Param<D, CODE>, v: Param<CODE, D>) -> Loss {
        squared_error(predict(x, w, v), x)
    }

    fn penalty<const D: usize>(w: Param<D, CODE>) -> Loss {
        sum(w * w)
    }
}
