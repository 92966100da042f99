//! Derivatives inside a program, of its prediction and its loss for each of its arguments, against central differences; and their own.

use chainrule_compiler::derivative::derivative;
use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::evaluate::{Environment, evaluate};
use chainrule_compiler::ir::{self, Access, Dim, Graph, Label, Leaf, NodeId};
use chainrule_compiler::lower::{self, Program};
use chainrule_compiler::tree::{Model, Role};
use chainrule_compiler::{construct, differentiate, pipeline};

use super::differences;
use super::environment::environment;
use super::generate;
use super::properties::parse;
use super::random::Random;

/// The relative error of a derivative of a derivative: differences of what has been amplified once.
const TOLERANCE: f64 = 1e-5;
/// Arrays with more elements are not differentiated again.
const LARGE: usize = 400;

/// Programs with loops, choices and functions of matrices.
pub fn forms() -> Vec<(String, generate::Program)> {
    FORMS
        .iter()
        .map(|(name, item)| {
            let attribute = if item.contains("Output") { "loss = squared_error" } else { "" };
            let program = generate::Program {
                attribute: attribute.to_owned(),
                item: (*item).to_owned(),
                extents: Vec::new(),
            };
            ((*name).to_owned(), program)
        })
        .collect()
}

const FORMS: &[(&str, &str)] = &[
    (
        "recurrent",
        "fn recurrent(x: Input<4, 2>, w: Param<2, 3>, u: Param<3, 3>, b: Param<3>) -> Output<3> {
            let mut h = tanh(x[0].dot(w) + b);
            for t in 1..4 { h = tanh(x[t].dot(w) + h.dot(u)); }
            h
        }",
    ),
    (
        "collecting",
        "fn collecting(x: Input<3>, k: Param, d: Param<2>) -> Output<5, 2> {
            let mut s = d;
            let mut speed = 0.1 * sum(x);
            let all = for t in 0..5 { speed = speed - 0.1 * sin(k * s[0]) * x[1]; s = s + 0.2 * speed * d; s * s };
            all
        }",
    ),
    (
        "of_parameters",
        "fn of_parameters(x: Input<2>, w: Param<2>, v: Param) -> Output<2> {
            let mut s = w;
            for t in 0..3 { s = sin(s) * w + v; }
            x * s
        }",
    ),
    (
        "backwards_and_nested",
        "fn nested(x: Input<3>, w: Param<2, 3>) -> Output<3> {
            let mut h = x;
            for layer in (0..2).rev() {
                let mut s = 0.5 * h;
                for t in 0..3 { s = s + 0.3 * tanh(h[t] * w[layer]); }
                h = h + s;
            }
            h
        }",
    ),
    (
        "chosen",
        "fn chosen(x: Input<3>, w: Param<3>) -> Output<3> {
            let y = x * w;
            if sum(y) > 0.1 { exp(y) } else { select(y < 0.2, y * y * y, sin(y)) }
        }",
    ),
    (
        "solved",
        "fn solved(x: Input<2>, a: Param<2, 2>) -> Output<2> {
            let matrix = a.dot(transpose(a)) + eye(2) * (1.5 + square(x[0]));
            solve(matrix, x) + logdet(matrix)
        }",
    ),
    (
        "factored",
        "fn factored(x: Input<2>, y: Input<2>, a: Param<2, 2>) -> Loss {
            let lower = cholesky(a.dot(transpose(a)) + outer(x, x) + eye(2));
            sum(square(solve_lower(lower, y))) + sum(ln(lower.dot(lower) + 4.0))
        }",
    ),
];

/// How many derivatives have been compared.
pub fn check(program: &generate::Program, seed: u64) -> Result<usize, String> {
    let model = parse(program)?;
    let mut errors = Errors::new();
    let lowered = lower::lower(&model, &mut errors);
    errors.check(()).map_err(|found| format!("lower: {found:#?}"))?;
    let Program { graph, arguments, outputs, target, .. } = lowered.ok_or("no program")?;
    let mut random = Random::seeded(seed ^ 0x51f3);
    let rows = *random.choice(&[1, 2, 3]);
    let values = environment(program, &model, target.as_ref(), rows, &mut random);
    let mut sample = Sample { graph, model: &model, arguments, values, random };
    let loss = sample.named("example_loss").ok_or("the loss of an example has no name")?;
    let mut compared = 0;
    for value in outputs.iter().map(|output| output.node).chain([loss]) {
        for place in 0..model.arguments.len() {
            let Some(first) = sample.derivative(value, place)? else { continue };
            compared += sample.compare(value, place, first)?;
            if sample.size(first) > LARGE {
                continue;
            }
            let other = sample.random.below(model.arguments.len());
            if let Some(second) = sample.derivative(first, other)? {
                compared += sample.compare(first, other, second)?;
            }
            compared += sample.gradients(first)?;
        }
    }
    Ok(compared)
}

/// A program with values.
struct Sample<'a> {
    graph: Graph,
    model: &'a Model,
    arguments: Vec<NodeId>,
    values: Environment,
    random: Random,
}

