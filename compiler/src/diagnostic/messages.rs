//! A message is a row: its code, the smallest program that triggers it, what it says, and the way out.

/// A message's code and the smallest program that triggers it.
#[derive(Debug)]
pub struct Entry {
    /// The name of the message's function.
    pub code: &'static str,
    /// An annotated function, as a user would write it.
    pub program: &'static str,
}

/// Turns rows of messages into functions and a `CATALOGUE`.
///
/// `with` names a part of the text; `says`, `help` and `note` are formats over arguments and parts; `hint` is an expression that gives an
/// optional help.
macro_rules! messages {
    ($(
        $code:ident($($argument:ident: $kind:ty),*) in $program:literal
        $(with $part:pat = $value:expr,)*
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
                $(let $part = $value;)*
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
        pub const CATALOGUE: &[$crate::diagnostic::Entry] = &[$(
            $crate::diagnostic::Entry { code: stringify!($code), program: $program },
        )*];
    };
}
pub(crate) use messages;
