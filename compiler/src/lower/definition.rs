//! Definitions of the library: their arguments, and their bodies inlined.

use super::call::Call;
use super::describe::describe;
use super::integer::Affine;
use super::{Call as Inlined, Lowering, Value};
use crate::diagnostic::meaning;
use crate::functions::library::{
    Default, DefaultAxes, Definition, DefinitionKind, Parameter, ParameterKind, Target,
};
use crate::ir::{Dim, Polynomial};
use crate::math_syntax;
use crate::tree::{Expr, Position};

impl Lowering<'_> {
    /// Inlines a definition: its body sees its parameters and nothing else.
    pub(super) fn definition_call(
        &mut self,
        definition: &'static Definition,
        call: &Call,
    ) -> Option<Value> {
        let settings: Vec<&str> = definition.settings().map(|parameter| parameter.name).collect();
        self.refuse_named(call, &settings)?;
        self.refuse_keep(call)?;
        let mut names: Vec<(String, Value)> = Vec::new();
        let mut complete = true;
        for (index, parameter) in definition.parameters.iter().enumerate() {
            let by_name = call
                .named
                .iter()
                .find(|(label, _)| label.text == parameter.name)
                .map(|(_, value)| *value);
            let by_place = call.operands.get(index).copied();
            if let (Some(named), Some(_)) = (by_name, by_place) {
                let twice = meaning::argument_given_twice;
                self.report(twice(named.at, definition.name, parameter.name));
            }
            let source = by_name.or(by_place);
            let value = match source {
                Some(source) => {
                    self.argument_of(definition, parameter.name, parameter.kind, source)
                }
                None => self.default_of(parameter, &names),
            };
            complete &= value.is_some();
            names.push((parameter.name.to_string(), value.unwrap_or(Value::Unknown)));
        }
        if !complete {
            return None;
        }
        self.inline(definition, names, call.axes, call.at)
    }

    /// The value of a parameter that the caller leaves out, after those of the parameters before it.
    pub(super) fn default_of(
        &mut self,
        parameter: &Parameter,
        before: &[(String, Value)],
    ) -> Option<Value> {
        match (parameter.default, parameter.kind) {
            (Default::None, _) => None,
            (Default::Number(number), ParameterKind::Integer(_)) => {
                let number = Polynomial::constant(number as i64);
                Some(Value::Integer(Affine::constant(number)))
            }
            (Default::Number(number), _) => Some(Value::Array(self.graph.constant(number))),
            (Default::Of(name), _) => {
                before.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
            }
        }
    }

    pub(super) fn argument_of(
        &mut self,
        definition: &Definition,
        name: &str,
        kind: ParameterKind,
        source: &Expr,
    ) -> Option<Value> {
        if let ParameterKind::Integer(least) = kind {
            return self.integer_of(definition, name, least, source);
        }
        let value = self.expression(source);
        match kind {
            ParameterKind::Integer(_) => None,
            ParameterKind::Tensor | ParameterKind::Matrix => {
                self.array(&value, source.at).map(Value::Array)
            }
            ParameterKind::Class => {
                self.class(&value, source, definition.name)?;
                Some(value)
            }
            ParameterKind::Number(low, high) => {
                let node = self.array(&value, source.at)?;
                let number = self.graph.as_constant(node);
                if !number.is_some_and(|number| low < number && number < high) {
                    let what = interval(low, high);
                    let found = describe(source);
                    let message = meaning::not_a_literal;
                    self.report(message(source.at, definition.name, name, &what, &found));
                    return None;
                }
                Some(value)
            }
        }
    }

    /// An integer setting, which is `least` or more whatever the dimensions are.
    fn integer_of(
        &mut self,
        definition: &Definition,
        name: &str,
        least: i64,
        source: &Expr,
    ) -> Option<Value> {
        let number = self.polynomial_argument(source)?;
        if number.plus(&Polynomial::constant(-least)).is_nonnegative() {
            return Some(Value::Integer(Affine::constant(number)));
        }
        let wanted = format!("an integer of at least {least}");
        let found = describe(source);
        self.report(meaning::not_a_literal(source.at, definition.name, name, &wanted, &found));
        None
    }

    /// The body of a definition with its parameters bound.
    pub(super) fn inline(
        &mut self,
        definition: &'static Definition,
        mut names: Vec<(String, Value)>,
        axes: Option<&Expr>,
        at: Position,
    ) -> Option<Value> {
        self.check_target(definition, &names, at)?;
        let shape = match names.first() {
            Some((_, Value::Array(node))) => self.example_shape(*node),
            _ => Vec::new(),
        };
        let chosen = match (definition.axes, axes) {
            (DefaultAxes::None, None) => None,
            (DefaultAxes::None, Some(axes)) => {
                self.report(meaning::unknown_named_argument(axes.at, definition.name, "axis", &[]));
                return None;
            }
            (_, Some(axes)) => Some(self.axes(axes, &shape, definition.name)?),
            (DefaultAxes::All, None) => Some((0..shape.len()).collect()),
            (DefaultAxes::Last, None) => match shape.len().checked_sub(1) {
                Some(last) => Some(vec![last]),
                None => {
                    self.report(meaning::wrong_rank(
                        at,
                        definition.name,
                        "its argument",
                        &shape,
                        "at least one axis",
                    ));
                    return None;
                }
            },
        };
        names.extend(chosen.map(|axes| ("axes".to_string(), Value::Axes(axes))));
        let body = match math_syntax::parse_built_in(definition.body) {
            Ok(body) => body,
            Err(problem) => {
                self.report(meaning::bug(at, &problem));
                return None;
            }
        };
        self.calls.push(Inlined { name: definition.name.to_owned(), at: Some(at), text: None });
        let outer = std::mem::replace(&mut self.names, names);
        let value = self.block(&body);
        self.names = outer;
        self.calls.pop();
        Some(value)
    }

    /// A loss gets a target of exactly the shape it wants: nothing is broadcast.
    fn check_target(
        &mut self,
        definition: &Definition,
        names: &[(String, Value)],
        at: Position,
    ) -> Option<()> {
        let DefinitionKind::Loss(target) = definition.kind else { return Some(()) };
        let [(_, Value::Array(prediction)), (_, given), ..] = names else { return Some(()) };
        let prediction = self.example_shape(*prediction);
        let wanted = match target {
            Target::Same => prediction.clone(),
            Target::Class => match prediction.split_last() {
                Some((_, places)) => places.to_vec(),
                None => {
                    self.report(meaning::loss_needs_shape(
                        at,
                        definition.name,
                        "a vector of logits",
                        &prediction,
                    ));
                    return None;
                }
            },
            Target::Slice(parts) => {
                if prediction.first() != Some(&Dim::Fixed(parts as u64)) {
                    let needs = format!("a prediction whose first axis has extent {parts}");
                    self.report(meaning::loss_needs_shape(
                        at,
                        definition.name,
                        &needs,
                        &prediction,
                    ));
                    return None;
                }
                prediction[1..].to_vec()
            }
        };
        let (Value::Array(given) | Value::Class(given, _)) = given else { return Some(()) };
        let given = self.example_shape(*given);
        if given == wanted {
            return Some(());
        }
        let text = meaning::shape_text(&given);
        let needs = format!("a target of shape {}, found {text},", meaning::shape_text(&wanted));
        self.report(meaning::loss_needs_shape(at, definition.name, &needs, &prediction));
        None
    }
}

/// The numbers a setting may be.
fn interval(low: f64, high: f64) -> String {
    match (low.is_finite(), high.is_finite()) {
        (true, true) => format!("a number between {low} and {high}"),
        (true, false) => format!("a number above {low}"),
        (false, true) => format!("a number below {high}"),
        (false, false) => "a number".to_owned(),
    }
}
