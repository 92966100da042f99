//! The documentation of generated items as tokens.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::document::Document;
use crate::pipeline::Compiled;

/// What there is to say about a model, or why there is nothing.
pub struct Documentation<'a>(Result<Document<'a>, String>);

impl<'a> Documentation<'a> {
    /// The documentation of the struct with this name.
    pub fn new(compiled: &'a Compiled, name: &Ident) -> Documentation<'a> {
        Documentation(Document::new(compiled, &name.to_string()))
    }

    /// The lines `write` gives, as doc comments.
    pub fn of(&self, write: impl Fn(&Document<'a>) -> Vec<String>) -> TokenStream {
        let lines = match &self.0 {
            Ok(document) => write(document),
            Err(problem) => vec![missing(problem)],
        };
        let lines = lines.iter().map(|line| format!(" {line}"));
        quote!(#(#[doc = #lines])*)
    }

    /// The text `equations()` returns.
    pub fn equations(&self) -> TokenStream {
        let text = match &self.0 {
            Ok(document) => document.equations(),
            Err(problem) => missing(problem),
        };
        quote!(#text)
    }
}

fn missing(problem: &str) -> String {
    format!("The derivation cannot be shown, which is a bug of chainrule: {problem}.")
}
