//! Conditions and choices: comparisons, logic, `select`.
//!
//! A condition is 1 where it holds and 0 where it does not, so logic is arithmetic: both is the product, either the larger one. It is a
//! value of its own kind, so that neither a number is taken for a condition nor a condition for a number.

use super::call::Call;
use super::describe::describe;
use super::{Lowering, Value, undecidable};
use crate::diagnostic::{Diagnostic, meaning};
use crate::functions::scalar::{Derivative, EQUAL, MAX, MUL, Notation, SUB, Scalar};
use crate::functions::structural::Structural;
use crate::ir::{Dim, NodeId};
use crate::tree::{Expr, Position};

/// The primitives that make conditions.
const LOGIC: &[&str] = &["and", "or", "not", "not_equal"];

pub(super) fn is_logic(primitive: &Structural) -> bool {
    LOGIC.contains(&primitive.name)
}

/// Whether the function says if a relation holds.
pub(super) fn is_comparison(row: &Scalar) -> bool {
    matches!(row.notation, Notation::Indicator(_))
}

/// Whether the function chooses by a condition.
pub(super) fn is_choice(row: &Scalar) -> bool {
    row.operands.iter().any(|operand| operand.derivative == Derivative::Condition)
}

impl Lowering<'_> {
    /// `a < b` and its like.
    pub(super) fn comparison_call(&mut self, row: &'static Scalar, call: &Call) -> Option<Value> {
        let nodes = self.compared(call)?;
        let node = self.elementwise_to("compare", row, &nodes, &call.operands, call.at)?;
        Some(Value::Condition(node))
    }

    /// The nodes of what is compared: numbers, or indices.
    fn compared(&mut self, call: &Call) -> Option<Vec<NodeId>> {
        let nodes: Vec<Option<NodeId>> = call
            .operands
            .iter()
            .map(|operand| match self.expression(operand) {
                Value::Class(node, _) => Some(node),
                value => self.array(&value, operand.at),
            })
            .collect();
        nodes.into_iter().collect()
    }

    /// `and`, `or`, `not` and `not_equal`.
    pub(super) fn logic_call(
        &mut self,
        primitive: &'static Structural,
        call: &Call,
    ) -> Option<Value> {
        self.refuse_axes(call)?;
        self.refuse_named(call, &[])?;
        let (sources, at) = (&call.operands, call.at);
        let node = match primitive.name {
            "not_equal" => {
                let nodes = self.compared(call)?;
                let equal = self.elementwise_to("compare", EQUAL, &nodes, sources, at)?;
                self.opposite(equal, at)?
            }
            "not" => {
                let condition = self.conditions(sources)?[0];
                self.opposite(condition, at)?
            }
            name => {
                let conditions = self.conditions(sources)?;
                let row = if name == "and" { MUL } else { MAX };
                self.elementwise_to("combine", row, &conditions, sources, at)?
            }
        };
        Some(Value::Condition(node))
    }

    fn opposite(&mut self, condition: NodeId, at: Position) -> Option<NodeId> {
        let one = self.graph.constant(1.0);
        self.elementwise(SUB, &[one, condition], &[], at)
    }

    fn conditions(&mut self, sources: &[&Expr]) -> Option<Vec<NodeId>> {
        let conditions: Vec<Option<NodeId>> = sources
            .iter()
            .map(|source| {
                let value = self.expression(source);
                self.condition(&value, source)
            })
            .collect();
        conditions.into_iter().collect()
    }

    /// The condition a value is, or an error. In definitions of ours a number is also a condition, which holds where it is not 0.
    fn condition(&mut self, value: &Value, source: &Expr) -> Option<NodeId> {
        match value {
            Value::Condition(node) => Some(*node),
            Value::Array(node) if source.at == Position::BUILT_IN => Some(*node),
            Value::Unknown => None,
            _ => {
                let text = describe(source);
                self.report(meaning::number_is_not_a_condition(source.at, &text));
                None
            }
        }
    }

    /// `select(c, a, b)`: elementwise over all of them. Of two conditions it chooses a condition.
    pub(super) fn choice_call(&mut self, row: &'static Scalar, call: &Call) -> Option<Value> {
        let values: Vec<Value> =
            call.operands.iter().map(|operand| self.expression(operand)).collect();
        let is_branch = |place: &usize| row.operands[*place].derivative != Derivative::Condition;
        let of_conditions = (0..values.len())
            .filter(is_branch)
            .all(|place| matches!(values[place], Value::Condition(_)));
        let mut nodes = Vec::new();
        for (place, (value, source)) in values.iter().zip(&call.operands).enumerate() {
            let is_number = is_branch(&place) && !of_conditions;
            nodes.push(if is_number {
                self.array(value, source.at)
            } else {
                self.condition(value, source)
            });
        }
        let nodes: Vec<NodeId> = nodes.into_iter().collect::<Option<_>>()?;
        let shapes: Vec<Vec<Dim>> = nodes.iter().map(|&node| self.example_shape(node)).collect();
        if let ([condition, first, second], [_, _, source]) = (&*shapes, &*call.operands) {
            let differ = |at| meaning::branches_differ(at, [first, second]);
            self.check_meet([first, second], source.at, differ)?;
            for branch in [first, second] {
                let differs = |at| meaning::condition_shape_differs(at, condition, branch);
                self.check_meet([condition, branch], call.operands[0].at, differs)?;
            }
        }
        let node = self.elementwise_to("choose by", row, &nodes, &call.operands, call.at)?;
        Some(if of_conditions { Value::Condition(node) } else { Value::Array(node) })
    }

    /// Two shapes broadcast to one.
    fn check_meet(
        &mut self,
        shapes: [&[Dim]; 2],
        at: Position,
        problem: impl Fn(Position) -> Diagnostic,
    ) -> Option<()> {
        let [first, second] = shapes;
        let differ = |(a, b): &(&Dim, &Dim)| a != b && !a.is_one() && !b.is_one();
        let mut pairs = first.iter().rev().zip(second.iter().rev());
        let Some((a, b)) = pairs.find(differ) else { return Some(()) };
        let is_open = undecidable(a, b);
        self.report(if is_open { meaning::undecidable_extents(at, a, b) } else { problem(at) });
        None
    }
}
