//! Every message about meaning is triggered by the program beside it, through the whole pipeline.

use super::catalogue;
use crate::diagnostic::{Diagnostic, examples};
use crate::pipeline;

fn diagnostics(program: &str) -> Vec<Diagnostic> {
    let parsed = examples::parse(program);
    let mut errors = parsed.errors;
    let compiled = parsed.model.as_ref().map(|model| pipeline::compile(model, &mut errors));
    errors.check(compiled).err().unwrap_or_default()
}

#[test]
fn each_message_is_triggered_by_its_program_alone() {
    examples::each_is_triggered_alone(catalogue(), diagnostics);
}

#[test]
fn messages_keep_the_voice_of_the_catalogue() {
    examples::messages_keep_the_voice(catalogue(), diagnostics);
}
