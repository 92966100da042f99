//! Functions of matrices: values against known ones, first and second derivatives against central differences.

use std::collections::BTreeMap;

use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::evaluate::{Environment, evaluate};
use chainrule_compiler::ir::{self, Access, Dim, Graph, Label, Leaf, NodeId};
use chainrule_compiler::tree::{Model, Role};
use chainrule_compiler::{construct, differentiate, lower, pipeline, rust_syntax, simplify};

/// Extrapolated central differences with steps of 1e-3 of well-conditioned functions.
const DERIVATIVES: f64 = 1e-7;
/// The number of examples.
const ROWS: usize = 2;

/// A matrix that is far from singular for all arguments between −1 and 1: `2·1 + 0.3·(x + p)`, and its symmetric relatives.
const ARGUMENTS: &str = "one: Data<3, 3>, x: Input<3, 3>, p: Param<3, 3>, v: Input<3>, q: Param<3>, r: Param<3, 2>, s: Param<2, 3, 3>, ones: Data<2, 3, 3>";

/// Names of tests with bodies.
const PROGRAMS: &[(&str, &str)] = &[
    ("cholesky", "let l = cholesky(2*one + 0.3*(x + p)); sum(l*l*l + l)"),
    ("cholesky_of_parameters", "let l = cholesky(2*one + 0.3*p); sum(l*l*l*x)"),
    ("solve_vector", "let y = solve(2*one + 0.3*(x + p), v + q); sum(y*y*y)"),
    ("solve_matrix", "let y = solve(2*one + 0.3*(x + p), r); sum(y*y*y)"),
    ("solve_shared", "let y = solve(2*one + 0.3*p, v + q); sum(y*y*y)"),
    (
        "solve_transposed",
        "let a = 2*one + 0.3*(x + p); let y = solve(transpose(a), v + q); sum(y*y*y) + sum(solve(a, y))",
    ),
    ("solve_constant", "let y = solve(2*one + 0.3*(x + p), 0*v + 1); sum(y*y*y)"),
    ("solve_lower", "let y = solve_lower(2*one + 0.3*(x + p), v + q); sum(y*y*y)"),
    ("solve_lower_shared", "let y = solve_lower(2*one + 0.3*p, v); sum(y*y*y)"),
    ("solve_lower_matrix", "let y = solve_lower(transpose(2*one + 0.3*(x + p)), r); sum(y*y*y)"),
    ("solve_upper", "let y = solve_upper(2*one + 0.3*(x + p), v + q); sum(y*y*y)"),
    ("solve_upper_matrix", "let y = solve_upper(2*one + 0.3*p, r); sum(y*y*y) + sum(x)*sum(y)"),
    ("inverse", "let y = inverse(2*one + 0.3*(x + p)); sum(y*y*y)"),
    ("inverse_transposed", "let y = inverse(transpose(2*one + 0.3*(x + p))); sum(y*y*y*x)"),
    ("det", "let y = det(2*one + 0.3*(x + p)); y*y"),
    ("det_of_parameters", "let y = det(2*one + 0.3*p); y*sum(x)*y"),
    ("logdet", "let y = logdet(2*one + 0.3*(x + p)); y*y"),
    ("log_abs_det", "let y = log_abs_det(0.3*(x + p) - 2*one); y*y"),
    ("cofactors", "let y = cofactors(2*one + 0.3*(x + p)); sum(y*y*y)"),
    ("stack_of_matrices", "let y = inverse(2*ones + 0.3*s + 0*sum(x)); sum(y*y*y)"),
    ("stack_of_equations", "let y = solve(2*ones + 0.3*s, ones + s); sum(y*y*y*x)"),
    ("stack_of_logarithms", "let y = logdet(2*ones + 0.3*s + 0.1*x); sum(y*y)"),
];

struct Case {
    model: Model,
    graph: Graph,
    loss: NodeId,
}

fn case(body: &str) -> Case {
    let text = |text: String| text.parse().expect("the text is Rust");
    let item = text(format!("fn program({ARGUMENTS}) -> Loss {{ {body} }}"));
    let parsed = rust_syntax::parse(text(String::new()), item);
    let model = parsed.errors.check(parsed.model).expect("it parses").expect("a model");
    let mut errors = Errors::new();
    let program = lower::lower(&model, &mut errors);
    let program = errors.check(program).unwrap_or_else(|found| panic!("{body}: {found:#?}"));
    let program = program.expect("a program");
    let loss = program.loss();
    Case { model, graph: program.graph, loss }
}

/// Numbers between −1 and 1 from a short congruential generator; unit matrices for the data.
fn environment(model: &Model) -> Environment {
    let mut state: u64 = 12345;
    let mut environment = Environment::default();
    environment.extents.insert(Dim::Batch, ROWS as u64);
    for (index, argument) in model.arguments.iter().enumerate() {
        let count = Dim::from_polynomial(&ir::Polynomial::product(
            argument.shape.iter().map(|extent| &extent.dim),
        ));
        let Some(Dim::Fixed(count)) = count else { panic!("numbers") };
        let rows = if argument.role == Role::Input { ROWS } else { 1 };
        let values = (0..count as usize * rows).map(|place| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
            match argument.role {
                Role::Data => f64::from(u8::from(place % 9 % 4 == 0)),
                _ => (state >> 33) as f64 / f64::from(1_u32 << 30) - 1.0,
            }
        });
        environment.leaves.insert(Leaf::Argument(index), values.collect());
    }
    environment
}

