/// A matrix as the product of two narrow ones: an objective of parameters and data, without examples.
#[model(scalar = f64)]
fn factorization<const M: usize, const N: usize, const K: usize>(
    ratings: Data<M, N>,
    known: Data<M, N>,
    #[init(normal(0.0, 0.1))] u: Param<M, K>,
    #[init(normal(0.0, 0.1))] v: Param<N, K>,
) -> Loss {
    let error = known * (u.dot(v.transpose()) - ratings);
    0.5 * sum(error * error) + 0.01 * (sum(u * u) + sum(v * v))
}
