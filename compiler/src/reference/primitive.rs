//! An entry for a structural primitive.

use super::heading;
use crate::functions::structural::{Axes, Structural};

/// What the table says, as Markdown.
pub fn entry(one: &Structural) -> String {
    let axes = match one.axes {
        Axes::Fixed => "",
        Axes::Optional | Axes::OptionalKept => {
            "\nOver all axes, or those in a list after the arguments.\n"
        }
    };
    format!(
        "{}{}\n{axes}",
        heading(&format!("{}({})", one.name, one.arguments), one.aliases),
        one.doc
    )
}
