#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = mean_square_error, scalar = f16)]
fn linear<const D: usize, const O: usize>(x: &Input<D>, w: Param<D, O>, b: Param<D>) -> Output<O> {
    let mut y = x.dot(w) ^ 2;
    if y > 0.0 { y + b } else { y / (1 / 2) }
}

fn main() {
    let (x, y) = ([0.0; 6], [0.0; 4]);
    let mut model = Linear::<3, 2>::seeded(1);
    let batch = Linear::<3, 2>::batch(&x, &y).unwrap();
    let (loss, gradient) = model.loss_and_gradient(&batch);
    let history = Trainer::new(Adam::new(0.01)).fit(&mut model, &batch).unwrap();
    let check = check_gradient(&model, &batch).unwrap();
    println!("{loss} {:?} {:?}", gradient.w(), model.predict(&x));
}