impl Sample<'_> {
    fn named(&self, name: &str) -> Option<NodeId> {
        self.graph.ids().find(|&id| self.graph.name(id).is_some_and(|known| &**known == name))
    }

    fn size(&self, node: NodeId) -> usize {
        self.graph.shape(node).iter().map(|dim| self.values.extent(dim)).product()
    }

    /// The derivative for an argument, where the value depends on it.
    fn derivative(&mut self, value: NodeId, place: usize) -> Result<Option<NodeId>, String> {
        let variable = self.arguments[place];
        let is_integer = matches!(self.model.arguments[place].role, Role::Index(_));
        if is_integer || !self.graph.reachable(&[value])[variable.0 as usize] {
            return Ok(None);
        }
        let found = derivative(&mut self.graph, value, variable, &[])?;
        ir::verify(&self.graph).map_err(|problem| format!("derivative: {problem}"))?;
        Ok(Some(found))
    }

    /// Compares the derivative for an element of an argument with differences, in all examples at once.
    fn compare(&mut self, value: NodeId, place: usize, found: NodeId) -> Result<usize, String> {
        let leaf = Leaf::Argument(place);
        let rows = self.values.extent(&Dim::Batch);
        let is_batched = self.graph.is_batched(self.arguments[place]);
        let elements = self.values.leaves[&leaf].len() / if is_batched { rows } else { 1 };
        let element = self.random.below(elements);
        let slopes = self.slopes(value, &leaf, element, elements)?;
        let derivatives = evaluate(&self.graph, &[found], &self.values)?.remove(0);
        let [in_value, in_found] =
            [value, found].map(|node| if self.graph.is_batched(node) { rows } else { 1 });
        let mut compared = 0;
        for (index, slope) in slopes.into_iter().enumerate() {
            let Some((slope, noise)) = slope else { continue };
            let (outer, row) = (index / in_value, index % in_value);
            let promised = derivatives[(outer * elements + element) * in_found + row % in_found];
            let allowed = TOLERANCE * promised.abs().max(slope.abs()) + noise;
            if (promised - slope).abs() > allowed || promised.is_nan() {
                let name = &self.model.arguments[place].name.text;
                return Err(format!(
                    "∂/∂{name}, element {element} of {elements}: {promised}, by differences {slope}\n{}",
                    ir::print(
                        &self.graph,
                        &[("value".into(), value), ("derivative".into(), found)]
                    )
                ));
            }
            compared += 1;
        }
        Ok(compared)
    }

    /// The slopes of all elements of a value.
    fn slopes(
        &self,
        value: NodeId,
        leaf: &Leaf,
        element: usize,
        elements: usize,
    ) -> Result<Vec<Option<(f64, f64)>>, String> {
        let along = |step: f64| -> Result<Vec<f64>, String> {
            let mut moved = self.values.clone();
            let numbers = moved.leaves.get_mut(leaf).ok_or("an argument has no values")?;
            let each = numbers.len() / elements;
            numbers[element * each..][..each].iter_mut().for_each(|number| *number += step);
            Ok(evaluate(&self.graph, &[value], &moved)?.remove(0))
        };
        let points = differences::POINTS.map(along);
        let points: Vec<Vec<f64>> = points.into_iter().collect::<Result<_, _>>()?;
        let slope = |index: usize| differences::slope_through(|point| points[point][index]);
        Ok((0..points[0].len()).map(slope).collect())
    }

    /// The gradients of the sum of all elements of a value, against differences.
    fn gradients(&mut self, value: NodeId) -> Result<usize, String> {
        let scope = self.graph.shape(value).to_vec();
        let labels: Vec<Label> = (0..scope.len() as Label).collect();
        let whole = Access::whole(&self.graph, value);
        let sum = construct::contract(&mut self.graph, &[whole], &labels, &scope).node;
        let parameters: Vec<usize> = pipeline::parameters(self.model);
        let leaves: Vec<NodeId> = parameters.iter().map(|&place| self.arguments[place]).collect();
        let gradients = differentiate::differentiate(&mut self.graph, sum, &leaves)?;
        let known: Vec<(usize, NodeId)> = parameters
            .iter()
            .zip(gradients)
            .filter_map(|(&place, gradient)| Some((place, gradient?)))
            .collect();
        let (parameters, roots): (Vec<usize>, Vec<NodeId>) = known.into_iter().unzip();
        if roots.is_empty() {
            return Ok(0);
        }
        let gradients = evaluate(&self.graph, &roots, &self.values)?;
        if gradients.iter().flatten().any(|number| !number.is_finite()) {
            let smooth = differences::are_finite(&self.graph, sum, &parameters, &self.values)?;
            return if smooth {
                Err(format!("gradients are {gradients:?} where differences are finite"))
            } else {
                Ok(0)
            };
        }
        let checked = differences::check(
            &self.graph,
            sum,
            &parameters,
            &gradients,
            &self.values,
            TOLERANCE,
            &mut self.random,
        )?;
        Ok(usize::from(checked))
    }
}