/// The sum of all gradients, each times fixed weights.
fn weighted_gradient(graph: &mut Graph, model: &Model, loss: NodeId) -> NodeId {
    let leaves = leaves(graph, model);
    let gradients = differentiate::differentiate(graph, loss, &leaves).expect("derivatives");
    let mut sum = Access::scalar(graph.constant(0.0));
    for gradient in gradients.into_iter().flatten() {
        let shape = graph.shape(gradient).to_vec();
        let labels: Vec<Label> = (0..shape.len() as Label).collect();
        let mut factors = vec![Access::whole(graph, gradient)];
        for &label in &labels {
            let counter = construct::counter(graph, label, &shape);
            let weight = Access::scalar(graph.constant(0.7 - 0.2 * f64::from(label)));
            let add = chainrule_compiler::functions::scalar::ADD;
            factors.push(construct::map(graph, add, &[counter, weight], &shape));
        }
        let term = construct::contract(graph, &factors, &labels, &shape);
        sum = construct::add(graph, &sum, &term, &[]);
    }
    sum.node
}

fn leaves(graph: &mut Graph, model: &Model) -> Vec<NodeId> {
    let shape = |index: usize| -> Vec<Dim> {
        model.arguments[index].shape.iter().map(|extent| extent.dim.clone()).collect()
    };
    let parameters = pipeline::parameters(model);
    parameters.iter().map(|&index| graph.leaf(Leaf::Argument(index), shape(index))).collect()
}

fn value(graph: &Graph, root: NodeId, environment: &Environment) -> f64 {
    evaluate(graph, &[root], environment).expect("values")[0][0]
}

/// All gradients of `root`, simplified, against differences of its values.
fn check(name: &str, model: &Model, graph: &mut Graph, root: NodeId, environment: &Environment) {
    let leaves = leaves(graph, model);
    let gradients = differentiate::differentiate(graph, root, &leaves).expect("derivatives");
    let roots: Vec<NodeId> = gradients.iter().flatten().copied().collect();
    ir::verify(graph).unwrap_or_else(|problem| panic!("{name}: {problem}"));
    let right = evaluate(graph, &roots, environment).expect("values");
    let (simple, simple_roots) = simplify::simplify(graph, &roots).expect("simple");
    ir::verify(&simple).unwrap_or_else(|problem| panic!("{name}: {problem}"));
    let found = evaluate(&simple, &simple_roots, environment).expect("values");
    let arguments = pipeline::parameters(model);
    let present = arguments.iter().zip(&gradients).filter(|(_, gradient)| gradient.is_some());
    let mut moved = environment.clone();
    let mut differences: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (&argument, _) in present.clone() {
        let leaf = Leaf::Argument(argument);
        for place in 0..environment.leaves[&leaf].len() {
            let middle = environment.leaves[&leaf][place];
            let mut slope = |step: f64| {
                let mut at = |x: f64| {
                    moved.leaves.get_mut(&leaf).expect("a leaf")[place] = x;
                    value(graph, root, &moved)
                };
                (at(middle + step) - at(middle - step)) / (2.0 * step)
            };
            let (near, far) = (slope(1e-3), slope(2e-3));
            differences.entry(argument).or_default().push(near + (near - far) / 3.0);
            moved.leaves.get_mut(&leaf).expect("a leaf")[place] = middle;
        }
    }
    for ((&argument, _), (right, found)) in present.zip(right.iter().zip(&found)) {
        let differences = &differences[&argument];
        let largest = differences.iter().fold(1e-3, |most: f64, slope| most.max(slope.abs()));
        for (place, ((right, found), slope)) in right.iter().zip(found).zip(differences).enumerate()
        {
            let close = (right - slope).abs() <= DERIVATIVES * largest;
            assert!(
                close,
                "{name}, argument {argument}, place {place}: {right}, differences {slope}"
            );
            let same = (right - found).abs() <= 1e-10 * largest;
            assert!(
                same,
                "{name}, argument {argument}, place {place}: {right}, simplified {found}"
            );
        }
    }
}

#[test]
fn first_derivatives_are_those_of_differences() {
    for (name, body) in PROGRAMS {
        let Case { model, mut graph, loss } = case(body);
        ir::verify(&graph).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        let environment = environment(&model);
        check(name, &model, &mut graph, loss, &environment);
    }
}

#[test]
fn second_derivatives_are_those_of_differences() {
    for (name, body) in PROGRAMS {
        let Case { model, mut graph, loss } = case(body);
        let environment = environment(&model);
        let slope = weighted_gradient(&mut graph, &model, loss);
        check(name, &model, &mut graph, slope, &environment);
    }
}
