//! A model through the stages, against central differences of its loss as it was lowered.

use chainrule_compiler::construct;
use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::evaluate::{Environment, Randomness, evaluate};
use chainrule_compiler::ir::{self, Access, Dim, Graph, Leaf, NodeId, Polynomial};
use chainrule_compiler::plan::Purpose;
use chainrule_compiler::schedule::{self, Root};
use chainrule_compiler::tree::{Model, Role};
use chainrule_compiler::{
    allocate, differentiate, lower, pipeline, rust_syntax, simplify, stabilize,
};

use super::execute::execute;

const ROWS: u64 = 3;

/// The model of a function.
pub fn model(function: &str) -> Model {
    let attribute = "scalar = f64".parse().expect("the attribute is Rust");
    let parsed = rust_syntax::parse(attribute, function.parse().expect("the function is Rust"));
    parsed.errors.check(parsed.model).expect("the model is right").expect("a model")
}

/// Checks every stage of a model whose loss is its result.
pub fn check(function: &str, extents: &[(&str, u64)]) {
    let model = model(function);
    let environment = environment(&model, extents);
    let mut errors = Errors::new();
    let program = lower::lower(&model, &mut errors);
    let program = errors.check(program).expect("the model has a meaning").expect("a program");
    ir::verify(&program.graph).expect("after lower");
    let loss = value(&program.graph, program.loss(), &environment);
    let (mut graph, roots) =
        stabilize::stabilize(&program.graph, &[program.loss()]).expect("stabilize");
    ir::verify(&graph).expect("after stabilize");
    close(loss, value(&graph, roots[0], &environment), 1e-12, "stabilize");
    let parameters = pipeline::parameters(&model);
    let leaves: Vec<NodeId> = parameters
        .iter()
        .map(|&index| {
            let shape = model.arguments[index].shape.iter().map(|extent| extent.dim.clone());
            graph.leaf(Leaf::Argument(index), shape.collect())
        })
        .collect();
    let gradients =
        differentiate::differentiate(&mut graph, roots[0], &leaves).expect("differentiate");
    ir::verify(&graph).expect("after differentiate");
    let mut all = vec![roots[0]];
    all.extend(gradients.iter().flatten());
    let found = evaluate(&graph, &all, &environment).expect("evaluate");
    close(loss, found[0][0], 1e-12, "differentiate");
    for ((&index, gradient), node) in parameters.iter().zip(&found[1..]).zip(&gradients) {
        assert!(node.is_some(), "argument {index} has no gradient");
        for (place, &slope) in gradient.iter().enumerate() {
            let expected = difference(&program.graph, program.loss(), &environment, index, place);
            close(expected, slope, 1e-5, &format!("gradient {index} at {place}"));
        }
    }
    let (simple, simple_roots) = simplify::simplify(&graph, &all).expect("simplify");
    ir::verify(&simple).expect("after simplify");
    let after = evaluate(&simple, &simple_roots, &environment).expect("evaluate");
    for (before, after) in found.iter().flatten().zip(after.iter().flatten()) {
        close(*before, *after, 1e-10, "simplify");
    }
    if std::env::var_os("SHOW").is_some() {
        let named: Vec<(String, NodeId)> =
            simple_roots.iter().enumerate().map(|(k, &id)| (format!("root {k}"), id)).collect();
        println!("{}", ir::print(&simple, &named));
    }
    check_plan(&simple, &simple_roots, &parameters, &environment, &after);
    if std::env::var_os("SHOW").is_some() {
        let named: Vec<(String, NodeId)> =
            simple_roots.iter().enumerate().map(|(k, &id)| (format!("root {k}"), id)).collect();
        println!("{}", ir::print(&simple, &named));
    }
}

/// The plan computes what the interpreter finds, in tiles of different sizes.
fn check_plan(
    graph: &Graph,
    roots: &[NodeId],
    parameters: &[usize],
    environment: &Environment,
    expected: &[Vec<f64>],
) {
    let gradients = parameters.iter().map(|&index| Purpose::Gradient(index));
    let purposes = std::iter::once(Purpose::Loss).chain(gradients);
    let roots: Vec<Root> =
        roots.iter().zip(purposes).map(|(&node, purpose)| Root { node, purpose }).collect();
    let mut plan = schedule::schedule(graph, &roots, &[]).expect("schedule");
    let layout = allocate::allocate(&mut plan);
    if std::env::var_os("SHOW").is_some() {
        println!("{}", chainrule_compiler::plan::text(&plan, &layout));
    }
    for tile in [2, ROWS as usize] {
        let found = execute(&plan, &layout, environment, tile);
        close(expected[0][0], found.loss.expect("a loss"), 1e-10, "the plan's loss");
        assert!(found.prediction.is_empty(), "the plan of a loss predicts");
        for (index, expected) in parameters.iter().zip(&expected[1..]) {
            for (expected, found) in expected.iter().zip(&found.gradients[index]) {
                close(*expected, *found, 1e-10, &format!("the plan's gradient {index}"));
            }
        }
    }
}

