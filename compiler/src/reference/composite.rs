//! An entry for a definition of the library.

use super::heading;
use crate::functions::library::{
    Default, DefaultAxes, Definition, DefinitionKind, Parameter, ParameterKind, Target,
};
use crate::mathematics::{Math, text};

/// What the definition says, as Markdown.
pub fn entry(one: &Definition) -> String {
    let parameters: Vec<String> = one.parameters.iter().map(parameter).collect();
    let mut entry = heading(&format!("{}({})", one.name, parameters.join(", ")), one.aliases);
    entry += &format!("`{}`\n\n{}\n", one.formula, one.doc);
    let facts: Vec<String> =
        [axes(one.axes), target(one.kind)].into_iter().flatten().chain(ranges(one)).collect();
    if !facts.is_empty() {
        entry += &format!("\n{}\n", facts.join(" "));
    }
    entry + &format!("\n```text\n{}\n```\n", lines(one.body))
}

fn parameter(one: &Parameter) -> String {
    match one.default {
        Default::Number(default) => format!("{} = {}", one.name, text(&Math::Number(default))),
        Default::Of(other) => format!("{} = {other}", one.name),
        Default::None => one.name.to_string(),
    }
}

fn axes(axes: DefaultAxes) -> Option<String> {
    match axes {
        DefaultAxes::None => None,
        DefaultAxes::All => Some("Over all axes, or those in a list after the arguments.".into()),
        DefaultAxes::Last => {
            Some("Over the last axis, or those in a list after the arguments.".into())
        }
    }
}

fn target(kind: DefinitionKind) -> Option<String> {
    match kind {
        DefinitionKind::Function => None,
        DefinitionKind::Loss(Target::Same) => {
            Some("Target: numbers, of the prediction's shape.".into())
        }
        DefinitionKind::Loss(Target::Class) => Some(
            "Target: a class, an integer below the extent of the prediction's last axis.".into(),
        ),
        DefinitionKind::Loss(Target::Slice(extent)) => Some(format!(
            "Target: numbers, of the shape of one of the {extent} slices of the prediction's first axis."
        )),
    }
}

fn ranges(one: &Definition) -> impl Iterator<Item = String> {
    one.parameters.iter().filter_map(|parameter| match parameter.kind {
        ParameterKind::Number(low, high) => {
            let bound = |number| text(&Math::Number(number));
            Some(format!(
                "`{}` is a number between {} and {}.",
                parameter.name,
                bound(low),
                bound(high)
            ))
        }
        ParameterKind::Integer(least) => {
            Some(format!("`{}` is an integer from {least} up.", parameter.name))
        }
        ParameterKind::Tensor | ParameterKind::Matrix | ParameterKind::Class => None,
    })
}

/// The body without the indentation of the table.
fn lines(body: &str) -> String {
    body.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}
