use super::{Cost, cost};
use crate::ir::{Dim, Polynomial};
use crate::{pipeline, rust_syntax};

/// The counts of a model as text.
fn cost_of(attribute: &str, item: &str) -> Result<Cost, String> {
    let tokens = |text: &str| text.parse().map_err(|problem| format!("not Rust: {problem}"));
    let parsed = rust_syntax::parse(tokens(attribute)?, tokens(item)?);
    let mut errors = parsed.errors;
    let model = parsed.model.ok_or("no model")?;
    let compiled = pipeline::compile(&model, &mut errors);
    errors.check(()).map_err(|found| format!("{found:#?}"))?;
    Ok(cost(&compiled.ok_or("no plan")?))
}

/// The count for D = 3, H = 5, O = 2 and N = 7: what no two terms of a formula share.
fn number(count: &Polynomial) -> i64 {
    count.evaluate(&|symbol| match symbol {
        Dim::Batch => 7,
        Dim::Named(name) if &**name == "D" => 3,
        Dim::Named(name) if &**name == "H" => 5,
        _ => 2,
    })
}

/// By hand, for N examples, with products of matrices at two operations a term:
/// the layers are 2DH + H, H, 2HO + O; the error O, its squares and their sum 2O.
/// Backwards: p̄ is O; b̄2 is O, w̄2 is 2HO, h̄ is 2HO, ā is H·(1 − h), h·(1 − h) and their product, b̄1 is H,
/// w̄1 is 2DH.
#[test]
fn two_layers_counted_by_hand() -> Result<(), String> {
    let counted = cost_of(
        "loss = squared_error, reduction = sum",
        "fn mlp<const D: usize, const H: usize, const O: usize>(
            x: Input<D>, w1: Param<D, H>, b1: Param<H>, w2: Param<H, O>, b2: Param<O>,
        ) -> Output<O> { sigmoid(x.dot(w1) + b1).dot(w2) + b2 }",
    )?;
    let (d, h, o, n) = (3, 5, 2, 7);
    let loss = n * (2 * d * h + h + h + 2 * h * o + o + o + 2 * o);
    let adjoint = n * o;
    let (b2, w2) = (n * o, n * 2 * h * o);
    let argument = n * (2 * h * o + 3 * h);
    let (b1, w1) = (n * h, n * 2 * d * h);
    assert_eq!(number(&counted.loss), loss);
    assert_eq!(number(&counted.loss_and_gradient), loss + adjoint + b2 + w2 + argument + b1 + w1);
    let shared = 4 * (loss + adjoint) + 2 * argument;
    assert_eq!(number(&counted.separate), shared + b2 + w2 + b1 + w1);
    assert_eq!(counted.ratio(), None);
    Ok(())
}

/// Loss: vmax·s, km + s, the quotient, the error, its square and the sum of it: 6 for each example. Then
/// p̄, p̄/d, s times that and the sum of it, −p, that divided by d, times p̄ and the sum of it: 8.
#[test]
fn formula_counted_by_hand() -> Result<(), String> {
    let counted = cost_of(
        "loss = squared_error, reduction = sum, scalar = f64",
        "fn rate(s: Input, vmax: Param, km: Param) -> Output { vmax*s/(km + s) }",
    )?;
    assert_eq!(counted.loss.to_string(), "6·N");
    assert_eq!(counted.loss_and_gradient.to_string(), "14·N");
    assert_eq!(counted.ratio(), Some(14.0 / 6.0));
    assert_eq!(number(&counted.workspace_per_example) % 8, 0);
    Ok(())
}

#[test]
fn tables_cost_the_rows_that_are_read() -> Result<(), String> {
    let in_a_loop = "let mut s = 0.0; for i in 0..4 { s += e[t[i]].dot(e[t[i + 1]]); } s";
    for body in ["sum(square(e[t[0]] - 0.5 * e[t[1]]))", "exp(sum(square(e[t])))", in_a_loop] {
        let model =
            format!("fn f<const V: usize>(t: Index<V, 5>, e: Param<V, 3>) -> Loss {{ {body} }}");
        let counted = cost_of("", &model)?;
        for count in [&counted.loss_and_gradient, &counted.separate, &counted.workspace] {
            assert!(!count.symbols().contains(&Dim::named("V")), "{body}: {count}");
        }
    }
    Ok(())
}
