#![allow(unused)]
use chainrule::prelude::*;

#[model(loss = squared_error, dims(T, K))]
fn beginning(x: Input<T>, w: Param<K>) -> Output {
    x[..K].dot(w)
}

fn main() {}
