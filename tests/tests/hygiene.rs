//! Generated code does not care what the names of the standard prelude mean where the model is written.
#![deny(warnings)]
#![allow(dead_code)]

use chainrule::prelude::*;

type Result<T> = std::result::Result<T, String>;
struct Vec;
struct Error;
struct Workspace;
struct Kernel;
#[allow(non_snake_case)]
fn Ok() {}
trait Clone {}
trait Iterator {}
mod math {}

/// A line.
#[model(loss = mean_squared_error)]
fn line(x: Input<1>, w: Param<1>, b: Param) -> Output<1> {
    x * w + b
}

/// A model that returns its loss, and an index.
#[model(scalar = f64)]
pub(crate) fn classes<const K: usize>(x: Input, class: Index<K>, w: Param<K>) -> Loss {
    cross_entropy(x * w, class)
}

#[test]
fn models_work_where_prelude_names_are_taken() {
    let mut model = Line::zeros();
    *model.b_mut() = 2.0;
    assert_eq!(model.predict(&[1.0]), Result::Ok(vec![2.0]).map_err(|_| unreachable!()));
    let model = Classes::<2>::zeros();
    let batch = Classes::<2>::batch(&[1.0], &[1]).expect("the index is below 2");
    assert!((model.loss(&batch) - 2_f64.ln()).abs() < 1e-15);
}
