//! Generated code does not care what names mean where the model is written, nor which names the model has.
#![deny(warnings)]
#![allow(dead_code)]

use chainrule::prelude::*;

fn check<M: Model>(model: &M, batch: &M::Batch<'_>) {
    let check = check_gradient(model, batch).expect("model and batch are of one kind");
    assert!(check.passes(), "{check}");
}

/// Names of the standard prelude and of the runtime that mean something else.
mod prelude_names_are_taken {
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

    #[model(loss = mean_squared_error)]
    pub fn line(x: Input<1>, w: Param<1>, b: Param) -> Output<1> {
        x * w + b
    }

    #[model(scalar = f64)]
    pub(crate) fn classes<const K: usize>(x: Input, class: Index<K>, w: Param<K>) -> Loss {
        cross_entropy(x * w, class)
    }
}

#[test]
fn models_work_where_names_are_taken() {
    use prelude_names_are_taken::{Classes, Line};

    let mut model = Line::zeros();
    *model.b_mut() = 2.0;
    assert_eq!(model.predict(&[1.0]), Ok(vec![2.0]));
    let model = Classes::<2>::zeros();
    let batch = Classes::<2>::batch(&[1.0], &[1]).expect("the index is below 2");
    assert!((model.loss(&batch) - 2_f64.ln()).abs() < 1e-15);
}

#[model]
fn r#match(r#in: Input, r#type: Param, σ2: Param, _b: Param, __: Param) -> Loss {
    let r#let = r#in * r#type;
    squared_error(r#let * σ2 + _b, 0.0) + __ * __
}

#[test]
fn keywords_and_greek_may_be_names() {
    let model = Match::from_parameters(vec![1.0; 4]).expect("it has four parameters");
    assert_eq!((model.r#type(), model.σ2(), model.__()), (1.0, 1.0, 1.0));
    check(&model, &Match::batch(&[2.0]).expect("one row of one number"));
}

#[model(loss = mean_squared_error, dims(N))]
fn _2<const D: usize>(
    rows: Input<N>,
    first: Input<D>,
    tile: Param<N, D>,
    scratch: Param<N>,
    gradient: Param<D>,
) -> Output<D> {
    rows.dot(tile) + first * gradient + sum(scratch)
}

#[test]
fn locals_of_generated_code_may_be_names() {
    let dims = Model2Dims { n: 2 };
    let model = Model2::<3>::seeded(dims, 1).expect("no dimension is 0");
    let batch = Model2::<3>::batch(dims, &[0.1, 0.2], &[0.3; 3], &[0.5; 3]).expect("one row");
    check(&model, &batch);
}

const K: usize = 3;

mod config {
    pub const HIDDEN: usize = 2;
}

#[model(loss = squared_error, scalar = f64)]
fn constants<const D: usize>(
    x: Input<D>,
    next: Input<{ D + 1 }>,
    w: Param<D, K>,
    v: Param<K, { config::HIDDEN }>,
    #[allow(unused)] spare: Param<{ 2 * D }>,
) -> Output<{ config::HIDDEN }> {
    x.dot(w).dot(v) + mean(next)
}

#[test]
fn extents_may_be_constants_and_arithmetic() {
    let mut model = Constants::<2>::seeded(1);
    model.spare_mut().fill(7.0);
    let batch = Constants::<2>::batch(&[0.1, 0.2], &[0.3; 3], &[0.5; 2]).expect("one row");
    check(&model, &batch);
    assert_eq!(model.loss_and_gradient(&batch).1.spare(), [0.0; 4]);
}

/// An old line.
#[deprecated]
#[model(loss = |p, t| abs(p - t) * penalty)]
fn old_line(x: Input, w: Param, penalty: Data) -> Output {
    x * w
}

#[test]
#[allow(deprecated)]
fn attributes_of_the_function_are_those_of_the_model() {
    let model = OldLine::zeros();
    let batch = OldLine::batch(&[1.0], &[3.0], &[2.0]).expect("one row");
    assert_eq!(model.loss(&batch), 6.0);
}
