//! The adjoint of an operand of a matrix function, and the tangent of its result, by the statements of its row.
//!
//! Each statement gives a labelled value a name: `m[ki] = -sum b_bar[k] y[i]`. A letter is a label of that statement alone. What a term
//! has beyond its letters, columns and lanes, stays beside them.

use crate::construct;
use crate::functions::matrix::{Derivative, MatrixFunction, matrix_function};
use crate::functions::scalar::{NEG, scalar};
use crate::ir::{Access, Dim, Graph, Label, NodeId};

/// What the operand at `place` of the matrix function `id` adds to its adjoint, in the labels of `id`; `None` where that is nothing.
pub fn adjoint(
    graph: &mut Graph,
    id: NodeId,
    row: &'static MatrixFunction,
    place: usize,
    adjoint: &Access,
) -> Result<Option<Access>, String> {
    let Derivative::Statements(text) = row.operands[place].derivative else { return Ok(None) };
    let scope = graph.node(id).scope();
    let given = ("y_bar", adjoint, row.result);
    Rule { graph, id, row, scope }.run(text, place, given, row.operands[place].letters).map(Some)
}

/// What the tangent of the operand at `place` adds to that of the matrix function `id`, both in its labels and those that the scope has
/// beyond them; `None` where that is nothing.
pub fn tangent(
    graph: &mut Graph,
    id: NodeId,
    row: &'static MatrixFunction,
    place: usize,
    (tangent, scope): (&Access, &[Dim]),
) -> Result<Option<Access>, String> {
    let Derivative::Statements(text) = row.operands[place].tangent else { return Ok(None) };
    let operand = &row.operands[place];
    let name = format!("{}_dot", operand.name);
    let given = (name.as_str(), tangent, operand.letters);
    Rule { graph, id, row, scope: scope.to_vec() }.run(text, place, given, row.result).map(Some)
}

/// The statements of a row, to be carried out for a node.
struct Rule<'a> {
    graph: &'a mut Graph,
    id: NodeId,
    row: &'static MatrixFunction,
    /// The extents of the node's labels, and of those that the statements add.
    scope: Vec<Dim>,
}

impl Rule<'_> {
    /// Carries them out, given the value of this name with these letters beside result and operands; what the last one gives, with its
    /// letters read as `wanted`.
    fn run(
        mut self,
        text: &str,
        place: usize,
        (name, value, value_letters): (&str, &Access, &str),
        wanted: &str,
    ) -> Result<Access, String> {
        let node = self.graph.node(self.id).clone();
        let letters = self.row.letters(node.shape.len());
        let labels_of = |text: &str| -> Vec<Label> {
            let label = |letter: char| letters.iter().find(|(known, _)| *known == letter);
            text.chars().filter_map(|letter| Some(label(letter)?.1)).collect()
        };
        let named = |name: &str, access: Access, text: &str| Named {
            name: name.to_owned(),
            value: Value { access, letters: labels_of(text) },
        };
        let whole = Access::whole(self.graph, self.id);
        let mut known =
            vec![named("y", whole, self.row.result), named(name, value.clone(), value_letters)];
        for (operand, declared) in node.kind.operands().iter().zip(self.row.given()) {
            known.push(named(declared.name, operand.clone(), declared.letters));
        }
        let target = node.kind.operands()[place].clone();
        let absent = (0..node.shape.len() as Label)
            .filter(|&label| label as usize >= self.row.result.len() && !target.reads(label));
        let absent: Vec<Label> = absent.collect();
        for statement in text.split(';') {
            let problem = |problem: String| format!("`{}`: {problem}", statement.trim());
            let mut work = Statement {
                graph: &mut *self.graph,
                scope: &mut self.scope,
                known: &known,
                absent: &absent,
                letters: Vec::new(),
            };
            let named = work.run(statement).map_err(problem)?;
            known.push(named);
        }
        let last = known.pop().ok_or("a derivative has no statement")?.value;
        Ok(last.read(&labels_of(wanted), self.scope.len()))
    }
}

/// A value with the labels that its letters stand for.
#[derive(Clone)]
struct Value {
    access: Access,
    letters: Vec<Label>,
}

struct Named {
    name: String,
    value: Value,
}

impl Value {
    /// The value with other labels for its letters.
    fn read(&self, labels: &[Label], scope: usize) -> Access {
        let mut names: Vec<Label> = (0..scope as Label).collect();
        for (&own, &label) in self.letters.iter().zip(labels) {
            names[own as usize] = label;
        }
        self.access.relabelled(&names)
    }
}

/// One statement being carried out.
struct Statement<'a> {
    graph: &'a mut Graph,
    scope: &'a mut Vec<Dim>,
    known: &'a [Named],
    /// The columns that the operand lacks.
    absent: &'a [Label],
    /// The labels of the letters met so far.
    letters: Vec<(char, Label)>,
}

