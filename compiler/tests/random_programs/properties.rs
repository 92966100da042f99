//! What must hold of every program: each stage keeps the values, derivatives are right, plans compute them.

use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::evaluate::{Environment, evaluate};
use chainrule_compiler::ir::{self, Graph, Leaf, NodeId};
use chainrule_compiler::pipeline::{self, Compiled, Planned};
use chainrule_compiler::schedule::Purpose;
use chainrule_compiler::tree::{Model, Role};
use chainrule_compiler::{differentiate, lower, rust_syntax, simplify, stabilize};

use super::differences;
use super::environment::environment;
use super::execute::{Results, execute};
use super::generate::Program;
use super::memory::check_memory;
use super::random::Random;

/// Stages differ by the rounding of tens of operations; 1e-9 leaves room for cancellation of six digits.
const VALUES: f64 = 1e-9;
/// Central differences with steps of 1e-4, extrapolated, are good to about 1e-9 of the loss.
const DERIVATIVES: f64 = 1e-6;

/// A gradient below this is the rounding of larger numbers that cancel; a thousandth of it is what 1e-9 is taken of.
const SMALL: f64 = 0.1;

/// What became of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All properties hold.
    Holds,
    /// The random values leave the domain, or are so near a jump that rounding decides.
    Skipped,
}

/// Checks everything; the error says what does not hold.
pub fn check(program: &Program, seed: u64) -> Result<Outcome, String> {
    let model = parse(program)?;
    let mut errors = Errors::new();
    let lowered = lower::lower(&model, &mut errors);
    errors.check(()).map_err(|found| format!("lower: {found:#?}"))?;
    let lowered = lowered.ok_or("lower gives neither a program nor an error")?;
    ir::verify(&lowered.graph).map_err(|problem| format!("lower: {problem}"))?;
    let mut random = Random::seeded(seed ^ 0xe4a1);
    let rows = *random.choice(&[1, 2, 3, 5, 7]);
    let target = lowered.target.as_ref();
    let values = environment(program, &model, target, rows, &mut random);
    let roots: Vec<NodeId> = std::iter::once(lowered.loss).chain(lowered.prediction).collect();
    let expected = evaluate(&lowered.graph, &roots, &values)?;
    if !differences::is_well_conditioned(&lowered.graph, &roots, &values, &expected, &mut random)? {
        return Ok(Outcome::Skipped);
    }

    let (mut graph, stable) = stabilize::stabilize(&lowered.graph, &roots)?;
    ir::verify(&graph).map_err(|problem| format!("stabilize: {problem}"))?;
    close("stabilize", &evaluate(&graph, &stable, &values)?, &expected, VALUES)?;

    let parameters = pipeline::parameters(&model);
    let leaves: Vec<NodeId> = parameters
        .iter()
        .map(|&index| {
            let shape = model.arguments[index].shape.iter().map(|one| one.dim.clone()).collect();
            graph.leaf(Leaf::Argument(index), shape)
        })
        .collect();
    let gradients = differentiate::differentiate(&mut graph, stable[0], &leaves)?;
    ir::verify(&graph).map_err(|problem| format!("differentiate: {problem}"))?;
    let known: Vec<NodeId> = gradients.iter().flatten().copied().collect();
    let adjoints = evaluate(&graph, &known, &values)?;
    if adjoints.iter().flatten().any(|number| !number.is_finite()) {
        return finite_where_differences_are(
            &lowered.graph,
            lowered.loss,
            &model,
            &values,
            &adjoints,
        );
    }
    let mut all = vec![stable[0]];
    all.extend(&known);
    let (simple, simple_roots) = simplify::simplify(&graph, &all)?;
    ir::verify(&simple).map_err(|problem| format!("simplify: {problem}"))?;
    let simple_values = evaluate(&simple, &simple_roots, &values)?;
    close("simplify, loss", &simple_values[..1], &expected[..1], VALUES)?;
    close("simplify, gradients", &simple_values[1..], &adjoints, VALUES)?;

    let full = full_gradients(&gradients, &adjoints, &parameters, &values);
    let kept = differences::check(
        &lowered.graph,
        lowered.loss,
        &parameters,
        &full,
        &values,
        DERIVATIVES,
        &mut random,
    )?;
    check_plans(&model, &expected, &full, &values)?;
    Ok(if kept { Outcome::Holds } else { Outcome::Skipped })
}

/// The model a program's text means.
pub fn parse(program: &Program) -> Result<Model, String> {
    let tokens =
        |text: &str| text.parse().map_err(|problem| format!("the text is not Rust: {problem}"));
    let parsed = rust_syntax::parse(tokens(&program.attribute)?, tokens(&program.item)?);
    let model = parsed.model;
    parsed.errors.check(()).map_err(|found| format!("parse: {found:#?}"))?;
    model.ok_or_else(|| "parse gives neither a model nor an error".into())
}

