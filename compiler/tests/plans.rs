//! What plans promise: products in the cheapest order, shared factors once, parameters' own terms once a call, no copies.

use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::ir::{Leaf, Order};
use chainrule_compiler::pipeline::{self, Compiled};
use chainrule_compiler::plan::{Fold, Loop, Phase, Place, Plan, Product, Update, Value, Work};
use chainrule_compiler::rust_syntax;

fn compile(attribute: &str, item: &str) -> Compiled {
    let parsed = rust_syntax::parse(
        attribute.parse().expect("the attribute is Rust"),
        item.parse().expect("the function is Rust"),
    );
    let mut errors = Errors::new();
    let model = parsed.errors.check(parsed.model).expect("the model is right").expect("a model");
    let compiled = pipeline::compile(&model, &mut errors);
    errors.check(compiled).expect("the model has a meaning").expect("a plan")
}

const THREE_LAYERS: &str = "fn net<const D: usize, const H: usize, const K: usize, const O: usize>(
    x: Input<D>, w1: Param<D, H>, b1: Param<H>, w2: Param<H, K>, b2: Param<K>, w3: Param<K, O>, b3: Param<O>,
) -> Output<O> { sigmoid(sigmoid(x.dot(w1) + b1).dot(w2) + b2).dot(w3) + b3 }";

/// The matrix products with the phases they run in; a dot product, such as the sum of squared errors, is none.
fn products(plan: &Plan) -> Vec<(Phase, &Product)> {
    plan.steps
        .iter()
        .filter_map(|step| match &step.work {
            Work::Product(product) => Some((step.phase, product)),
            _ => None,
        })
        .filter(|(_, product)| {
            product.factors.len() == 2 && !plan.buffers[product.out].shape.is_empty()
        })
        .collect()
}

fn loops(plan: &Plan) -> impl Iterator<Item = (Phase, &Loop)> {
    plan.steps.iter().filter_map(|step| match &step.work {
        Work::Loop(nest) => Some((step.phase, nest)),
        _ => None,
    })
}

fn applications(plan: &Plan, name: &str) -> usize {
    let values = plan.steps.iter().flat_map(|step| match &step.work {
        Work::Loop(nest) => nest.values.as_slice(),
        Work::Number { values, .. } => values,
        _ => &[],
    });
    values.filter(|value| matches!(value, Value::Apply(row, _) if row.name == name)).count()
}

#[test]
fn chains_are_multiplied_in_the_cheapest_order_however_they_are_written() {
    // Narrow in the middle: example by example. Wide in the middle: the parameters first, once a call.
    for (signature, phases) in [
        ("x: Input<100>, a: Param<100, 4>, b: Param<4, 100>) -> Output<100>", [Phase::Tile; 2]),
        (
            "x: Input<4>, a: Param<4, 100>, b: Param<100, 4>) -> Output<4>",
            [Phase::Before, Phase::Tile],
        ),
    ] {
        for body in ["x.dot(a).dot(b)", "x.dot(a.dot(b))", "einsum(\"i,ij,jk->k\", x, a, b)"] {
            let compiled =
                compile("loss = squared_error", &format!("fn f({signature} {{ {body} }}"));
            let plan = &compiled.predict().expect("a prediction").plan;
            let found: Vec<Phase> = products(plan).iter().map(|(phase, _)| *phase).collect();
            assert_eq!(found, phases, "{body}");
        }
    }
}

#[test]
fn three_layers_need_eight_products() {
    let compiled = compile("loss = squared_error", THREE_LAYERS);
    // Three forward, three for the weights, two to hand the adjoint back.
    assert_eq!(products(&compiled.gradient().plan).len(), 8);
    assert_eq!(products(&compiled.loss().plan).len(), 3);
}

#[test]
fn activations_are_applied_once_although_the_derivative_needs_them() {
    let compiled = compile("loss = squared_error", THREE_LAYERS);
    assert_eq!(applications(&compiled.gradient().plan, "sigmoid"), 2);
}

#[test]
fn gradients_are_written_where_they_belong() {
    let compiled = compile("loss = squared_error", THREE_LAYERS);
    let plan = &compiled.gradient().plan;
    for (_, nest) in loops(plan) {
        for effect in &nest.effects {
            let is_copy = matches!(nest.values[effect.value], Value::Read(..))
                && effect.update == Update::Set;
            let is_gradient = matches!(plan.buffers[effect.buffer].place, Place::Gradient(_));
            assert!(!(is_copy && is_gradient), "`{}`", plan.buffers[effect.buffer].name);
        }
    }
    let written = products(plan)
        .iter()
        .filter(|(_, product)| matches!(plan.buffers[product.out].place, Place::Gradient(_)))
        .count();
    assert_eq!(written, 3);
}

#[test]
fn a_regularizer_is_computed_once_a_call() {
    let compiled = compile(
        "",
        "fn ridge(x: Input<30>, y: Input, w: Param<30>) -> Loss { square(x.dot(w) - y) + 0.1*sum(w*w*w*w) }",
    );
    let plan = &compiled.gradient().plan;
    let is_parameter = |place: &Place| *place == Place::Caller(Leaf::Argument(2));
    let reads_w = |nest: &Loop| {
        nest.values.iter().any(
            |value| matches!(value, Value::Read(buffer, _) if is_parameter(&plan.buffers[*buffer].place)),
        )
    };
    let phases: Vec<Phase> =
        loops(plan).filter(|(_, nest)| reads_w(nest)).map(|(phase, _)| phase).collect();
    assert!(!phases.is_empty() && !phases.contains(&Phase::Tile), "{phases:?}");
}

