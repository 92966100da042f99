/// Radial basis functions around fixed centres.
#[model(loss = squared_error, scalar = f64, dims(K, D))]
fn radial(x: Input<D>, centres: Data<K, D>, width: Param, weights: Param<K>) -> Output {
    let distances = sum(square(centres - x), [1]);
    exp(-distances / square(width)).dot(weights)
}
