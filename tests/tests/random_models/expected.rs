//! What the interpreter makes of a random program: loss, gradient and prediction, with what rounding may do to them.

use std::collections::BTreeMap;

use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::evaluate::{Environment, evaluate};
use chainrule_compiler::ir::{Graph, Leaf, NodeId};
use chainrule_compiler::lower::{self, Target};
use chainrule_compiler::tree::{Model, Reduction, Role};
use chainrule_compiler::{differentiate, pipeline, rust_syntax, stabilize};

use super::environment::environment;
use super::generate::Program;
use super::noise;
use super::random::Random;

/// How exactly a scalar type computes.
#[derive(Clone, Copy)]
pub struct Precision {
    /// The relative error allowed.
    pub relative: f64,
    /// The relative change of the inputs that shows what rounding may do.
    pub last_bits: f64,
}

/// Values in rows.
pub struct Rows {
    values: Vec<f64>,
    /// Whether they are data, which all examples share.
    is_shared: bool,
}

impl Rows {
    /// The rows so many times; data once.
    pub fn repeated(&self, copies: usize) -> Vec<f64> {
        self.values.repeat(if self.is_shared { 1 } else { copies })
    }
}

/// What goes in and what should come out, each result with what rounding may do to it.
pub struct Expected {
    pub parameters: Vec<f64>,
    pub reals: BTreeMap<usize, Rows>,
    pub indices: BTreeMap<usize, Vec<f64>>,
    pub target: Vec<f64>,
    pub classes: Vec<f64>,
    /// Whether the loss of a batch is a sum.
    pub sums: bool,
    pub loss: (f64, f64),
    pub gradient: Vec<(f64, f64)>,
    pub prediction: Vec<(f64, f64)>,
}

/// A program on so many rows of values that `round` has been applied to; `None` where they are not fit for a comparison.
pub fn expected(
    program: &Program,
    seed: u64,
    rows: u64,
    precision: Precision,
    round: &dyn Fn(f64) -> f64,
) -> Result<Option<Expected>, String> {
    let model = parse(program)?;
    let mut errors = Errors::new();
    let lowered = lower::lower(&model, &mut errors);
    errors.check(()).map_err(|found| format!("{found:#?}"))?;
    let lowered = lowered.ok_or("the program has no meaning")?;
    let mut random = Random::seeded(seed ^ 0xb47c);
    let target = lowered.target.as_ref();
    let mut values = environment(program, &model, target, rows, &mut random);
    for number in values.leaves.values_mut().flatten() {
        *number = round(*number);
    }
    let roots: Vec<NodeId> =
        lowered.losses.iter().chain(&lowered.outputs).map(|one| one.node).collect();
    let (mut graph, mut results) = stabilize::stabilize(&lowered.graph, &roots)?;
    let gradients = gradients(&mut graph, &model, results[0])?;
    results.extend(gradients.iter().flatten());
    let right = evaluate(&graph, &results, &values)?;
    if !noise::is_well_conditioned(&graph, &results[..1], &values, &right[..1], &mut random)?
        || right.iter().flatten().any(|number| !number.is_finite())
    {
        return Ok(None);
    }
    let last_bits = precision.last_bits;
    let noise = noise::noise(&graph, &results, &values, &right, last_bits, &mut random)?;
    let mut pairs: Vec<Vec<(f64, f64)>> = right
        .into_iter()
        .zip(noise)
        .map(|(right, noise)| right.into_iter().zip(noise).collect())
        .collect();
    let known = pairs.split_off(roots.len());
    let prediction = pairs.get(1).map_or_else(Vec::new, |one| in_rows(one, rows as usize));
    Ok(Some(Expected {
        loss: pairs[0][0],
        gradient: full_gradient(&gradients, &known, &model, &values),
        prediction,
        sums: model.reduction == Reduction::Sum,
        ..inputs(&model, target, &values, rows as usize)
    }))
}

fn parse(program: &Program) -> Result<Model, String> {
    let tokens = |text: &str| text.parse().map_err(|_| "the program is not Rust");
    let parsed = rust_syntax::parse(tokens(&program.attribute)?, tokens(&program.item)?);
    let model = parsed.errors.check(parsed.model).map_err(|found| format!("{found:#?}"))?;
    model.ok_or_else(|| "the program is not a model".into())
}

fn gradients(
    graph: &mut Graph,
    model: &Model,
    loss: NodeId,
) -> Result<Vec<Option<NodeId>>, String> {
    let leaves: Vec<NodeId> = pipeline::parameters(model)
        .into_iter()
        .map(|index| {
            let shape = model.arguments[index].shape.iter().map(|one| one.dim.clone()).collect();
            graph.leaf(Leaf::Argument(index), shape)
        })
        .collect();
    differentiate::differentiate(graph, loss, &leaves)
}

/// The gradient for θ; zeros for parameters without influence.
fn full_gradient(
    gradients: &[Option<NodeId>],
    known: &[Vec<(f64, f64)>],
    model: &Model,
    values: &Environment,
) -> Vec<(f64, f64)> {
    let mut known = known.iter();
    let mut full = Vec::new();
    for (gradient, index) in gradients.iter().zip(pipeline::parameters(model)) {
        match gradient {
            Some(_) => full.extend(known.next().into_iter().flatten()),
            None => {
                full.resize(full.len() + values.leaves[&Leaf::Argument(index)].len(), (0.0, 0.0));
            }
        }
    }
    full
}

fn inputs(model: &Model, target: Option<&Target>, values: &Environment, rows: usize) -> Expected {
    let mut expected = Expected {
        parameters: Vec::new(),
        reals: BTreeMap::new(),
        indices: BTreeMap::new(),
        target: Vec::new(),
        classes: Vec::new(),
        sums: false,
        loss: (0.0, 0.0),
        gradient: Vec::new(),
        prediction: Vec::new(),
    };
    for (index, argument) in model.arguments.iter().enumerate() {
        let numbers = &values.leaves[&Leaf::Argument(index)];
        match argument.role {
            Role::Param(_) => expected.parameters.extend(numbers),
            Role::Index(_) => {
                expected.indices.insert(index, in_rows(numbers, rows));
            }
            Role::Data => {
                let rows = Rows { values: numbers.clone(), is_shared: true };
                expected.reals.insert(index, rows);
            }
            Role::Input => {
                let rows = Rows { values: in_rows(numbers, rows), is_shared: false };
                expected.reals.insert(index, rows);
            }
        }
    }
    match target {
        Some(Target::Values(_)) => expected.target = in_rows(&values.leaves[&Leaf::Target], rows),
        Some(Target::Class(..)) => expected.classes = in_rows(&values.leaves[&Leaf::Target], rows),
        None => {}
    }
    expected
}

/// From the example fastest to one example after the other.
fn in_rows<T: Copy>(values: &[T], rows: usize) -> Vec<T> {
    let width = values.len() / rows;
    (0..rows * width).map(|place| values[place % width * rows + place / width]).collect()
}