#[test]
fn what_depends_on_parameters_alone_is_hoisted_out_of_the_tiles() {
    let compiled = compile(
        "loss = squared_error",
        "fn f(x: Input<8>, a: Param<8>) -> Output { x.dot(softmax(a)) }",
    );
    let plan = &compiled.gradient().plan;
    for step in &plan.steps {
        let Work::Loop(nest) = &step.work else { continue };
        let takes_exponentials = nest
            .values
            .iter()
            .any(|value| matches!(value, Value::Apply(row, _) if row.name == "exp"));
        assert!(!takes_exponentials || step.phase == Phase::Before);
    }
    assert_eq!(applications(plan, "exp"), 1);
}

#[test]
fn the_gradients_of_shared_weights_are_one_sum() {
    let compiled = compile(
        "loss = squared_error",
        "fn f(x: Input<6>, w: Param<6, 6>, v: Param<6>) -> Output { tanh(tanh(x.dot(w)).dot(w)).dot(v) }",
    );
    let plan = &compiled.gradient().plan;
    assert_eq!(applications(plan, "tanh"), 2);
    let gradients =
        plan.buffers.iter().filter(|buffer| matches!(buffer.place, Place::Gradient(_))).count();
    assert_eq!(gradients, 2);
}

#[test]
fn gradients_of_tables_are_added_up_where_they_lie() {
    let (a, b, t) = ("a: Index<V>, ", "b: Index<V>, ", "t: Index<V, 5>, ");
    let in_a_loop = "let mut s = 0.0; for i in 0..4 { s += e[t[i]].dot(e[t[i + 1]]); } s";
    for (inputs, body, places) in [
        (vec![a], "square(sum(square(e[a])))", vec![0]),
        (vec![a, b], "sum(square(e[a] - 0.5 * e[b]))", vec![0, 1]),
        (vec![a, t], "sum(square(e[t])) + exp(e[a].dot(e[a]))", vec![0, 1]),
        (vec![t], in_a_loop, vec![0]),
        // All elements of a row have the same gradient.
        (vec![a, b], "exp(sum(e[a])) + tanh(sum(e[b]))", vec![0, 1]),
        // What decays, or is read as a whole or by columns, is no sum of rows.
        (vec![a], "sum(square(e[a])) + 0.1 * sum(square(e))", vec![]),
        (vec![a], "sum(square(e[a].dot(e.transpose())))", vec![]),
        (vec![a], "sum(square(e[(.., a)]))", vec![]),
    ] {
        let inputs: String = inputs.concat();
        let is_by_rows = !places.is_empty();
        let shape = if body.contains("(..") { "3, V" } else { "V, 3" };
        let model = format!("fn f<const V: usize>({inputs}e: Param<{shape}>) -> Loss {{ {body} }}");
        let compiled = compile("", &model);
        let gradient = compiled.gradient();
        let found: Vec<&Leaf> = gradient.plan.scattered.iter().flat_map(|one| &one.rows).collect();
        let expected: Vec<Leaf> = places.into_iter().map(Leaf::Argument).collect();
        assert_eq!(found, expected.iter().collect::<Vec<_>>(), "{model}");
        assert!(!is_by_rows || gradient.layout.persistent.is_empty(), "{model}");
    }
}

/// The loops over steps, in their order.
fn folds(plan: &Plan) -> Vec<&Fold> {
    let steps = plan.steps.iter();
    steps
        .filter_map(|step| match &step.work {
            Work::Fold(fold) => Some(fold),
            _ => None,
        })
        .collect()
}

const RECURRENT: &str = "fn rnn<const T: usize, const D: usize, const H: usize>(
    x: Input<T, D>, w: Param<D, H>, u: Param<H, H>, b: Param<H>,
) -> Loss {
    let mut h = zeros([H]);
    for t in 0..T { h = tanh(x[t].dot(w) + h.dot(u) + b); }
    sum(h*h)
}";

#[test]
fn a_loop_with_tangents_is_the_loop_itself() {
    let compiled = compile("derivatives(hvp)", RECURRENT);
    let product = &compiled.sensitivities[0].planned.plan;
    let folds = folds(product);
    let orders: Vec<Order> = folds.iter().map(|fold| fold.order).collect();
    assert_eq!(orders, [Order::Forward, Order::Backward]);
    let is_tanh = |value: &&Value| matches!(value, Value::Apply(row, _) if row.name == "tanh");
    let applied = folds.iter().flat_map(|fold| &fold.body).map(|work| match work {
        Work::Loop(nest) => nest.values.iter().filter(is_tanh).count(),
        _ => 0,
    });
    assert_eq!(applied.sum::<usize>(), 1);
}

#[test]
fn products_of_all_steps_are_added_up_in_place() {
    let compiled = compile("derivatives(hvp)", RECURRENT);
    let planned = &compiled.sensitivities[0].planned;
    assert!(planned.layout.persistent.is_empty(), "{}", planned.text());
}
