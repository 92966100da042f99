//! The claims that hold for every catalogue of messages.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

use super::{Diagnostic, Entry};
use crate::rust_syntax::{self, Parsed};

/// Reads a program `#[model(..)] item`.
pub fn parse(program: &str) -> Parsed {
    let tokens: TokenStream = program.parse().unwrap_or_else(|error| panic!("{program}: {error}"));
    let mut tokens = tokens.into_iter().skip(1);
    let Some(TokenTree::Group(brackets)) = tokens.next() else {
        panic!("{program} does not begin with an attribute")
    };
    let attribute = brackets.stream().into_iter().find_map(|token| match token {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    });
    rust_syntax::parse(attribute.unwrap_or_default(), tokens.collect())
}

/// A program gives its own message and no other.
pub fn each_is_triggered_alone(
    catalogue: impl Iterator<Item = &'static Entry>,
    diagnostics: fn(&str) -> Vec<Diagnostic>,
) {
    let mut wrong = Vec::new();
    for Entry { code, program } in catalogue {
        let found: Vec<&str> = diagnostics(program).iter().map(|found| found.code).collect();
        if found != [*code] {
            wrong.push(format!("{code}: {program}\n    gives {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Lower case, no full stop, one line; no code is listed twice.
pub fn messages_keep_the_voice(
    catalogue: impl Iterator<Item = &'static Entry>,
    diagnostics: fn(&str) -> Vec<Diagnostic>,
) {
    let mut codes = BTreeSet::new();
    for Entry { code, program } in catalogue {
        assert!(codes.insert(code), "{code} is listed twice");
        for found in diagnostics(program) {
            let parts = [Some(&found.message), found.help.as_ref(), found.note.as_ref()];
            for part in parts.into_iter().flatten().filter(|_| found.code != "rust_syntax") {
                let is_lower = part.chars().next().is_some_and(|first| !first.is_uppercase());
                let is_open = !part.ends_with('.') || part.ends_with("..");
                assert!(is_lower && is_open && !part.contains('\n'), "{code}: {part}");
            }
        }
    }
}
