#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = mean_squared_error)]
fn linear<const D: usize, const O: usize>(x: Input<D>, w: Param<O, D>, b: Param<O>) -> Output<O> {
    let a = x.dot(w);
    let c = tanhh(b) + scale;
    a + c
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
