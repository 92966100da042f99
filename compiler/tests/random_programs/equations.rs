//! The equations of a derivation, computed as a reader would: each is the value the interpreter gives its node.

use std::collections::BTreeMap;

use chainrule_compiler::derivation::{Equation, derive};
use chainrule_compiler::evaluate::{Environment, evaluate};
use chainrule_compiler::ir::{Dim, Graph, Kind, Leaf, NodeId};
use chainrule_compiler::mathematics::{Math, Sign, Symbol, text};
use chainrule_compiler::pipeline::Compiled;

use super::algebra::{self, Array};
use super::matrices;

/// Functions that turn the rounding of their operand into a whole number.
const JUMPS: [&str; 3] = ["⌊", "⌈", "round("];

/// Checks every equation against the interpreter, in order: nothing is used before its equation.
pub fn check_equations(compiled: &Compiled, values: &Environment) -> Result<(), String> {
    let derivation = derive(compiled, compiled.gradient(), None)?;
    let graph = &compiled.gradient().graph;
    let nodes = values_of(graph, values)?;
    let mut known = BTreeMap::new();
    for (dim, &extent) in &values.extents {
        known.insert(text(&derivation.names.extent(dim)), Array::scalar(extent as f64));
    }
    for id in graph.ids() {
        if matches!(
            graph.node(id).kind,
            Kind::Leaf(Leaf::Argument(_) | Leaf::Target | Leaf::Random(..)) | Kind::Fold { .. }
        ) {
            let name = text(&Math::Symbol(derivation.names.symbol(id)));
            known.insert(name, nodes[id.0 as usize].clone());
        }
    }
    for equation in derivation.forward.iter().chain(&derivation.backward) {
        // A reader takes the results of a loop as they are: its steps are checked with the plan.
        let is_result = || matches!(graph.node(equation.node).kind, Kind::Fold { .. });
        if equation.depth > 0 || is_result() {
            continue;
        }
        let expected = nodes[equation.node.0 as usize].clone();
        let line = text(&equation.math());
        let found = right_side(equation, &known, &expected.shape)
            .map_err(|problem| format!("`{line}`: {problem}"))?;
        let jumps = JUMPS.iter().any(|function| line.contains(function));
        if !jumps && !found.is_close_to(&expected) {
            return Err(format!("equation `{line}`: {found:?} where {expected:?} is right"));
        }
        let defined =
            equation.left.last().and_then(whole).map(|symbol| text(&Math::Symbol(symbol)));
        known.extend(defined.map(|name| (name, expected)));
    }
    Ok(())
}

/// The symbol on the left side, without its indices.
fn whole(left: &Math) -> Option<Symbol> {
    match left {
        Math::Symbol(symbol) => Some(symbol.clone().at(Vec::new())),
        _ => None,
    }
}

/// The interpreter's value of each node, with the example as first axis.
fn values_of(graph: &Graph, values: &Environment) -> Result<Vec<Array>, String> {
    let ids: Vec<NodeId> = graph.ids().collect();
    let data = evaluate(graph, &ids, values)?;
    let array = |(id, data): (NodeId, Vec<f64>)| {
        let dims = graph.shape(id);
        let shape: Vec<usize> = dims.iter().map(|dim| values.extent(dim)).collect();
        let array = Array { shape, data };
        if dims.last() == Some(&Dim::Batch) { array.last_axis_first() } else { array }
    };
    Ok(ids.into_iter().zip(data).map(array).collect())
}

/// The right side: as an array, or element by element where the left side has indices.
fn right_side(
    equation: &Equation,
    known: &BTreeMap<String, Array>,
    shape: &[usize],
) -> Result<Array, String> {
    let indices: Vec<String> = match equation.left.last() {
        Some(Math::Symbol(symbol)) => symbol.indices.iter().map(text).collect(),
        _ => Vec::new(),
    };
    if indices.is_empty() && !has_indices(&equation.right) {
        return array(&equation.right, known);
    }
    let mut data = Vec::new();
    for place in 0..shape.iter().product() {
        let mut labels = BTreeMap::new();
        let mut rest = place;
        for (name, &extent) in indices.iter().zip(shape).rev() {
            labels.insert(name.clone(), rest % extent);
            rest /= extent;
        }
        data.push(element(&equation.right, known, &labels)?);
    }
    Ok(Array { shape: shape.to_vec(), data })
}

/// The value of mathematics in array form.
fn array(math: &Math, known: &BTreeMap<String, Array>) -> Result<Array, String> {
    let part = |math: &Math| array(math, known);
    let parts = |parts: &[Math]| parts.iter().map(part).collect::<Result<Vec<Array>, String>>();
    if let Some((function, operands)) = matrices::application(math) {
        let whole = |operand: &Math| match operand {
            Math::Transpose(inner) => Ok(matrices::transposed(&part(inner)?)),
            operand => part(operand),
        };
        let operands = operands.into_iter().map(whole).collect::<Result<Vec<Array>, String>>()?;
        return matrices::applied(function, &operands);
    }
    match math {
        Math::Number(number) => Ok(Array::scalar(*number)),
        Math::Symbol(symbol) if symbol.indices.is_empty() => {
            let name = text(math);
            known.get(&name).cloned().ok_or_else(|| format!("`{name}` is not defined"))
        }
        Math::Sum(terms) => {
            let mut sum = Array::scalar(0.0);
            for (sign, term) in terms {
                let sign = if *sign == Sign::Plus { 1.0 } else { -1.0 };
                sum = sum.with(&part(term)?, |a, b| a + sign * b)?;
            }
            Ok(sum)
        }
        Math::Product(times, factors) => Array::product(*times, &parts(factors)?),
        Math::Big(sign, over, body) => part(body)?.reduced(sign, !over.is_empty()),
        Math::Transpose(inner) => part(inner)?.transposed(),
        Math::Partial(_) | Math::SecondPartial(_) | Math::Equation(_) | Math::Symbol(_) => {
            Err(format!("`{}` in array form", text(math)))
        }
        other => {
            let (operands, function) = algebra::pointwise(other)?;
            Array::map(&parts(&operands)?, &*function)
        }
    }
}

