//! Derivatives beyond the gradient: Hessians and Jacobians agree with their products, and those with central differences.

use std::collections::BTreeMap;

use chainrule_compiler::evaluate::{Environment, evaluate};
use chainrule_compiler::ir::{Dim, Leaf};
use chainrule_compiler::lower::Target;
use chainrule_compiler::pipeline::{self, Compiled, Planned};
use chainrule_compiler::plan::Purpose;
use chainrule_compiler::sensitivity::Quantity;
use chainrule_compiler::tree::Model;

use super::differences;
use super::environment::environment;
use super::execute::execute;
use super::generate::Program;
use super::noise;
use super::properties::{compile, parse};
use super::random::Random;

/// Two ways to one number differ by the rounding of hundreds of operations.
const VALUES: f64 = 1e-9;
/// The relative error against differences of what has been amplified once.
const DIFFERENCES: f64 = 1e-5;
/// The relative change of reals that shows what rounding may do.
const LAST_BITS: f64 = 4e-15;

const OF_LOSS: &str = "derivatives(hvp, hessian)";
const OF_ALL: &str = "derivatives(hvp, hessian, jacobian, jvp, vjp, gauss_newton)";

/// How many numbers have been compared with differences.
pub fn check(program: &Program, seed: u64) -> Result<usize, String> {
    let plain = compile(&parse(program)?)?;
    let has_residuals = match (plain.predict(), &plain.target) {
        (None, _) | (_, Some(Target::Class(..))) => false,
        (Some(_), None) => true,
        (Some(predict), Some(Target::Values(dims))) => {
            let shape = predict.graph.shape(predict.roots[0].node);
            shape.iter().filter(|dim| **dim != Dim::Batch).eq(dims)
        }
    };
    let wanted = if has_residuals { OF_ALL } else { OF_LOSS };
    let attribute = [program.attribute.as_str(), wanted].join(", ");
    let attribute = attribute.trim_start_matches(", ").to_owned();
    let model = parse(&Program { attribute, ..program.clone() })?;
    let compiled = compile(&model)?;
    let mut random = Random::seeded(seed ^ 0x2b0d);
    let rows = *random.choice(&[1, 2, 3]);
    let mut values = environment(program, &model, compiled.target.as_ref(), rows, &mut random);
    for argument in pipeline::parameters(&model) {
        let count = values.leaves[&Leaf::Argument(argument)].len();
        let direction = (0..count).map(|_| random.uniform(-1.0, 1.0)).collect();
        values.leaves.insert(Leaf::Direction(argument), direction);
    }
    let mut sample = Sample { compiled: &compiled, model: &model, values, random };
    let mut compared = sample.second()?;
    if has_residuals {
        compared += sample.first()?;
    }
    Ok(compared)
}

/// A program with values.
struct Sample<'a> {
    compiled: &'a Compiled,
    model: &'a Model,
    values: Environment,
    random: Random,
}

/// Results by their purpose, each with what rounding may do to it.
type Found = BTreeMap<Purpose, (Vec<f64>, Vec<f64>)>;

