//! Choices that guard what is not finite: nothing of the branch not taken leaks, neither as value nor as first or second derivative.

use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::differentiate::differentiate;
use chainrule_compiler::evaluate::evaluate;
use chainrule_compiler::ir::{Access, NodeId};
use chainrule_compiler::{construct, lower, pipeline};

use super::differences;
use super::environment::environment;
use super::generate::Program;
use super::properties::{Outcome, check, parse};
use super::random::Random;

/// Arguments and bodies. `max(x, 0)` is exactly 0 in about half of the examples.
const PROGRAMS: &[(&str, &str)] = &[
    (
        "x: Input, w: Param<3>",
        "let r = max(x, 0.0); sum(square(if r > 0.0 { (1.0/r)*w } else { w }))",
    ),
    (
        "x: Input, w: Param<3>",
        "let r = max(x, 0.0); sum(square(if r > 0.0 { (1.0/r)*w } else { 0.0 }))",
    ),
    ("x: Input<3>, w: Param<3>", "let r = max(x, 0.0); sum(w*if r > 0.0 { ln(r) } else { x*w })"),
    ("x: Input<3>, w: Param<3>", "let r = max(x*w, 0.0); sum(if r > 0.0 { sqrt(r)*w } else { w })"),
    (
        "x: Input, w: Param<3>, v: Param<3, 2>",
        "let r = max(x, 0.0); sum(square(if r > 0.0 { ((1.0/r)*w).dot(v) } else { 1.0 }))",
    ),
    (
        "x: Input, w: Param<3>, v: Param<3, 2>",
        "let r = max(x, 0.0); sum(square(if r > 0.0 { tanh(ln(r)*w).dot(v) } else { 1.0 }))",
    ),
    (
        "x: Input<3>, w: Param<3, 2>",
        "let r = max(x, 0.0); sum(square(if min(r) > 0.0 { (1.0/r).dot(w) } else { 1.0 }))",
    ),
    (
        "x: Input<3>, w: Param<3, 2>, v: Data<2>",
        "let r = max(x + 1.0, 0.0); sum(square(if min(r)*square(v) > 0.0 { (1.0/r).dot(w) } else { 1.0 }))",
    ),
    (
        "x: Input<3>, w: Param<3, 2>, u: Param<2, 2>, v: Data<2>",
        "let r = max(x + 1.0, 0.0); sum(square(if min(r)*square(v) > 0.0 { (1.0/r).dot(w).dot(u) } else { 1.0 }))",
    ),
    (
        "x: Input, y: Input, w: Param<3>",
        "let r = max(x, 0.0); let s = max(y, 0.0); sum(square(if r > 0.0 { if s > 0.0 { (1.0/r/s)*w } else { (1.0/r)*w } } else { w }))",
    ),
    (
        "x: Input, w: Param<3>, v: Param<3>",
        "let r = max(x, 0.0); let z = (1.0/r)*w; sum(if r > 0.0 { z*v } else { v }) + sum(if r > 0.0 { square(z) } else { 0.0 })",
    ),
    (
        "x: Input, y: Input, w: Param<3>, v: Param<3>",
        "let r = max(x, 0.0); let z = (1.0/r)*w; sum(if r > 0.0 { z*v } else { v }) + sum(if r > 0.0 && y > 0.0 { square(z) } else { 0.0 })",
    ),
    (
        "x: Input, w: Param<3>, v: Param<3, 2>",
        "let r = max(x, 0.0); sum(if r > 0.0 { relu((1.0/r)*w).dot(v) } else { 1.0 })",
    ),
    (
        "x: Input<3>, w: Param<3, 2>",
        "let r = max(x + 1.0, 0.0); let s = sum(square(r)); sum(if min(r) > 0.0 { softmax(r/sqrt(s)).dot(w) } else { 1.0 })",
    ),
    (
        "x: Input, w: Param",
        "let z = 1000.0*x*w; if z > 0.0 { exp(-z)/(1.0 + exp(-z)) } else { exp(z)/(1.0 + exp(z)) }",
    ),
    ("x: Input, w: Param<2>", "let z = 1000.0*x; sum(if z < 1.0 { exp(z)*w } else { w*w })"),
    (
        "x: Input, w: Param<2>, v: Param<2, 2>",
        "let z = 1000.0*x; sum(if z < 1.0 { (exp(z)*w).dot(v) } else { w*w })",
    ),
    (
        "x: Input<3>, w: Param<3>",
        "sum(if !(x <= 0.0 || x >= 1.0) { asin(x)*w } else { powf(x*x, w) })",
    ),
    ("x: Input, w: Param, a: Param", "if x < -0.5 { -a } else if x < 0.5 { a*w } else { w*w*x }"),
    (
        "x: Input, w: Param<2, 2>",
        "let r = max(x, 0.0); let m = r*(w.dot(transpose(w)) + eye(2)); if r > 0.0 { logdet(m) + sum(inverse(m)) } else { sum(w*w) }",
    ),
    (
        "x: Input, w: Param<2>",
        "let r = max(x, 0.0); let mut h = w; for t in 0..3 { h = if r > 0.0 { tanh(h)/r } else { h*h }; } sum(h)",
    ),
    // Loops under a condition: what their steps do in the branch not taken is not finite.
    (
        "x: Input, w: Param",
        "let r = max(x, 0.0); let mut h = w; for t in 0..3 { h = tanh(h)/r; } if r > 0.0 { h } else { w }",
    ),
    (
        "x: Input<3>, w: Param<3>",
        "let mut h = exp(0.2*w); for t in 0..4 { h = 0.5*(h + x*w/h); } sum(select(x*w > 0.05, h, w))",
    ),
    (
        "x: Input<3>, w: Param<3>",
        "let mut h = sqrt(x)*w; for t in 0..3 { h = sin(h) + sqrt(x); } sum(select(x > 0.0, h, w))",
    ),
    (
        "x: Input, w: Param<3>, u: Param<3, 3>",
        "let r = max(x, 0.0); let mut h = w; for t in 0..3 { h = tanh(h.dot(u)/r); } sum(if r > 0.0 { h*w } else { w*w })",
    ),
    (
        "x: Input, w: Param<3>, u: Param<3, 3>",
        "let r = max(x, 0.0); let mut h = ln(r)*w; for t in 0..3 { h = tanh(h.dot(u) + w/r); } sum(if r > 0.0 { h } else { w })",
    ),
    (
        "x: Input<4>, w: Param<3>, u: Param<3, 3>",
        "let mut h = w; let all = for t in 0..4 { h = tanh(h.dot(u)/max(x[t], 0.0)); h*w };
        let open = min(max(x, 0.0)); if open > 0.0 { sum(all*all) } else { sum(w) }",
    ),
    (
        "x: Input<4>, w: Param",
        "let mut s = w; let all = for t in 0..4 { s = s + w*ln(x[t] + 1.2 - 0.9*t); s*w };
        let mut good = 1.0; let mask = for t in 0..4 { good = select(x[t] + 1.2 - 0.9*t > 0.0, good, 0.0); good };
        sum(select(mask > 0.5, all, w))",
    ),
    (
        "x: Input, y: Input, w: Param<2>",
        "let r = max(x, 0.0); let s = max(y, 0.0); let mut h = w; for t in 0..3 { h = sin(h)/r; }
        let mut k = h; for t in 0..2 { k = cos(k)/s; }
        sum(if r > 0.0 { if s > 0.0 { k*w } else { h } } else { w })",
    ),
    (
        "x: Input<3>, y: Input, w: Param<2>",
        "let mut h = w; for t in 0..3 { let mut k = h*y; for s in 0..2 { k = cos(k)/max(x[t], 0.0); } h = if x[t] > 0.0 { k + h } else { h*w }; }
        sum(h*h)",
    ),
    (
        "x: Input, w: Param",
        "let z = 900.0*x; let mut h = z*w; for t in 0..6 { h = h*h; } if z*w < 1.0 && z*w > -1.0 { h } else { w*x }",
    ),
    (
        "x: Input, w: Param",
        "let mut h = 40.0*x*w; for t in 0..9 { h = h*h + x; } if h < 1000.0 { h } else { w*x }",
    ),
    (
        "x: Input, w: Param, v: Param",
        "let mut a = w; let mut b = v; for t in 0..3 { let c = b/max(x, 0.0); b = sin(a); a = c; } if x > 0.0 { a*b } else { w*v }",
    ),
    (
        "x: Input, w: Param, v: Param",
        "let mut a = w; let mut b = v; for t in 0..3 { let c = sqrt(x)*a + b; b = sin(b*w); a = c; } b + if x > 0.0 { a*b } else { w*v }",
    ),
    (
        "x: Input<3>, w: Param<3>, v: Param<3, 2>",
        "let mut h = x; for t in 0..2 { h = ln(h + w*w*t); } let good = min(x) > 0.0 && min(ln(x)+ w*w) > 0.0; sum(if good { h.dot(v) } else { 1.0 })",
    ),
    (
        "x: Data<4>, w: Param<4>, v: Param",
        "let mut h = w; for t in 0..3 { h = sqrt(h*x)*v*v + w*w; } let good = x > 0.0 && w > 0.0; sum(select(good, h, w*v))",
    ),
    (
        "x: Input, w: Param<3, 2>, v: Param<3>",
        "let s = 1.0/w; sum(if x > 0.0 { tanh(x*v).dot(s) } else { 1.0 })",
    ),
    (
        "x: Input<3>, w: Param<3, 3>",
        "let mut h = x; #[checkpoint(every = 2)] for t in 0..5 { h = sqrt(h.dot(w*w)*x[0]); } sum(if x[0] > 0.0 && min(x.dot(w*w)) > 0.0 { h } else { x*w[0] })",
    ),
];

