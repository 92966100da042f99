//! What must hold of every program: each stage keeps the values, derivatives are right, plans compute them.

use std::ops::Range;

use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::evaluate::{Environment, Randomness, evaluate};
use chainrule_compiler::ir::{self, Graph, Leaf, NodeId};
use chainrule_compiler::pipeline::{self, Compiled, Planned};
use chainrule_compiler::plan::Purpose;
use chainrule_compiler::tree::{Model, Role};
use chainrule_compiler::{differentiate, lower, rust_syntax, simplify, stabilize};

use super::differences;
use super::environment::environment;
use super::equations::check_equations;
use super::execute::{Results, execute};
use super::generate::Program;
use super::memory::check_memory;
use super::noise;
use super::random::Random;

/// Stages differ by the rounding of tens of operations; 1e-9 leaves room for cancellation of six digits.
const VALUES: f64 = 1e-9;
/// The relative change of reals that shows what rounding may do: tens of units in the last place, as intermediate values have.
const LAST_BITS: f64 = 4e-15;

/// What became of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All properties hold.
    Holds,
    /// The random values leave the domain, or are so near a jump that rounding decides.
    Skipped,
}

/// Checks everything; the error says what does not hold.
///
/// `derivatives` is the relative error of gradients against central differences.
pub fn check(program: &Program, seed: u64, derivatives: f64) -> Result<Outcome, String> {
    let model = parse(program)?;
    let mut errors = Errors::new();
    let lowered = lower::lower(&model, &mut errors);
    errors.check(()).map_err(|found| format!("lower: {found:#?}"))?;
    let lowered = lowered.ok_or("lower gives neither a program nor an error")?;
    ir::verify(&lowered.graph).map_err(|problem| format!("lower: {problem}"))?;
    let mut random = Random::seeded(seed ^ 0xe4a1);
    let rows = *random.choice(&[1, 2, 3, 5, 7]);
    let target = lowered.target.as_ref();
    let mut values = environment(program, &model, target, rows, &mut random);
    values.randomness = Some(Randomness { seed, step: rows });
    let roots: Vec<NodeId> =
        lowered.losses.iter().chain(&lowered.outputs).map(|one| one.node).collect();
    let expected = evaluate(&lowered.graph, &roots, &values)?;
    if !noise::is_well_conditioned(&lowered.graph, &roots, &values, &expected, &mut random)? {
        return Ok(Outcome::Skipped);
    }

    let (mut graph, stable) = stabilize::stabilize(&lowered.graph, &roots)?;
    ir::verify(&graph).map_err(|problem| format!("stabilize: {problem}"))?;
    let noise = noise::noise(&lowered.graph, &roots, &values, &expected, LAST_BITS, &mut random)?;
    let right = Right { values: expected, noise };
    right.check("stabilize", &evaluate(&graph, &stable, &values)?)?;

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
            lowered.loss(),
            &model,
            &values,
            &adjoints,
        );
    }
    let mut all = vec![stable[0]];
    all.extend(&known);
    let (simple, simple_roots) = simplify::simplify(&graph, &all)?;
    ir::verify(&simple).map_err(|problem| format!("simplify: {problem}"))?;
    let noise = noise::noise(&graph, &known, &values, &adjoints, LAST_BITS, &mut random)?;
    let simple_values = evaluate(&simple, &simple_roots, &values)?;
    right.part(0..1).check("simplify, loss", &simple_values[..1])?;
    let adjoints = Right { values: adjoints, noise };
    adjoints.check("simplify, gradients", &simple_values[1..])?;

    let full = Right {
        values: full_gradients(&gradients, &adjoints.values, &parameters, &values),
        noise: full_gradients(&gradients, &adjoints.noise, &parameters, &values),
    };
    let kept = differences::check(
        &lowered.graph,
        lowered.loss(),
        &parameters,
        &full.values,
        &values,
        derivatives,
        &mut random,
    )?;
    check_plans(&model, &right, &full, &values)?;
    if let Some(prediction) = lowered.outputs.first().map(|output| output.node) {
        check_prediction(&model, &lowered.graph, prediction, &values, &mut random)?;
    }
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
    right: &Right,
    gradients: &Right,
    values: &Environment,
) -> Result<(), String> {
    let compiled = compile(model)?;
    check_equations(&compiled, values)?;
    for tile in [1, 3, 16] {
        let planned = compiled.gradient();
        let mut results = execute(&planned.plan, &planned.layout, values, tile);
        let stage = format!("plan of the gradient, tiles of {tile}");
        right.part(0..1).check(&stage, &[loss_of(&results)])?;
        for (place, argument) in pipeline::parameters(model).iter().enumerate() {
            let right = gradients.part(place..place + 1);
            let unwritten = vec![0.0; right.values[0].len()];
            let found = results.gradients.remove(argument).unwrap_or(unwritten);
            right.check(&format!("{stage}, argument {argument}"), &[found])?;
        }
    }
    let run = |planned: &Planned| execute(&planned.plan, &planned.layout, values, 3);
    right.part(0..1).check("plan of the loss", &[loss_of(&run(compiled.loss()))])?;
    for planned in compiled.plans() {
        check_memory(std::iter::once(planned), values)?;
    }
    Ok(())
}