/// The value of mathematics in index form at some indices.
fn element(
    math: &Math,
    known: &BTreeMap<String, Array>,
    labels: &BTreeMap<String, usize>,
) -> Result<f64, String> {
    let part = |math: &Math| element(math, known, labels);
    match math {
        Math::Number(number) => Ok(*number),
        Math::Symbol(symbol) => symbol_element(symbol, known, labels),
        Math::Sum(terms) => terms.iter().try_fold(0.0, |sum, (sign, term)| {
            Ok(if *sign == Sign::Plus { sum + part(term)? } else { sum - part(term)? })
        }),
        Math::Product(_, factors) => {
            let factors: Result<Vec<f64>, String> = factors.iter().map(part).collect();
            Ok(algebra::gated_product(&factors?))
        }
        Math::Big(sign, over, body) => {
            let mut elements = Vec::new();
            collect(body, known, labels, over, &mut elements)?;
            Ok(algebra::reduce(sign, &elements))
        }
        Math::Transpose(_) | Math::Partial(_) | Math::SecondPartial(_) | Math::Equation(_) => {
            Err(format!("`{}` in index form", text(math)))
        }
        other => {
            let (operands, function) = algebra::pointwise(other)?;
            let operands: Result<Vec<f64>, String> = operands.iter().map(part).collect();
            Ok(function(&operands?))
        }
    }
}

fn symbol_element(
    symbol: &Symbol,
    known: &BTreeMap<String, Array>,
    labels: &BTreeMap<String, usize>,
) -> Result<f64, String> {
    let name = text(&Math::Symbol(symbol.clone().at(Vec::new())));
    if symbol.indices.is_empty()
        && let Some(&index) = labels.get(&name)
    {
        return Ok(index as f64);
    }
    let array = known.get(&name).ok_or_else(|| format!("`{name}` is not defined"))?;
    let mut index = Vec::new();
    for label in &symbol.indices {
        index.push(match label {
            Math::Number(number) => *number as usize,
            Math::Symbol(symbol)
                if symbol.indices.is_empty() && labels.contains_key(&text(label)) =>
            {
                let place = labels[&text(label)];
                if array.shape.get(index.len()).is_some_and(|&extent| place >= extent) {
                    return Ok(f64::NAN);
                }
                place
            }
            place => {
                let place = element(place, known, labels)?;
                let extent = array.shape.get(index.len()).copied().unwrap_or(0) as f64;
                if place < 0.0 || place >= extent {
                    return Ok(f64::NAN);
                }
                place as usize
            }
        });
    }
    array.at(&index)
}

/// The body's values for all values of the labels in `over`.
fn collect(
    body: &Math,
    known: &BTreeMap<String, Array>,
    labels: &BTreeMap<String, usize>,
    over: &[Math],
    elements: &mut Vec<f64>,
) -> Result<(), String> {
    let Some((first, rest)) = over.split_first() else {
        elements.push(element(body, known, labels)?);
        return Ok(());
    };
    let (label, extent) = match first {
        Math::Relation(label, _, bound) => {
            (text(label), Some(element(bound, known, labels)? as usize))
        }
        label => (text(label), extent_of(body, &text(label), known)),
    };
    for index in 0..extent.ok_or("a sum whose index is nowhere")? {
        let mut labels = labels.clone();
        labels.insert(label.clone(), index);
        collect(body, known, &labels, rest, elements)?;
    }
    Ok(())
}

/// Whether elements of values occur.
fn has_indices(math: &Math) -> bool {
    match math {
        Math::Symbol(symbol) => !symbol.indices.is_empty(),
        other => children(other).into_iter().any(has_indices),
    }
}

/// The extent of an index, from the values that have it.
fn extent_of(math: &Math, label: &str, known: &BTreeMap<String, Array>) -> Option<usize> {
    match math {
        Math::Symbol(symbol) => {
            let array = known.get(&text(&Math::Symbol(symbol.clone().at(Vec::new()))))?;
            let axis = symbol.indices.iter().position(|index| text(index) == label)?;
            array.shape.get(axis).copied()
        }
        other => children(other).into_iter().find_map(|part| extent_of(part, label, known)),
    }
}

fn children(math: &Math) -> Vec<&Math> {
    match math {
        Math::Number(_) | Math::Symbol(_) => Vec::new(),
        Math::Sum(terms) => terms.iter().map(|(_, term)| term).collect(),
        Math::Product(_, parts)
        | Math::Apply(_, parts)
        | Math::List(parts)
        | Math::Equation(parts) => parts.iter().collect(),
        Math::Quotient(a, b) | Math::Power(a, b) | Math::Relation(a, _, b) => vec![a, b],
        Math::Negative(inner)
        | Math::Root(_, inner)
        | Math::Fence(_, inner, _)
        | Math::Big(_, _, inner)
        | Math::Transpose(inner)
        | Math::Inverse(inner)
        | Math::Partial(inner) => vec![inner],
        Math::SecondPartial(parts) => parts.iter().collect(),
    }
}