/// Seeds tried for each program; some values lie near a jump, or in the wrong branch for most examples.
const SEEDS: u64 = 8;

#[test]
fn nothing_leaks_from_the_branch_not_taken() {
    let mut wrong = Vec::new();
    for (arguments, body) in PROGRAMS {
        let program = Program {
            attribute: String::new(),
            item: format!("fn choice({arguments}) -> Loss {{ {body} }}"),
            extents: Vec::new(),
        };
        let outcomes: Vec<Result<Outcome, String>> = (0..SEEDS)
            .map(|seed| {
                second_derivatives(&program, seed)?;
                check(&program, seed, 1e-6)
            })
            .collect();
        let held = outcomes.iter().filter(|one| **one == Ok(Outcome::Holds)).count();
        let problem = outcomes.into_iter().find_map(Result::err);
        if problem.is_some() || held * 3 < SEEDS as usize {
            wrong.push(format!("{} holds for {held}: {problem:?}", program.item));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The gradient of `Σ g²`, where `g` are all derivatives of the loss, against differences.
fn second_derivatives(program: &Program, seed: u64) -> Result<(), String> {
    let model = parse(program)?;
    let mut errors = Errors::new();
    let lowered = lower::lower(&model, &mut errors).ok_or("it does not lower")?;
    let mut random = Random::seeded(seed);
    let values = environment(program, &model, None, 5, &mut random);
    let mut graph = lowered.graph.clone();
    let parameters = pipeline::parameters(&model);
    let leaves: Vec<NodeId> = parameters.iter().map(|&index| lowered.arguments[index]).collect();
    let gradients = differentiate(&mut graph, lowered.loss(), &leaves)?;
    let zero = Access::scalar(graph.constant(0.0));
    let norm = gradients.iter().flatten().fold(zero, |sum, &gradient| {
        let shape = graph.shape(gradient).to_vec();
        let whole = Access::whole(&graph, gradient);
        let labels = whole.axes.clone();
        let square = construct::contract(&mut graph, &[whole.clone(), whole], &labels, &shape);
        construct::add(&mut graph, &sum, &square, &[])
    });
    let second = differentiate(&mut graph, norm.node, &leaves)?;
    let roots: Vec<NodeId> = second.iter().flatten().copied().collect();
    let mut found = evaluate(&graph, &roots, &values)?.into_iter();
    let full: Vec<Vec<f64>> = second
        .iter()
        .zip(&leaves)
        .map(|(one, &leaf)| match one {
            Some(_) => found.next().unwrap_or_default(),
            None => vec![0.0; graph.shape(leaf).iter().map(|dim| values.extent(dim)).product()],
        })
        .collect();
    differences::check(&graph, norm.node, &parameters, &full, &values, 1e-5, &mut random)
        .map_err(|problem| format!("second derivatives: {problem}"))?;
    if full.iter().flatten().all(|number| number.is_finite()) {
        return Ok(());
    }
    Err(format!("second derivatives: {full:?}"))
}
