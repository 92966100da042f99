//! Messages of the front ends: what the signature, the attribute, the body or the notation may not contain.
//!
//! A message is a row: its code, the smallest program that triggers it, what it says, and the way out. The row gives a function of
//! that name and an entry of the [`catalogue`].

pub mod attribute;
pub mod body;
pub mod names;
pub mod notation;
pub mod signature;
#[cfg(test)]
mod tests;

use super::did_you_mean;

/// A message's code and the smallest program that triggers it.
#[derive(Debug)]
pub struct Entry {
    /// The name of the message's function.
    pub code: &'static str,
    /// An annotated function, as a user would write it.
    pub program: &'static str,
}

/// Every message of the front ends, in the order of the families.
pub fn catalogue() -> impl Iterator<Item = &'static Entry> {
    let families = [
        signature::CATALOGUE,
        names::CATALOGUE,
        attribute::CATALOGUE,
        body::CATALOGUE,
        notation::CATALOGUE,
    ];
    families.into_iter().flatten()
}

/// The candidate that was probably meant, or all of them.
pub fn suggestion(found: &str, candidates: &[&str]) -> String {
    match did_you_mean(found, candidates.iter().copied()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => format!("write one of `{}`", candidates.join("`, `")),
    }
}

/// Turns rows of messages into functions and a `CATALOGUE`.
///
/// `says`, `help` and `note` are formats over the arguments; `hint` is an expression that gives an optional help.
macro_rules! messages {
    ($(
        $code:ident($($argument:ident: $kind:ty),*) in $program:literal
        says $message:literal
        $(help $help:literal)?
        $(hint $hint:expr,)?
        $(note $note:literal)?
        ;
    )*) => {
        $(
            #[doc = concat!("Triggered by\n```text\n", $program, "\n```")]
            pub fn $code(
                at: $crate::tree::Position,
                $($argument: $kind),*
            ) -> $crate::diagnostic::Diagnostic {
                let diagnostic =
                    $crate::diagnostic::Diagnostic::new(stringify!($code), at, format!($message));
                $(let diagnostic = diagnostic.help(format!($help));)?
                $(let diagnostic = match $hint {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic,
                };)?
                $(let diagnostic = diagnostic.note(format!($note));)?
                diagnostic
            }
        )*
        /// The messages of this family.
        pub const CATALOGUE: &[$crate::diagnostic::syntax::Entry] = &[$(
            $crate::diagnostic::syntax::Entry { code: stringify!($code), program: $program },
        )*];
    };
}
use messages;
