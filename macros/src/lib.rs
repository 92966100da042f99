//! The `#[model]` attribute of chainrule: a shell around `chainrule-compiler`.
use proc_macro::TokenStream;

/// Differentiates a model function at compile time.
#[proc_macro_attribute]
pub fn model(attribute: TokenStream, item: TokenStream) -> TokenStream {
    chainrule_compiler::expand(attribute.into(), item.into()).into()
}