impl<'a> Sample<'a> {
    fn planned(&self, quantity: Quantity) -> Result<&'a Planned, String> {
        let mut all = self.compiled.sensitivities.iter();
        let found = all.find(|found| found.quantity == quantity).map(|found| &found.planned);
        found.ok_or_else(|| format!("{quantity:?} is not there"))
    }

    /// What a plan's graph gives and, after comparison with it, the plan; `None` where it is not fit for a comparison.
    fn found(&mut self, stage: &str, planned: &Planned) -> Result<Option<Found>, String> {
        let nodes: Vec<_> = planned.roots.iter().map(|root| root.node).collect();
        let (graph, values) = (&planned.graph, &self.values);
        let expected = evaluate(graph, &nodes, values)?;
        if !noise::is_well_conditioned(graph, &nodes, values, &expected, &mut self.random)? {
            return Ok(None);
        }
        let noise = noise::noise(graph, &nodes, values, &expected, LAST_BITS, &mut self.random)?;
        let results = execute(&planned.plan, &planned.layout, values, 2);
        for ((root, expected), noise) in planned.roots.iter().zip(&expected).zip(&noise) {
            let found = match root.purpose {
                Purpose::Loss => vec![results.loss.unwrap_or(f64::NAN)],
                Purpose::Gradient(argument) => results.gradients[&argument].clone(),
                Purpose::Prediction | Purpose::Residual => results.prediction.clone(),
                Purpose::Columns(argument) => results.columns[&argument].clone(),
                Purpose::Block(rows, columns) => results.blocks[&[rows, columns]].clone(),
                Purpose::Entries(_) => continue,
            };
            agree(&format!("plan of {stage}"), &found, expected, noise, VALUES)?;
        }
        let purposes = planned.roots.iter().map(|root| root.purpose);
        Ok(Some(purposes.zip(expected.into_iter().zip(noise)).collect()))
    }

    /// `H·v` of the Hessian, of the product, and of differences of the gradient.
    fn second(&mut self) -> Result<usize, String> {
        let compiled = self.compiled;
        let gradient = compiled.gradient();
        if self.found("the gradient", gradient)?.is_none() {
            return Ok(0);
        }
        let hessian = self.planned(Quantity::Hessian)?;
        let product = self.planned(Quantity::HessianVectorProduct)?;
        let hessian = self.found("the Hessian", hessian)?;
        let product = self.found("the product with the Hessian", product)?;
        let (Some(hessian), Some(product)) = (hessian, product) else { return Ok(0) };
        let mut compared = 0;
        for argument in pipeline::parameters(self.model) {
            let (expected, noise) = self.hessian_times_direction(&hessian, argument);
            let zero = (vec![0.0; expected.len()], vec![0.0; expected.len()]);
            let (found, more) = product.get(&Purpose::Gradient(argument)).unwrap_or(&zero);
            let noise: Vec<f64> = noise.iter().zip(more).map(|(a, b)| a + b).collect();
            let stage = format!("product with the Hessian, argument {argument}");
            agree(&stage, found, &expected, &noise, VALUES)?;
            let slopes = self.slopes(gradient, Purpose::Gradient(argument), found.len())?;
            compared += near(&stage, found, &noise, &slopes)?;
        }
        Ok(compared)
    }

    /// The rows of an argument of `H·v`, from the blocks above the diagonal.
    fn hessian_times_direction(&self, blocks: &Found, argument: usize) -> (Vec<f64>, Vec<f64>) {
        let count = self.values.leaves[&Leaf::Argument(argument)].len();
        let mut sums = (vec![0.0; count], vec![0.0; count]);
        for other in pipeline::parameters(self.model) {
            let direction = &self.values.leaves[&Leaf::Direction(other)];
            let purpose = Purpose::Block(argument.min(other), argument.max(other));
            let Some((block, noise)) = blocks.get(&purpose) else { continue };
            for row in 0..count {
                for (column, along) in direction.iter().enumerate() {
                    let at = if argument <= other {
                        row * direction.len() + column
                    } else {
                        column * count + row
                    };
                    sums.0[row] += block[at] * along;
                    sums.1[row] += noise[at] * along.abs();
                }
            }
        }
        sums
    }

    /// `J·v`, `Jᵀ·u`, `JᵀJ` of the Jacobian and of their own graphs, and `J·v` of differences of the residuals.
    fn first(&mut self) -> Result<usize, String> {
        let residuals = self.planned(Quantity::Residuals)?;
        let Some(found) = self.found("the residuals", residuals)? else { return Ok(0) };
        let residual = found[&Purpose::Residual].0.clone();
        let weights = residual.iter().map(|_| self.random.uniform(-1.0, 1.0)).collect();
        self.values.leaves.insert(Leaf::Weights, weights);
        let mut all = Vec::new();
        for (quantity, stage) in [
            (Quantity::Jacobian, "the Jacobian"),
            (Quantity::JacobianVectorProduct, "the product with the Jacobian"),
            (Quantity::VectorJacobianProduct, "the product of weights with the Jacobian"),
            (Quantity::NormalEquations, "the normal equations"),
        ] {
            let planned = self.planned(quantity)?;
            let Some(found) = self.found(stage, planned)? else { return Ok(0) };
            all.push(found);
        }
        let [jacobian, product, weighted, normal] = &all[..] else { return Ok(0) };
        let jacobian = Columns::of(jacobian, residual, self.model, &self.values);
        let (found, noise) = &product[&Purpose::Residual];
        let (expected, more) = jacobian.times_direction(&self.values);
        let noise: Vec<f64> = noise.iter().zip(more).map(|(a, b)| a + b).collect();
        agree("product with the Jacobian", found, &expected, &noise, VALUES)?;
        jacobian.check_weighted(weighted, &self.values)?;
        jacobian.check_normal(normal)?;
        let residuals = self.planned(Quantity::Residuals)?;
        let slopes = self.slopes(residuals, Purpose::Residual, found.len())?;
        near("product with the Jacobian", found, &noise, &slopes)
    }

    /// How the elements of a result change along the direction.
    fn slopes(&self, planned: &Planned, purpose: Purpose, count: usize) -> Result<Slopes, String> {
        let Some(root) = planned.roots.iter().find(|root| root.purpose == purpose) else {
            return Ok(vec![Some((0.0, 0.0)); count]);
        };
        let along = |step: f64| -> Result<Vec<f64>, String> {
            let mut moved = self.values.clone();
            for argument in pipeline::parameters(self.model) {
                let direction = &self.values.leaves[&Leaf::Direction(argument)];
                let numbers = moved.leaves.get_mut(&Leaf::Argument(argument));
                let numbers = numbers.ok_or("a parameter has no values")?;
                numbers.iter_mut().zip(direction).for_each(|(number, v)| *number += step * v);
            }
            Ok(evaluate(&planned.graph, &[root.node], &moved)?.remove(0))
        };
        let points: Vec<Vec<f64>> =
            differences::POINTS.into_iter().map(along).collect::<Result<_, _>>()?;
        let slope = |index: usize| differences::slope_through(|point| points[point][index]);
        Ok((0..count).map(slope).collect())
    }
}

