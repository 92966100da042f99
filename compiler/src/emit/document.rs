//! The documentation of generated items.

use crate::pipeline::Compiled;
use proc_macro2::TokenStream;
use quote::quote;

/// The struct's documentation below the user's own.
pub fn of_model(_compiled: &Compiled) -> Vec<String> {
    Vec::new()
}

/// The documentation of `batch`.
pub fn of_batch(_compiled: &Compiled) -> Vec<String> {
    vec![" Checks examples, once, for this model.".into()]
}

/// The documentation of `predict`.
pub fn of_predict(_compiled: &Compiled) -> Vec<String> {
    vec![" The predictions for rows of inputs, in rows.".into()]
}

/// The equations as text.
pub fn equations(_compiled: &Compiled) -> TokenStream {
    quote!("")
}
