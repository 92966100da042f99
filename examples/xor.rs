//! Exclusive or, learnt by a two-layer perceptron.
use chainrule::prelude::*;

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

fn main() -> Result<(), chainrule::Error> {
    let x = [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
    let y = [0.0, 1.0, 1.0, 0.0];
    let mut model = Mlp::<2, 8, 1>::seeded(42);
    let batch = Mlp::<2, 8, 1>::batch(&x, &y)?;
    println!("{}", check_gradient(&model, &batch)?);
    let history =
        Trainer::new(Adam::new(0.05)).epochs(500).batch_size(4).seed(7).fit(&mut model, &batch)?;
    println!("{history}");
    for (input, output) in x.chunks(2).zip(model.predict(&x)?) {
        println!("{input:?} -> {output:.3}");
    }
    Ok(())
}