/// The plan of the prediction against the interpreter, which has no random numbers either.
fn check_prediction(
    model: &Model,
    graph: &Graph,
    prediction: NodeId,
    values: &Environment,
    random: &mut Random,
) -> Result<(), String> {
    let compiled = compile(model)?;
    let Some(predict) = compiled.predict() else { return Err("no prediction".into()) };
    let still = Environment { randomness: None, ..values.clone() };
    let expected = evaluate(graph, &[prediction], &still)?;
    if !noise::is_well_conditioned(graph, &[prediction], &still, &expected, random)? {
        return Ok(());
    }
    let noise = noise::noise(graph, &[prediction], &still, &expected, LAST_BITS, random)?;
    let found = execute(&predict.plan, &predict.layout, &still, 3).prediction;
    Right { values: expected, noise }.check("plan of the prediction", &[found])
}

/// The whole pipeline.
pub fn compile(model: &Model) -> Result<Compiled, String> {
    let mut errors = Errors::new();
    let compiled = pipeline::compile(model, &mut errors);
    errors.check(()).map_err(|found| format!("pipeline: {found:#?}"))?;
    let compiled = compiled.ok_or("the pipeline gives neither plans nor an error")?;
    let has_gradient = compiled.gradient().roots.iter().all(|root| match root.purpose {
        Purpose::Gradient(argument) => {
            matches!(model.arguments[argument].role, Role::Param(_))
        }
        Purpose::Loss
        | Purpose::Prediction
        | Purpose::Residual
        | Purpose::Columns(_)
        | Purpose::Entries(_)
        | Purpose::Block(..) => true,
    });
    if has_gradient { Ok(compiled) } else { Err("a gradient of what is not a parameter".into()) }
}

fn loss_of(results: &Results) -> Vec<f64> {
    results.loss.into_iter().collect()
}

/// Values that are right, and what rounding may do to each.
struct Right {
    values: Vec<Vec<f64>>,
    noise: Vec<Vec<f64>>,
}

impl Right {
    fn part(&self, range: Range<usize>) -> Right {
        Right { values: self.values[range.clone()].to_vec(), noise: self.noise[range].to_vec() }
    }

    /// Whether what a stage gives agrees.
    fn check(&self, stage: &str, found: &[Vec<f64>]) -> Result<(), String> {
        let expected = &self.values;
        if found.iter().map(Vec::len).ne(expected.iter().map(Vec::len)) {
            return Err(format!("{stage}: {found:?} has another shape than {expected:?}"));
        }
        let pairs = found.iter().flatten().zip(expected.iter().flatten());
        for ((x, y), noise) in pairs.zip(self.noise.iter().flatten()) {
            let agree = x == y || (x - y).abs() <= VALUES * x.abs().max(y.abs()) + noise;
            if !agree {
                return Err(format!("{stage}: {found:?} where {expected:?} is right"));
            }
        }
        Ok(())
    }
}
