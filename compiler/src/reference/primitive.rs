//! An entry for a structural primitive.

use super::heading;
use crate::functions::structural::Structural;

/// What the table says, as Markdown.
pub fn entry(one: &Structural) -> String {
    format!("{}{}\n", heading(&format!("{}({})", one.name, one.arguments), one.aliases), one.doc)
}