/// Slopes with what rounding may do to them; none near kinks.
type Slopes = Vec<Option<(f64, f64)>>;

/// A Jacobian: for each parameter a block over the elements of a row, those of the parameter and the examples, with its noise.
struct Columns {
    residual: Vec<f64>,
    examples: usize,
    blocks: BTreeMap<usize, (Vec<f64>, Vec<f64>)>,
    counts: BTreeMap<usize, usize>,
}

impl Columns {
    fn of(found: &Found, residual: Vec<f64>, model: &Model, values: &Environment) -> Columns {
        let parameters = pipeline::parameters(model).into_iter();
        let count = |argument: usize| values.leaves[&Leaf::Argument(argument)].len();
        let counts: BTreeMap<usize, usize> =
            parameters.map(|argument| (argument, count(argument))).collect();
        let block =
            |argument: &usize| Some((*argument, found.get(&Purpose::Columns(*argument))?.clone()));
        let blocks = counts.keys().filter_map(block).collect();
        let examples = values.extent(&Dim::Batch);
        Columns { residual, examples, blocks, counts }
    }

    /// All elements of a block: the residual, the element of the parameter, the derivative and its noise.
    fn elements(&self, argument: usize) -> impl Iterator<Item = (usize, usize, f64, f64)> {
        let (count, examples) = (self.counts[&argument], self.examples);
        let block = self.blocks.get(&argument);
        let numbers = block.into_iter().flat_map(|(block, noise)| block.iter().zip(noise));
        numbers.enumerate().map(move |(at, (&derivative, &noise))| {
            let (output, inner) = (at / (count * examples), at % (count * examples));
            let (element, example) = (inner / examples, inner % examples);
            (output * examples + example, element, derivative, noise)
        })
    }

    fn times_direction(&self, values: &Environment) -> (Vec<f64>, Vec<f64>) {
        let mut sums = (vec![0.0; self.residual.len()], vec![0.0; self.residual.len()]);
        for &argument in self.counts.keys() {
            let direction = &values.leaves[&Leaf::Direction(argument)];
            for (row, element, derivative, noise) in self.elements(argument) {
                sums.0[row] += derivative * direction[element];
                sums.1[row] += noise * direction[element].abs();
            }
        }
        sums
    }

