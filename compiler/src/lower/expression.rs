//! Expressions: names, numbers, blocks; calls are resolved in `call`.

use std::rc::Rc;

use super::{Lowering, Value};
use crate::diagnostic::{did_you_mean, meaning};
use crate::ir::Leaf;
use crate::tree::{Block, Expr, ExprKind, Statement};

impl Lowering<'_> {
    /// The value of a block; its names go out of scope.
    pub(super) fn block(&mut self, block: &Block) -> Value {
        let outer = self.names.len();
        for statement in &block.statements {
            self.statement(statement);
        }
        let value = self.expression(&block.value);
        self.name_derivatives();
        self.names.truncate(outer);
        value
    }

    pub(super) fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Let(binding) => {
                let value = self.expression(&binding.value);
                let value = self.bound(&binding.name.text, value);
                if let Value::Array(node) = value {
                    self.name_value(node, &binding.name.text);
                }
                self.names.push((binding.name.text.clone(), value));
            }
            Statement::Assign(binding) => self.assign(binding),
            Statement::For(inner) => {
                self.for_loop(inner);
            }
        }
    }

    /// Names a value after its `let`, unless the definition being inlined is ours.
    fn name_value(&mut self, node: crate::ir::NodeId, name: &str) {
        if !self.is_in_library() && self.graph.as_constant(node).is_none() {
            self.name_node(node, name);
        }
    }

    /// The value of an expression.
    pub(super) fn expression(&mut self, expression: &Expr) -> Value {
        match &expression.kind {
            ExprKind::Number(number) => {
                self.check_number(*number, expression.at);
                Value::Array(self.graph.constant(*number))
            }
            ExprKind::Integer(number) => Value::Array(self.graph.constant(*number as f64)),
            ExprKind::Name(name) => self.name(name, expression),
            ExprKind::Call { function, arguments } => self.call(function, arguments, expression.at),
            ExprKind::Block(block) => self.block(block),
            ExprKind::For(inner) => self.for_loop(inner),
            ExprKind::Index { array, places } => self.index(array, places, expression.at),
            ExprKind::List(_) => {
                self.report(meaning::not_a_value(expression.at, "a list"));
                Value::Unknown
            }
            ExprKind::Text(_) => {
                self.report(meaning::not_a_value(expression.at, "a string"));
                Value::Unknown
            }
        }
    }

    fn name(&mut self, name: &str, expression: &Expr) -> Value {
        if let Some((_, value)) = self.names.iter().rev().find(|(known, _)| known == name) {
            return value.clone();
        }
        if self.outer_constants.contains(&name) {
            let leaf = self.graph.leaf(Leaf::Named(Rc::from(name)), Vec::new());
            self.name_node(leaf, Leaf::last_segment(name));
            return Value::Array(leaf);
        }
        let meant = did_you_mean(name, self.names.iter().map(|(known, _)| known.as_str()))
            .map(str::to_string);
        let function = self.calls.last().filter(|call| call.text.is_some());
        let function = function.map(|call| call.name.clone());
        let message = meaning::unknown_name;
        self.report(message(expression.at, name, meant.as_deref(), function.as_deref()));
        Value::Unknown
    }
}