impl Statement<'_> {
    /// `name[letters] = expression`.
    fn run(&mut self, text: &str) -> Result<Named, String> {
        let (left, right) = text.split_once('=').ok_or("has no `=`")?;
        let (name, left) = indexed(left)?;
        let right = right.trim();
        let access = match call(right) {
            Some((function, operands)) => self.apply(function, operands)?,
            None => self.sum_of_products(right, left)?,
        };
        let letters = left.chars().map(|letter| self.label(letter)).collect::<Result<_, _>>()?;
        Ok(Named { name: name.to_owned(), value: Value { access, letters } })
    }

    fn label(&self, letter: char) -> Result<Label, String> {
        let found = self.letters.iter().find(|(known, _)| *known == letter);
        found.map(|(_, label)| *label).ok_or_else(|| format!("has no `{letter}` on its right"))
    }

    /// `name[letters]`; letters that are new get a label.
    fn read(&mut self, text: &str) -> Result<Access, String> {
        let (name, letters) = indexed(text)?;
        let known = self.known.iter().rev().find(|known| known.name == name);
        let value = known.ok_or_else(|| format!("`{name}` is not known"))?.value.clone();
        let mut labels = Vec::new();
        for (letter, &own) in letters.chars().zip(&value.letters) {
            labels.push(match self.label(letter) {
                Ok(label) => label,
                Err(_) => {
                    let label = self.scope.len() as Label;
                    self.scope.push(self.scope[own as usize].clone());
                    self.letters.push((letter, label));
                    label
                }
            });
        }
        if labels.len() == value.letters.len() && labels.len() == letters.chars().count() {
            Ok(value.read(&labels, self.scope.len()))
        } else {
            Err(format!("`{name}` has another number of letters"))
        }
    }

    /// `function(operand, ..)`: a triangle, or a row of the table.
    fn apply(&mut self, function: &str, operands: &str) -> Result<Access, String> {
        let texts: Vec<&str> = operands.split(',').map(str::trim).collect();
        let accesses: Vec<Access> =
            texts.iter().map(|text| self.read(text)).collect::<Result<_, _>>()?;
        if let Some(row) = matrix_function(function) {
            return construct::matrix(self.graph, row, &accesses, &self.letters, self.scope);
        }
        let (name, letters) = indexed(texts[0])?;
        let labels: Vec<Label> =
            letters.chars().map(|letter| self.label(letter)).collect::<Result<_, _>>()?;
        let [row, column] = labels[..] else { return Err("a triangle has two letters".into()) };
        let exchanged: String = letters.chars().rev().collect();
        let transposed = self.read(&format!("{name}[{exchanged}]"))?;
        let zero = Access::scalar(self.graph.constant(0.0));
        let own = accesses[0].clone();
        match function {
            "lower" => self.choose([row, column], zero, own),
            "upper" => self.choose([column, row], zero, own),
            "mirrored" => self.choose([row, column], transposed, own),
            other => Err(format!("`{other}` is not a function of matrices")),
        }
    }

    /// `then` where the first label is below the second, and `otherwise`.
    fn choose(
        &mut self,
        [low, high]: [Label; 2],
        then: Access,
        otherwise: Access,
    ) -> Result<Access, String> {
        let [less, select] =
            ["less", "select"].map(|name| scalar(name).ok_or_else(|| format!("no row `{name}`")));
        let counters = [low, high].map(|label| construct::counter(self.graph, label, self.scope));
        let is_below = construct::map(self.graph, less?, &counters, self.scope);
        Ok(construct::map(self.graph, select?, &[is_below, then, otherwise], self.scope))
    }

    /// Products with signs between them.
    fn sum_of_products(&mut self, text: &str, left: &str) -> Result<Access, String> {
        let mut sum: Option<Access> = None;
        for (place, part) in text.replace('-', "+-").split('+').enumerate() {
            let part = part.trim();
            if part.is_empty() && place == 0 {
                continue;
            }
            let (is_negative, part) = match part.strip_prefix('-') {
                Some(part) => (true, part),
                None => (false, part),
            };
            let mut product = self.product(part, left)?;
            if is_negative {
                product = construct::map(self.graph, NEG, &[product], self.scope);
            }
            sum = Some(match sum {
                Some(sum) => construct::add(self.graph, &sum, &product, self.scope),
                None => product,
            });
        }
        sum.ok_or_else(|| "is empty".into())
    }

    /// Factors, summed over the letters that the left side lacks.
    fn product(&mut self, text: &str, left: &str) -> Result<Access, String> {
        let mut factors = Vec::new();
        let mut met = String::new();
        let mut summed = Vec::new();
        for factor in text.split_whitespace() {
            if factor == "sum" {
                summed.extend_from_slice(self.absent);
            } else if let Ok(number) = factor.parse() {
                factors.push(Access::scalar(self.graph.constant(number)));
            } else {
                factors.push(self.read(factor)?);
                met.push_str(indexed(factor)?.1);
            }
        }
        for &(letter, label) in &self.letters {
            if met.contains(letter) && !left.contains(letter) {
                summed.push(label);
            }
        }
        let order: Vec<Label> = left.chars().filter_map(|letter| self.label(letter).ok()).collect();
        Ok(construct::contract_in_order(self.graph, &factors, &summed, &order, self.scope))
    }
}

/// `name[letters]`.
fn indexed(text: &str) -> Result<(&str, &str), String> {
    let text = text.trim();
    let parts = text.strip_suffix(']').and_then(|text| text.split_once('['));
    parts.ok_or_else(|| format!("`{text}` has no letters"))
}

/// `function(operands)`.
fn call(text: &str) -> Option<(&str, &str)> {
    text.strip_suffix(')')?.split_once('(')
}