    /// `Jᵀ·u` for one parameter.
    fn transposed_times(&self, argument: usize, weights: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let count = self.counts[&argument];
        let mut sums = (vec![0.0; count], vec![0.0; count]);
        for (row, element, derivative, noise) in self.elements(argument) {
            sums.0[element] += derivative * weights[row];
            sums.1[element] += noise * weights[row].abs();
        }
        sums
    }

    fn check_weighted(&self, found: &Found, values: &Environment) -> Result<(), String> {
        let weights = &values.leaves[&Leaf::Weights];
        for &argument in self.counts.keys() {
            let expected = self.transposed_times(argument, weights);
            agree_with("product of weights with the Jacobian", found, argument, &expected)?;
        }
        Ok(())
    }

    /// `rᵀr`, `Jᵀr` and `JᵀJ`.
    fn check_normal(&self, found: &Found) -> Result<(), String> {
        let square = self.residual.iter().map(|r| r * r).sum();
        let (loss, noise) = &found[&Purpose::Loss];
        agree("rᵀr", loss, &[square], noise, VALUES)?;
        for &argument in self.counts.keys() {
            let expected = self.transposed_times(argument, &self.residual);
            agree_with("Jᵀr", found, argument, &expected)?;
            for (&other, &width) in self.counts.range(argument..) {
                let Some((block, noise)) = found.get(&Purpose::Block(argument, other)) else {
                    continue;
                };
                let mut sums = (vec![0.0; block.len()], noise.clone());
                for column in 0..width {
                    let mut weights = vec![0.0; self.residual.len()];
                    for (row, element, derivative, _) in self.elements(other) {
                        weights[row] += if element == column { derivative } else { 0.0 };
                    }
                    let (part, more) = self.transposed_times(argument, &weights);
                    for (row, (part, more)) in part.iter().zip(more).enumerate() {
                        sums.0[row * width + column] = *part;
                        sums.1[row * width + column] += more;
                    }
                }
                agree("JᵀJ", block, &sums.0, &sums.1, VALUES)?;
            }
        }
        Ok(())
    }
}

/// Whether what has the shape of the gradient of an argument is what it should be; what is not there is 0.
fn agree_with(
    stage: &str,
    found: &Found,
    argument: usize,
    (expected, noise): &(Vec<f64>, Vec<f64>),
) -> Result<(), String> {
    let zero = (vec![0.0; expected.len()], vec![0.0; expected.len()]);
    let (found, more) = found.get(&Purpose::Gradient(argument)).unwrap_or(&zero);
    let noise: Vec<f64> = noise.iter().zip(more).map(|(a, b)| a + b).collect();
    agree(&format!("{stage}, argument {argument}"), found, expected, &noise, VALUES)
}

/// Whether numbers agree, relative to the larger and up to rounding.
fn agree(
    stage: &str,
    found: &[f64],
    expected: &[f64],
    noise: &[f64],
    tolerance: f64,
) -> Result<(), String> {
    let agrees = |((x, y), noise): ((&f64, &f64), &f64)| {
        x == y || (x - y).abs() <= tolerance * x.abs().max(y.abs()) + noise
    };
    if found.len() == expected.len() && found.iter().zip(expected).zip(noise).all(agrees) {
        return Ok(());
    }
    Err(format!("{stage}: {found:?} where {expected:?} is right, up to {noise:?}"))
}

/// How many numbers agree with slopes; those near kinks have none.
fn near(stage: &str, found: &[f64], noise: &[f64], slopes: &Slopes) -> Result<usize, String> {
    let mut compared = 0;
    for ((found, noise), slope) in found.iter().zip(noise).zip(slopes) {
        let Some((slope, more)) = slope else { continue };
        agree(
            &format!("{stage}, by differences"),
            &[*found],
            &[*slope],
            &[noise + more],
            DIFFERENCES,
        )?;
        compared += 1;
    }
    Ok(compared)
}
