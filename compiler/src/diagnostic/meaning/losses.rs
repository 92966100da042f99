//! Messages about predictions and losses.

use super::{did_you_mean, list, shape_text};
use crate::diagnostic::messages;
use crate::ir::Dim;

messages! {
    output_shape_differs(declared: &[Dim], found: &[Dim])
        in "#[model(loss = squared_error)] fn m(x: Input<3>, w: Param<3>) -> Output<4> { x * w }"
        with [declared_shape, found_shape] = [declared, found].map(shape_text),
        with spelled = spelled(found),
        says "the body has shape {found_shape}, but the `Output` is declared {declared_shape}"
        help "declare `-> {spelled}`, or change the body";
    loss_is_not_scalar(shape: &[Dim]) in "#[model] fn m(x: Input<3>, w: Param<3>) -> Loss { x * w }"
        with found = shape_text(shape),
        says "the loss has shape {found}"
        help "a loss is one number: reduce it with `sum(..)` or `mean(..)`";
    unknown_loss(name: &str, meant: Option<&str>, known: &[&str])
        in "#[model(loss = square_error)] fn m(x: Input, w: Param) -> Output { x * w }"
        says "`{name}` is not a loss of the library"
        hint did_you_mean(meant)
            .or_else(|| Some(format!("there are {}; or give a closure `|prediction, target| ..`", list(known)))),;
    loss_settings(loss: &str, expected: usize, found: usize)
        in "#[model(loss = squared_error(1.0))] fn m(x: Input, w: Param) -> Output { x * w }"
        with most = match expected { 0 => "no setting".to_owned(), 1 => "one setting".to_owned(), _ => format!("{expected} settings") },
        says "loss `{loss}` has {most}, found {found}"
        hint Some(if expected == 0 { format!("write `loss = {loss}`") } else { "remove what is too much".to_owned() }),;
    loss_needs_shape(loss: &str, needs: &str, found: &[Dim])
        in "#[model(loss = cross_entropy)] fn m(x: Input, w: Param) -> Output { x * w }"
        with shape = shape_text(found),
        says "`{loss}` needs {needs}, found a prediction of shape {shape}"
        help "change the prediction, or choose another loss";
}

/// A shape as the type of a result.
fn spelled(shape: &[Dim]) -> String {
    let extents: Vec<String> = shape
        .iter()
        .map(|dim| match dim {
            Dim::Composite(_) | Dim::Quotient(..) => format!("{{ {dim} }}"),
            _ => dim.to_string(),
        })
        .collect();
    if extents.is_empty() { "Output".into() } else { format!("Output<{}>", extents.join(", ")) }
}