fn difference(
    graph: &Graph,
    loss: NodeId,
    environment: &Environment,
    index: usize,
    place: usize,
) -> f64 {
    // The cube root of the rounding of f64.
    const STEP: f64 = 6e-6;
    let at = |step: f64| {
        let mut moved = environment.clone();
        moved.leaves.get_mut(&Leaf::Argument(index)).expect("an argument")[place] += step;
        value(graph, loss, &moved)
    };
    (at(STEP) - at(-STEP)) / (2.0 * STEP)
}

fn value(graph: &Graph, root: NodeId, environment: &Environment) -> f64 {
    evaluate(graph, &[root], environment).expect("evaluate")[0][0]
}

fn close(expected: f64, found: f64, tolerance: f64, what: &str) {
    let scale = expected.abs().max(found.abs()).max(1e-3);
    assert!((expected - found).abs() <= tolerance * scale, "{what}: {found}, not {expected}");
}

/// Random values for the arguments.
pub fn environment(model: &Model, extents: &[(&str, u64)]) -> Environment {
    let randomness = Some(Randomness { seed: 5, step: 2 });
    let mut environment = Environment { randomness, ..Environment::default() };
    environment.extents.insert(Dim::Batch, ROWS);
    for (name, extent) in extents {
        environment.extents.insert(Dim::named(name), *extent);
    }
    let mut state = 0x9e37_79b9_u64;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1_u64 << 31) as f64 * 1.6 - 0.8
    };
    for (index, argument) in model.arguments.iter().enumerate() {
        let mut dims: Vec<Dim> = argument.shape.iter().map(|one| one.dim.clone()).collect();
        if argument.role.is_of_example() {
            dims.push(Dim::Batch);
        }
        let count = Polynomial::product(&dims)
            .evaluate(&|symbol| environment.extents.get(symbol).copied().unwrap_or(0));
        let values = match &argument.role {
            Role::Index(bound) => {
                let bound = environment.extent(bound);
                (0..count).map(|k| (k as usize * 7 % bound) as f64).collect()
            }
            _ => (0..count).map(|_| next()).collect(),
        };
        environment.leaves.insert(Leaf::Argument(index), values);
    }
    environment
}

/// The equations of a model as text.
pub fn equations(function: &str) -> String {
    let model = model(function);
    let mut errors = Errors::new();
    let compiled = pipeline::compile(&model, &mut errors);
    let compiled = errors.check(compiled).expect("the model has a meaning").expect("a plan");
    chainrule_compiler::document::Document::new(&compiled, "Model").expect("equations").equations()
}

/// Checks the gradient of the squared length of the gradient: loops differentiated twice.
pub fn check_twice(function: &str, extents: &[(&str, u64)]) {
    let model = model(function);
    let environment = environment(&model, extents);
    let mut errors = Errors::new();
    let program = lower::lower(&model, &mut errors);
    let program = errors.check(program).expect("the model has a meaning").expect("a program");
    let mut graph = program.graph.clone();
    let parameters = pipeline::parameters(&model);
    let leaves: Vec<NodeId> = parameters
        .iter()
        .map(|&index| {
            let shape = model.arguments[index].shape.iter().map(|extent| extent.dim.clone());
            graph.leaf(Leaf::Argument(index), shape.collect())
        })
        .collect();
    let first = differentiate::differentiate(&mut graph, program.loss(), &leaves).expect("once");
    let mut length = Access::scalar(graph.constant(0.0));
    for node in first.into_iter().flatten() {
        let scope = graph.shape(node).to_vec();
        let labels: Vec<u32> = (0..scope.len() as u32).collect();
        let whole = Access::whole(&graph, node);
        let square = construct::contract(&mut graph, &[whole.clone(), whole], &labels, &scope);
        length = construct::add(&mut graph, &length, &square, &[]);
    }
    let before = graph.clone();
    let second = differentiate::differentiate(&mut graph, length.node, &leaves).expect("twice");
    ir::verify(&graph).expect("after differentiating twice");
    let roots: Vec<NodeId> = second.iter().copied().flatten().collect();
    let (simple, simple_roots) = simplify::simplify(&graph, &roots).expect("simplify");
    let mut found = evaluate(&simple, &simple_roots, &environment).expect("evaluate").into_iter();
    for (&index, node) in parameters.iter().zip(&second) {
        let gradient = node.map(|_| found.next().expect("a value")).unwrap_or_default();
        for (place, &slope) in gradient.iter().enumerate() {
            let expected = difference(&before, length.node, &environment, index, place);
            close(expected, slope, 1e-5, &format!("second derivative {index} at {place}"));
        }
    }
}
