//! `diff(u, x)`: derivatives inside a model, and the names they are taken for.

use std::collections::BTreeSet;

use super::call::Call;
use super::describe::describe;
use super::{Lowering, Value};
use crate::derivative;
use crate::diagnostic::meaning;
use crate::ir::{Graph, Kind, Label, Leaf, NodeId};
use crate::tree::{self, Expr, ExprKind, Loss, Model, Objective};

/// The names that derivatives are taken for, and what is held apart for their sake.
pub(super) struct Variables {
    names: BTreeSet<String>,
    held: Vec<NodeId>,
    /// Derivatives of the graph being lowered, with what each is called unless a `let` names it.
    named: Vec<(NodeId, String)>,
}

impl Variables {
    /// The names that a model's derivatives are taken for.
    pub fn of(model: &Model) -> Variables {
        let mut names = BTreeSet::new();
        let mut see = |expression: &Expr| {
            names.extend(tree::derivative(&expression.kind).map(|(_, name)| name.to_owned()));
        };
        for function in &model.functions {
            tree::for_each_expression(&function.body, &mut see);
        }
        if let Objective::OfPrediction(_, Loss::Closure { body, .. }) = &model.objective {
            tree::for_each_expression(body, &mut see);
        }
        Variables { names, held: Vec::new(), named: Vec::new() }
    }
}

impl Lowering<'_> {
    /// What a name is bound to: where a derivative is taken for the name, a variable of its own, so that only what is computed from the
    /// name depends on it, not whatever else has the same value.
    pub(super) fn bound(&mut self, name: &str, value: Value) -> Value {
        if !self.variables.names.contains(name) {
            return value;
        }
        let node = match &value {
            Value::Array(node) => *node,
            Value::Integer(number) if number.as_polynomial().is_some() => self.number(number),
            _ => return value,
        };
        match derivative::hold(&mut self.graph, node, self.variables.held.len()) {
            Some(held) => {
                self.variables.held.push(held);
                Value::Array(held)
            }
            None => value,
        }
    }

    /// The derivative of an expression for a name.
    pub(super) fn diff_call(&mut self, call: &Call) -> Option<NodeId> {
        let [value_source, variable_source] = call.operands[..] else { return None };
        let value = self.expression(value_source);
        let value = self.array(&value, value_source.at);
        let ExprKind::Name(name) = &variable_source.kind else {
            let found = describe(variable_source);
            self.report(meaning::diff_for_expression(variable_source.at, &found));
            return None;
        };
        let variable = self.expression(variable_source);
        let variable = self.array(&variable, variable_source.at)?;
        let value = value?;
        if self.is_copy(variable) {
            self.report(meaning::diff_for_copy(variable_source.at, name));
            return None;
        }
        if let Some(through) = self.dependence_outside(value, variable) {
            let text = describe(value_source);
            self.report(meaning::diff_through_loop(call.at, &text, name, &through));
            return None;
        }
        if !self.graph.reachable(&[value])[variable.0 as usize] {
            let text = describe(value_source);
            self.report(meaning::diff_without_dependence(call.at, &text, name));
            return None;
        }
        let held = &self.variables.held;
        match derivative::derivative(&mut self.graph, value, variable, held) {
            Ok(node) => {
                let name = tree::derivative_name(&value_source.kind, name);
                self.variables.named.extend(name.map(|(plain, _)| (node, plain)));
                Some(node)
            }
            Err(problem) => {
                let text = describe(value_source);
                self.report(meaning::diff_not_possible(call.at, &text, name, &problem));
                None
            }
        }
    }

    /// Whether a node is a copy along an axis, whose elements do not vary each for itself.
    fn is_copy(&self, node: NodeId) -> bool {
        let Kind::Contraction { operands, summed } = &self.graph.node(node).kind else {
            return false;
        };
        let rank = self.example_shape(node).len() as Label;
        summed.is_empty() && (0..rank).any(|label| !operands.iter().any(|one| one.reads(label)))
    }

    /// Names the derivatives that no `let` has named.
    pub(super) fn name_derivatives(&mut self) {
        for (node, name) in std::mem::take(&mut self.variables.named) {
            // After an error in a loop there may be some of a graph that is gone.
            let is_here = (node.0 as usize) < self.graph.len();
            if is_here && self.graph.as_constant(node).is_none() {
                self.name_node(node, &name);
            }
        }
    }

    /// Through what else a value in the body of a loop may depend on a variable from outside: a state, or another value from outside that
    /// was computed from it.
    fn dependence_outside(&self, value: NodeId, variable: NodeId) -> Option<String> {
        let level = self.around.len();
        self.other_dependence(&self.graph, level, &[value], variable)
    }

    /// The same in the graph that stands in so many loops.
    fn other_dependence(
        &self,
        graph: &Graph,
        level: usize,
        values: &[NodeId],
        variable: NodeId,
    ) -> Option<String> {
        let Kind::Leaf(Leaf::Captured(own)) = graph.node(variable).kind else { return None };
        let around = &self.around[level.checked_sub(1)?];
        let outside = around.captured[own];
        let reachable = graph.reachable(values);
        let read = graph.ids().filter(|id| reachable[id.0 as usize]);
        let called =
            |id: NodeId| graph.name(id).map_or("a state".to_string(), |name| format!("`{name}`"));
        for id in read {
            match graph.node(id).kind {
                Kind::Leaf(Leaf::State(_)) => return Some(called(id)),
                Kind::Leaf(Leaf::Captured(other)) if other != own => {
                    let node = around.captured[other];
                    let depends = around.graph.reachable(&[node])[outside.0 as usize]
                        || self
                            .other_dependence(&around.graph, level - 1, &[node], outside)
                            .is_some();
                    if depends {
                        return Some(called(id));
                    }
                }
                _ => {}
            }
        }
        None
    }
}