/// One gradient per parameter; zeros where there is no way from the parameter to the loss.
fn full_gradients(
    gradients: &[Option<NodeId>],
    adjoints: &[Vec<f64>],
    parameters: &[usize],
    values: &Environment,
) -> Vec<Vec<f64>> {
    let mut known = adjoints.iter();
    gradients
        .iter()
        .zip(parameters)
        .map(|(gradient, &index)| match gradient {
            Some(_) => known.next().cloned().unwrap_or_default(),
            None => vec![0.0; values.leaves[&Leaf::Argument(index)].len()],
        })
        .collect()
}

/// An infinite or NaN derivative is right only where the differences are no numbers either, or grow without bound.
fn finite_where_differences_are(
    graph: &Graph,
    loss: NodeId,
    model: &Model,
    values: &Environment,
    adjoints: &[Vec<f64>],
) -> Result<Outcome, String> {
    let parameters = pipeline::parameters(model);
    if differences::are_finite(graph, loss, &parameters, values)? {
        return Err(format!("a derivative is not finite: {adjoints:?}"));
    }
    Ok(Outcome::Skipped)
}

/// All plans of the pipeline against the values of the interpreter.
fn check_plans(
    model: &Model,
    expected: &[Vec<f64>],
    gradients: &[Vec<f64>],
    values: &Environment,
) -> Result<(), String> {
    let compiled = compile(model)?;
    for tile in [1, 3, 16] {
        let run = |planned: &Planned| execute(&planned.plan, &planned.layout, values, tile);
        let with_gradient = run(&compiled.gradient);
        let stage = format!("plan of the gradient, tiles of {tile}");
        close(&stage, &[loss_of(&with_gradient)], &expected[..1], VALUES)?;
        let parameters = pipeline::parameters(model);
        for (argument, gradient) in parameters.iter().zip(gradients) {
            let found = match with_gradient.gradients.get(argument) {
                Some(found) => found.clone(),
                None => vec![0.0; gradient.len()],
            };
            close(
                &format!("{stage}, argument {argument}"),
                &[found],
                std::slice::from_ref(gradient),
                VALUES,
            )?;
        }
    }
    let run = |planned: &Planned| execute(&planned.plan, &planned.layout, values, 3);
    close("plan of the loss", &[loss_of(&run(&compiled.loss))], &expected[..1], VALUES)?;
    if let Some(predict) = &compiled.predict {
        close("plan of the prediction", &[run(predict).prediction], &expected[1..], VALUES)?;
    }
    for planned in [Some(&compiled.gradient), Some(&compiled.loss), compiled.predict.as_ref()] {
        check_memory(planned.into_iter(), values)?;
    }
    Ok(())
}

/// The whole pipeline.
pub fn compile(model: &Model) -> Result<Compiled, String> {
    let mut errors = Errors::new();
    let compiled = pipeline::compile(model, &mut errors);
    errors.check(()).map_err(|found| format!("pipeline: {found:#?}"))?;
    let compiled = compiled.ok_or("the pipeline gives neither plans nor an error")?;
    let has_gradient = compiled.gradient.roots.iter().all(|root| match root.purpose {
        Purpose::Gradient(argument) => {
            matches!(model.arguments[argument].role, Role::Param(_))
        }
        Purpose::Loss | Purpose::Prediction => true,
    });
    if has_gradient { Ok(compiled) } else { Err("a gradient of what is not a parameter".into()) }
}

fn loss_of(results: &Results) -> Vec<f64> {
    results.loss.into_iter().collect()
}

/// Whether all numbers agree, relative to the larger of both and, for small ones among large ones, to a thousandth of the largest.
fn close(
    stage: &str,
    found: &[Vec<f64>],
    expected: &[Vec<f64>],
    tolerance: f64,
) -> Result<(), String> {
    if found.iter().map(Vec::len).ne(expected.iter().map(Vec::len)) {
        return Err(format!("{stage}: {found:?} has another shape than {expected:?}"));
    }
    for (found, expected) in found.iter().zip(expected) {
        let largest = expected.iter().fold(SMALL, |most: f64, number| most.max(number.abs()));
        for (x, y) in found.iter().zip(expected) {
            let scale = x.abs().max(y.abs()).max(1e-3 * largest);
            let agree = x == y || (x - y).abs() <= tolerance * scale;
            if !agree {
                return Err(format!("{stage}: {found:?} where {expected:?} is right"));
            }
        }
    }
    Ok(())
}
