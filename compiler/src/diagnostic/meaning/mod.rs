//! Messages about meaning: names, calls, shapes, losses, and what a model must have.
//!
//! As with [`syntax`](super::syntax), a message is a row, and every row's program is compiled by a test.

mod calls;
mod conditions;
mod derivatives;
mod functions;
mod loops;
mod losses;
mod models;
mod names;
mod places;
mod shapes;
#[cfg(test)]
mod tests;

use super::{Diagnostic, Entry};
use crate::ir::Dim;
use crate::tree::Position;

pub use self::calls::{
    argument_given_twice, axis_out_of_range, axis_repeated, einsum_specification, not_a_literal,
    not_axes, unknown_named_argument, wrong_number_of_arguments,
};
pub use self::conditions::{
    branches_differ, condition_is_not_a_number, condition_shape_differs, number_is_not_a_condition,
};
pub use self::derivatives::{
    diff_for_copy, diff_for_expression, diff_through_loop, diff_without_dependence,
};
pub use self::functions::{
    argument_bound_differs, argument_shape_differs, call_note, calls_too_deep, derivative_form,
    derivative_function, derivative_name, missing_derivative, recursion, result_shape_differs,
    too_many_calls,
};
pub use self::loops::{
    bound_depends_on_counter, checkpoint_collects, empty_loop, state_changes_shape,
    state_is_not_numbers, undecidable_loop,
};
pub use self::losses::{
    loss_is_not_scalar, loss_needs_shape, loss_settings, output_shape_differs, unknown_loss,
};
pub use self::models::{
    constant_loss, literal_out_of_range, no_real_input, no_residuals, nothing_to_train,
    nothing_to_weigh, residuals_of_class, residuals_of_shape, residuals_with_weights,
    unknown_stage, unused_parameter, zero_gradient,
};
pub use self::names::{
    class_is_not_a_number, not_a_value, number_is_not_a_class, unknown_function, unknown_name,
};
pub use self::places::{
    cannot_join, does_not_fit, no_extents, not_all_axes, not_an_extent, not_an_integer,
    not_one_axis, nothing_left, place_outside, places_differ, too_many_places, undecidable_place,
};
pub use self::shapes::{
    cannot_broadcast, class_bound_differs, impossible_extent, inner_dimensions_differ,
    right_side_does_not_fit, undecidable_extents, wrong_rank,
};

/// Every message about meaning, in the order of the families.
pub fn catalogue() -> impl Iterator<Item = &'static Entry> {
    let families = [
        names::CATALOGUE,
        calls::CATALOGUE,
        functions::CATALOGUE,
        conditions::CATALOGUE,
        loops::CATALOGUE,
        shapes::CATALOGUE,
        places::CATALOGUE,
        losses::CATALOGUE,
        derivatives::CATALOGUE,
        models::CATALOGUE,
    ];
    families.into_iter().flatten()
}

/// A shape as messages print it: `[4, H]`.
pub fn shape_text(shape: &[Dim]) -> String {
    if shape.is_empty() {
        return "[] (a scalar)".into();
    }
    let extents: Vec<String> = shape.iter().map(Dim::to_string).collect();
    format!("[{}]", extents.join(", "))
}

/// A failure inside the compiler, which no program should be able to trigger.
pub fn bug(at: Position, problem: &str) -> Diagnostic {
    Diagnostic::new("bug", at, format!("chainrule failed on this model: {problem}")).help(
        "this is a bug of chainrule, not of the model; please report it with the function above",
    )
}

/// A derivative inside a model that the chain rule cannot form: no form of the language has it now.
pub fn diff_not_possible(at: Position, value: &str, variable: &str, problem: &str) -> Diagnostic {
    let message = format!("cannot differentiate `{value}` for `{variable}`: {problem}");
    Diagnostic::new("diff_not_possible", at, message).help("write the derivative out")
}

fn did_you_mean(meant: Option<&str>) -> Option<String> {
    meant.map(|meant| format!("did you mean `{meant}`?"))
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
