//! Calls: which function a name means, its arguments, its axes.

use super::describe::describe;
use super::products::Factor;
use super::reduction::Reduced;
use super::{Lowering, Value, condition, shaping};
use crate::diagnostic::{did_you_mean, meaning};
use crate::functions::foreign;
use crate::functions::resolve::{self, Function};
use crate::functions::scalar::{ADD, Derivative, MUL, Scalar};
use crate::functions::structural::{self, Structural};
use crate::ir::{Dim, Distribution, NodeId};
use crate::tree::{CallArgument, Expr, ExprKind, Name, Position};

/// A call with its arguments sorted by kind.
pub(super) struct Call<'a> {
    pub name: &'a Name,
    pub at: Position,
    /// The arguments given by position, axes not counted.
    pub operands: Vec<&'a Expr>,
    /// The axes, where some are given.
    pub axes: Option<&'a Expr>,
    /// Whether reduced axes stay with extent 1: `keep = 1`.
    pub keep: Option<&'a Expr>,
    /// Arguments given by another name.
    pub named: Vec<(&'a Name, &'a Expr)>,
}

impl Lowering<'_> {
    /// The value of `function(arguments)`.
    pub(super) fn call(
        &mut self,
        function: &Name,
        arguments: &[CallArgument],
        at: Position,
    ) -> Value {
        if let Some(own) = self.own_function(&function.text) {
            return self.function_call(own, arguments, at).unwrap_or(Value::Unknown);
        }
        let call = self.sort_arguments(function, arguments, at);
        let Some(target) = self.resolve(&call) else {
            for operand in &call.operands {
                self.operand(operand);
            }
            return Value::Unknown;
        };
        let result = match target {
            Function::Scalar(_) if self.is_integer_arithmetic(function, arguments) => {
                self.integer_arithmetic(function, &call)
            }
            Function::Scalar(row) => self.scalar_call(row, &call),
            Function::Structural(primitive) if condition::is_logic(primitive) => {
                self.logic_call(primitive, &call)
            }
            Function::Structural(primitive) if shaping::is_shaping(primitive) => {
                self.shaping_call(primitive, &call)
            }
            Function::Structural(primitive) => {
                self.structural_call(primitive, &call).map(Value::Array)
            }
            Function::Definition(definition) => self.definition_call(definition, &call),
            Function::Matrix(row) => self.matrix_call(row, &call).map(Value::Array),
        };
        result.unwrap_or(Value::Unknown)
    }

    /// Sorts the arguments by kind; axes that are given twice are an error.
    fn sort_arguments<'a>(
        &mut self,
        name: &'a Name,
        arguments: &'a [CallArgument],
        at: Position,
    ) -> Call<'a> {
        let mut call =
            Call { name, at, operands: Vec::new(), axes: None, keep: None, named: Vec::new() };
        for CallArgument { label, value } in arguments {
            let slot = match label.as_ref().map(|label| label.text.as_str()) {
                Some("axis" | "axes") => &mut call.axes,
                Some("keep") => &mut call.keep,
                None if self.is_axes(value) => &mut call.axes,
                None => {
                    call.operands.push(value);
                    continue;
                }
                Some(_) => {
                    call.named.extend(label.as_ref().map(|label| (label, value)));
                    continue;
                }
            };
            if slot.replace(value).is_some() {
                let what = label.as_ref().map_or("axis", |label| &label.text);
                self.report(meaning::argument_given_twice(value.at, &name.text, what));
            }
        }
        call
    }

    fn is_axes(&self, expression: &Expr) -> bool {
        match &expression.kind {
            ExprKind::List(_) => true,
            ExprKind::Name(name) => {
                let known = self.names.iter().rev().find(|(known, _)| known == name);
                matches!(known, Some((_, Value::Axes(_))))
            }
            _ => false,
        }
    }

    fn resolve(&mut self, call: &Call) -> Option<Function> {
        let name = call.name.text.as_str();
        let in_library = self.is_in_library();
        let visible = |function: &Function| in_library || function.is_public();
        let count = call.operands.len() + named_operands(call);
        if let Some(row) = self.rows.get(name).filter(|_| !in_library) {
            return self.declared_call(row, count, call);
        }
        if let Some(function) = resolve::function(name, count).filter(visible) {
            return Some(function);
        }
        let candidates: Vec<Function> = resolve::functions(name).filter(visible).collect();
        let diagnostic = if candidates.is_empty() {
            let mut known: Vec<&str> =
                self.functions.iter().map(|function| function.name.text.as_str()).collect();
            known.extend(self.rows.keys().map(String::as_str));
            resolve::public_names().for_each(|name| known.push(name));
            let foreign: Option<&str> = foreign::our_name(name);
            let meant = foreign.or_else(|| did_you_mean(name, known));
            meaning::unknown_function(call.name.at, name, meant)
        } else {
            let arities: Vec<String> =
                candidates.iter().map(|candidate| arity_text(candidate.arity())).collect();
            let forms: Vec<String> = candidates.iter().map(Function::form).collect();
            let expected = arities.join(" or ");
            meaning::wrong_number_of_arguments(call.at, name, &expected, count, &forms)
        };
        self.report(diagnostic);
        None
    }

    /// A function of numbers of the model's own, if it takes as many.
    fn declared_call(
        &mut self,
        row: &'static Scalar,
        count: usize,
        call: &Call,
    ) -> Option<Function> {
        if count == row.operands.len() {
            return Some(Function::Scalar(row));
        }
        let operands: Vec<&str> = row.operands.iter().map(|operand| operand.name).collect();
        let name = &call.name.text;
        let (expected, form) =
            (operands.len().to_string(), format!("{name}({})", operands.join(", ")));
        self.report(meaning::wrong_number_of_arguments(call.at, name, &expected, count, &[form]));
        None
    }

    /// The value of an operand; a string is left to `einsum`.
    fn operand(&mut self, expression: &Expr) -> Value {
        if matches!(expression.kind, ExprKind::Text(_)) {
            Value::Unknown
        } else {
            self.expression(expression)
        }
    }

    /// The nodes of all operands; `None` after an error in any.
    pub(super) fn arrays(&mut self, operands: &[&Expr]) -> Option<Vec<NodeId>> {
        let mut nodes = Vec::new();
        for operand in operands {
            let value = self.expression(operand);
            nodes.push(self.array(&value, operand.at));
        }
        nodes.into_iter().collect()
    }

    fn scalar_call(&mut self, row: &'static Scalar, call: &Call) -> Option<Value> {
        self.refuse_axes(call)?;
        self.refuse_named(call, &[])?;
        if condition::is_comparison(row) {
            return self.comparison_call(row, call);
        }
        if condition::is_choice(row) {
            return self.choice_call(row, call);
        }
        let nodes = self.arrays(&call.operands)?;
        for ((declared, expression), node) in row.operands.iter().zip(&call.operands).zip(&nodes) {
            let is_integer =
                self.graph.as_constant(*node).is_some_and(|number| number == number.trunc());
            if declared.derivative == Derivative::Integer && !is_integer {
                self.report(meaning::not_a_literal(
                    expression.at,
                    row.name,
                    declared.name,
                    "an integer",
                    &describe(expression),
                ));
                return None;
            }
        }
        self.elementwise(row, &nodes, &call.operands, call.at).map(Value::Array)
    }

    fn structural_call(&mut self, primitive: &'static Structural, call: &Call) -> Option<NodeId> {
        match primitive.axes {
            structural::Axes::Fixed => self.refuse_axes(call)?,
            structural::Axes::Optional => self.refuse_keep(call)?,
            structural::Axes::OptionalKept => {}
        }
        self.refuse_named(call, &[])?;
        if primitive.name == "einsum" {
            return self.einsum_call(call);
        }
        if primitive.name == "diff" {
            return self.diff_call(call);
        }
        if primitive.name == "one_hot_like" {
            return self.one_hot_like_call(call);
        }
        let nodes = self.arrays(&call.operands)?;
        let factor = |index: usize| Factor { node: nodes[index], source: call.operands[index] };
        match primitive.name {
            "dot" => self.dot(factor(0), factor(1), call.at),
            "matmul" => self.matmul(factor(0), factor(1), call.at),
            "outer" => Some(self.outer(nodes[0], nodes[1])),
            "transpose" => Some(self.transpose(nodes[0])),
            "transpose_last" => self.transpose_last(factor(0), call.at),
            "diagonal" => self.diagonal(factor(0), call.at),
            "trace" => self.trace(factor(0), call.at),
            "part" => self.part(factor(0), factor(1), call.at),
            "normal_like" => Some(self.draw(Distribution::Normal, nodes[0])),
            "uniform_like" => Some(self.draw(Distribution::Uniform, nodes[0])),
            "bernoulli_like" => self.bernoulli(call, nodes[0], nodes[1]),
            "dropout" => self.dropout(call, nodes[0], nodes[1]),
            "sum" => self.reduce_call(call, nodes[0], Reduced::Sum),
            "prod" => self.product_over(call, nodes[0]),
            "cumsum" => self.running(call, nodes[0], ADD),
            "cumprod" => self.running(call, nodes[0], MUL),
            "max_over" => self.reduce_call(call, nodes[0], Reduced::Max),
            "min_over" => self.reduce_call(call, nodes[0], Reduced::Min),
            "count" => self.reduce_call(call, nodes[0], Reduced::Count),
            other => {
                self.report(meaning::bug(call.at, &format!("`{other}` has no lowering")));
                None
            }
        }
    }

    fn einsum_call(&mut self, call: &Call) -> Option<NodeId> {
        let (first, rest) = call.operands.split_first()?;
        let ExprKind::Text(specification) = &first.kind else {
            self.report(meaning::einsum_specification(first.at, "is not a string"));
            return None;
        };
        let nodes = self.arrays(rest)?;
        let factors: Vec<Factor> =
            nodes.iter().zip(rest).map(|(&node, &source)| Factor { node, source }).collect();
        self.einsum(specification, &factors, first.at)
    }

    fn one_hot_like_call(&mut self, call: &Call) -> Option<NodeId> {
        let class = self.expression(call.operands[0]);
        let like = self.arrays(&call.operands[1..])?[0];
        let (class, bound) = self.class(&class, call.operands[0], "one_hot_like")?;
        self.one_hot(class, &bound, like, call.at)
    }

    /// The node and the bound of a class index.
    pub(super) fn class(
        &mut self,
        value: &Value,
        source: &Expr,
        function: &str,
    ) -> Option<(NodeId, Dim)> {
        match value {
            Value::Class(node, bound) => Some((*node, bound.clone())),
            Value::Unknown => None,
            Value::Array(_) | Value::Integer(_) | Value::Condition(_) | Value::Axes(_) => {
                let text = describe(source);
                self.report(meaning::number_is_not_a_class(source.at, function, &text));
                None
            }
        }
    }

    pub(super) fn refuse_axes(&mut self, call: &Call) -> Option<()> {
        self.refuse_keep(call)?;
        let Some(axes) = call.axes else { return Some(()) };
        self.report(meaning::unknown_named_argument(axes.at, &call.name.text, "axis", &[]));
        None
    }

    pub(super) fn refuse_keep(&mut self, call: &Call) -> Option<()> {
        let Some(keep) = call.keep else { return Some(()) };
        self.report(meaning::unknown_named_argument(keep.at, &call.name.text, "keep", &[]));
        None
    }

    pub(super) fn refuse_named(&mut self, call: &Call, known: &[&str]) -> Option<()> {
        let Some((label, _)) =
            call.named.iter().find(|(label, _)| !known.contains(&label.text.as_str()))
        else {
            return Some(());
        };
        self.report(meaning::unknown_named_argument(label.at, &call.name.text, &label.text, known));
        None
    }
}

/// How many of the named arguments stand for parameters of a definition.
fn named_operands(call: &Call) -> usize {
    let is_parameter = |label: &str| {
        resolve::functions(&call.name.text).any(|function| {
            matches!(function, Function::Definition(one) if one.parameters.iter().any(|parameter| parameter.name == label))
        })
    };
    call.named.iter().filter(|(label, _)| is_parameter(&label.text)).count()
}

fn arity_text((least, most): (usize, Option<usize>)) -> String {
    match most {
        Some(most) if most == least => least.to_string(),
        Some(most) => format!("{least} to {most}"),
        None => format!("{least} or more"),
    }
}
