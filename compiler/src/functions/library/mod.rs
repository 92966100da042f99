//! The built-in library: a composite is one definition in our own notation.
//!
//! A definition is inlined where it is called and differentiated like the user's own text, so none has a derivative of its own. Its body
//! may use every scalar row (internal ones too), the structural primitives, other definitions, and the name `axes`, which stands for the
//! axes the caller gave, or else for the definition's own choice ([`DefaultAxes`]). A number that a formula could divide by zero, or take
//! the root of, is guarded by `pick`, so that neither value nor derivative is NaN where the mathematics is finite.

mod attention;
mod classification;
mod comparison;
mod convolution;
mod densities;
mod gates;
mod likelihoods;
mod matrices;
mod normalization;
mod recurrent;
mod regression;
mod statistics;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A composite function or a loss.
#[derive(Debug)]
pub struct Definition {
    /// The name in function and method form, and in `loss = ..`.
    pub name: &'static str,
    /// Other names.
    pub aliases: &'static [&'static str],
    /// The parameters, in order; those with a default come last and may be left out or named.
    pub parameters: &'static [Parameter],
    /// The axes it works over.
    pub axes: DefaultAxes,
    /// A function, or a loss with the target it wants.
    pub kind: DefinitionKind,
    /// The body: `let a = ..; value`.
    pub body: &'static str,
    /// The mathematics, for the reference.
    pub formula: &'static str,
    /// What it is, its shapes, conventions, numerical form and source: Markdown, one paragraph.
    pub doc: &'static str,
}

/// One parameter of a definition.
#[derive(Debug)]
pub struct Parameter {
    /// Its name in the body.
    pub name: &'static str,
    /// What it may be.
    pub kind: ParameterKind,
    /// The value where the caller gives none.
    pub default: Default,
}

/// The value of a parameter where the caller gives none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Default {
    /// The caller must give one.
    None,
    /// This number.
    Number(f64),
    /// That of an earlier parameter.
    Of(&'static str),
}

/// What a parameter of a definition may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ParameterKind {
    /// Any expression.
    Tensor,
    /// A square matrix, or a stack of them; symmetric and positive definite unless the documentation says otherwise.
    Matrix,
    /// A number strictly between the two bounds, written in the source.
    Number(f64, f64),
    /// An integer from this one up, made of literals and dimensions.
    Integer(i64),
    /// The integer below the extent of the prediction's last axis that names the right class.
    Class,
}

/// The axes a definition works over where the caller names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultAxes {
    /// It takes no axes.
    None,
    /// All axes.
    All,
    /// The last axis.
    Last,
}

/// What a definition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefinitionKind {
    /// A function of the language.
    Function,
    /// A loss of one example, from a prediction and a target.
    Loss(Target),
}

/// The target a loss wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A value of exactly the prediction's shape; nothing is broadcast.
    Same,
    /// A class: an index into the prediction's last axis.
    Class,
    /// A value of the shape of one slice of the prediction's first axis, which has this extent.
    Slice(usize),
}

/// The definition with this name or alias.
///
/// # Examples
/// ```
/// use chainrule_compiler::functions::library::definition;
///
/// assert!(definition("softmax").is_some());
/// assert!(definition("tanh").is_none());
/// ```
pub fn definition(name: &str) -> Option<&'static Definition> {
    static BY_NAME: LazyLock<BTreeMap<&'static str, &'static Definition>> = LazyLock::new(|| {
        definitions().flat_map(|found| found.names().map(move |name| (name, found))).collect()
    });
    BY_NAME.get(name).copied()
}

/// All definitions: functions first, then losses.
pub fn definitions() -> impl Iterator<Item = &'static Definition> {
    let families: [&'static [Definition]; 12] = [
        statistics::DEFINITIONS,
        normalization::DEFINITIONS,
        gates::DEFINITIONS,
        recurrent::DEFINITIONS,
        convolution::DEFINITIONS,
        attention::DEFINITIONS,
        densities::DEFINITIONS,
        comparison::DEFINITIONS,
        regression::DEFINITIONS,
        likelihoods::DEFINITIONS,
        classification::DEFINITIONS,
        matrices::DEFINITIONS,
    ];
    families.into_iter().flatten()
}

const X: &[Parameter] = &[Parameter::tensor("x")];
const PREDICTION_AND_TARGET: &[Parameter] =
    &[Parameter::tensor("prediction"), Parameter::tensor("target")];

impl Definition {
    /// The name and the aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    /// The parameters that `loss = name(..)` may set, and a call by name: numbers and integers.
    pub fn settings(&self) -> impl Iterator<Item = &'static Parameter> {
        self.parameters
            .iter()
            .filter(|one| matches!(one.kind, ParameterKind::Number(..) | ParameterKind::Integer(_)))
    }

    /// A function of one value, over all axes unless told otherwise.
    const FUNCTION: Definition = Definition {
        name: "",
        aliases: &[],
        parameters: X,
        axes: DefaultAxes::All,
        kind: DefinitionKind::Function,
        body: "",
        formula: "",
        doc: "",
    };

    /// A loss of a prediction and a target of its shape.
    const LOSS: Definition = Definition {
        parameters: PREDICTION_AND_TARGET,
        axes: DefaultAxes::None,
        kind: DefinitionKind::Loss(Target::Same),
        ..Definition::FUNCTION
    };
}

impl Parameter {
    const fn tensor(name: &'static str) -> Parameter {
        Parameter { name, kind: ParameterKind::Tensor, default: Default::None }
    }

    const fn matrix(name: &'static str) -> Parameter {
        Parameter { name, kind: ParameterKind::Matrix, default: Default::None }
    }

    const fn class(name: &'static str) -> Parameter {
        Parameter { name, kind: ParameterKind::Class, default: Default::None }
    }

    const fn number(name: &'static str, low: f64, high: f64, default: f64) -> Parameter {
        let default = Default::Number(default);
        Parameter { name, kind: ParameterKind::Number(low, high), default }
    }

    const fn integer(name: &'static str, least: i64, default: Default) -> Parameter {
        Parameter { name, kind: ParameterKind::Integer(least), default }
    }
}
