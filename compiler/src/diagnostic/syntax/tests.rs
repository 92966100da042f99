//! Every message is triggered by the program beside it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::{Entry, catalogue};
use crate::diagnostic::Diagnostic;
use crate::rust_syntax;

/// The diagnostics of a program `#[model(..)] item`.
fn diagnostics(program: &str) -> Vec<Diagnostic> {
    let tokens: TokenStream = program.parse().unwrap_or_else(|error| panic!("{program}: {error}"));
    let mut tokens = tokens.into_iter().skip(1);
    let Some(proc_macro2::TokenTree::Group(brackets)) = tokens.next() else {
        panic!("{program} does not begin with an attribute")
    };
    let attribute = brackets.stream().into_iter().find_map(|token| match token {
        proc_macro2::TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    });
    let parsed = rust_syntax::parse(attribute.unwrap_or_default(), tokens.collect());
    let found = parsed.errors.check(()).err().unwrap_or_default();
    for diagnostic in &found {
        assert!(!parsed.source.message(diagnostic).is_empty());
    }
    found
}

#[test]
fn each_message_is_triggered_by_its_program_alone() {
    let mut wrong = Vec::new();
    for Entry { code, program } in catalogue() {
        let found: Vec<&str> = diagnostics(program).iter().map(|found| found.code).collect();
        if found != [*code] {
            wrong.push(format!("{code}: {program}\n    gives {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn messages_keep_the_voice_of_the_catalogue() {
    let mut codes = BTreeSet::new();
    for Entry { code, program } in catalogue() {
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
