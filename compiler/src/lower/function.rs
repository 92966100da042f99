//! Calls of the model's own functions: arguments, limits, and the body inlined.

use super::binding::{Dims, Given, in_terms_of_caller};
use super::describe;
use super::integer::Affine;
use super::{Call, Lowering, Value, undecidable};
use crate::diagnostic::meaning;
use crate::ir::{Dim, Polynomial};
use crate::tree::{
    self, CallArgument, Expr, Function, MAX_DEPTH, Name, Parameter, ParameterKind, Position,
};

/// Beyond this many inlined calls a model is given up: functions that call each other twice double it at each level.
const MOST_CALLS: usize = 20_000;

impl<'a> Lowering<'a> {
    /// The model's function of this name, unless the text is ours.
    pub(super) fn own_function(&self, name: &str) -> Option<&'a Function> {
        let functions = if self.is_in_library() { &[] } else { self.functions };
        functions.iter().find(|function| function.name.text == name)
    }

    /// The value of a call of one of the model's own functions.
    pub(super) fn function_call(
        &mut self,
        function: &Function,
        arguments: &[CallArgument],
        at: Position,
    ) -> Option<Value> {
        let given = self.given(function, arguments, at)?;
        let dims = self.bind(function, &given)?;
        self.check_call(function, at)?;
        let mut names = self.dimensions.clone();
        names.extend(dims.iter().map(|(name, (dim, _))| {
            (name.clone(), Value::Integer(Affine::constant(Polynomial::from(dim))))
        }));
        for Given { parameter, value, .. } in given {
            let name = parameter.name.text.clone();
            let value = self.bound(&name, value);
            names.push((name, value));
        }
        let text = describe::call(&function.name.text, arguments);
        self.calls.push(Call { name: function.name.text.clone(), at: Some(at), text: Some(text) });
        let height = tree::height(&function.body);
        self.height += height;
        let outer_names = std::mem::replace(&mut self.names, names);
        let value = self.block(&function.body);
        let value = self.result(function, value, &dims);
        self.names = outer_names;
        self.height -= height;
        self.calls.pop();
        value
    }

    /// The arguments by parameter: by position, then by name.
    fn given<'b>(
        &mut self,
        function: &'b Function,
        arguments: &'b [CallArgument],
        at: Position,
    ) -> Option<Vec<Given<'b>>> {
        let mut sources: Vec<Option<&Expr>> = vec![None; function.parameters.len()];
        let mut count = 0;
        let mut is_right = true;
        for CallArgument { label, value } in arguments {
            let place = match label {
                None => Some(count),
                Some(label) => self.labelled(function, label),
            };
            count += 1;
            let Some(slot) = place.and_then(|place| sources.get_mut(place)) else {
                is_right &= label.is_none();
                continue;
            };
            if slot.replace(value).is_some() {
                let name = label.as_ref().map_or("an argument", |label| &label.text);
                self.report(meaning::argument_given_twice(value.at, &function.name.text, name));
                is_right = false;
            }
        }
        if is_right && count != sources.len() {
            self.wrong_arity(function, count, at);
            is_right = false;
        }
        let mut given = Vec::new();
        for (parameter, source) in function.parameters.iter().zip(sources) {
            let Some(source) = source else { continue };
            let value = self.expression(source);
            match self.accepted(function, parameter, source, value) {
                Some(value) => given.push(Given { parameter, source, value }),
                None => is_right = false,
            }
        }
        is_right.then_some(given)
    }

    fn labelled(&mut self, function: &Function, label: &Name) -> Option<usize> {
        let parameters = &function.parameters;
        let place = parameters.iter().position(|parameter| parameter.name.text == label.text);
        if place.is_none() {
            let known: Vec<&str> =
                parameters.iter().map(|parameter| parameter.name.text.as_str()).collect();
            let message = meaning::unknown_named_argument;
            self.report(message(label.at, &function.name.text, &label.text, &known));
        }
        place
    }

    fn wrong_arity(&mut self, function: &Function, found: usize, at: Position) {
        let names: Vec<&str> =
            function.parameters.iter().map(|parameter| parameter.name.text.as_str()).collect();
        let name = &function.name.text;
        let form = format!("{name}({})", names.join(", "));
        let expected = names.len().to_string();
        self.report(meaning::wrong_number_of_arguments(at, name, &expected, found, &[form]));
    }

    /// The value, if it is of the kind the parameter wants.
    fn accepted(
        &mut self,
        function: &Function,
        parameter: &Parameter,
        source: &Expr,
        value: Value,
    ) -> Option<Value> {
        match (&parameter.kind, &value) {
            (_, Value::Unknown) => None,
            (ParameterKind::Class(..), _) => {
                self.class(&value, source, &function.name.text)?;
                Some(value)
            }
            (ParameterKind::Shaped(_), _) => self.array(&value, source.at).map(Value::Array),
            (ParameterKind::Any, Value::Class(..) | Value::Axes(_)) => {
                self.array(&value, source.at).map(Value::Array)
            }
            (ParameterKind::Any, _) => Some(value),
        }
    }

    /// No function calls itself, and calls do not nest or multiply without limit.
    fn check_call(&mut self, function: &Function, at: Position) -> Option<()> {
        let name = &function.name.text;
        let same = |call: &Call| !call.is_built_in() && call.name == *name;
        if let Some(first) = self.calls.iter().position(same) {
            let mut cycle: Vec<String> =
                self.calls[first..].iter().map(|call| call.name.clone()).collect();
            cycle.push(name.clone());
            self.report(meaning::recursion(at, name, &cycle));
            return None;
        }
        if self.height + tree::height(&function.body) > MAX_DEPTH {
            self.report(meaning::calls_too_deep(at, name, MAX_DEPTH));
            return None;
        }
        self.inlined += 1;
        if self.inlined > MOST_CALLS {
            self.report(meaning::too_many_calls(at, name, MOST_CALLS));
            return None;
        }
        Some(())
    }

    /// The value of a body, if it has the declared shape.
    fn result(&mut self, function: &Function, value: Value, dims: &Dims) -> Option<Value> {
        let Some(declared) = &function.result else { return Some(value) };
        let at = function.body.value.at;
        let node = self.array(&value, at)?;
        let found = self.example_shape(node);
        let meant: Option<Vec<Dim>> =
            declared.iter().map(|extent| in_terms_of_caller(function, &extent.dim, dims)).collect();
        let meant = meant.unwrap_or_default();
        if meant == found {
            return Some(Value::Array(node));
        }
        let undecided = meant.iter().zip(&found).find(|(meant, found)| undecidable(meant, found));
        let diagnostic = match undecided.filter(|_| meant.len() == found.len()) {
            Some((meant, found)) => meaning::undecidable_extents(at, found, meant),
            None => meaning::result_shape_differs(at, &function.name.text, &meant, &found),
        };
        self.report(diagnostic);
        None
    }
}
