//! Every message of the front ends is triggered by the program beside it.

use super::catalogue;
use crate::diagnostic::{Diagnostic, examples};

/// The diagnostics of a program, each of which has a text.
fn diagnostics(program: &str) -> Vec<Diagnostic> {
    let parsed = examples::parse(program);
    let found = parsed.errors.check(()).err().unwrap_or_default();
    for diagnostic in &found {
        assert!(!parsed.source.message(diagnostic).is_empty());
    }
    found
}

#[test]
fn each_message_is_triggered_by_its_program_alone() {
    examples::each_is_triggered_alone(catalogue(), diagnostics);
}

#[test]
fn messages_keep_the_voice_of_the_catalogue() {
    examples::messages_keep_the_voice(catalogue(), diagnostics);
}
