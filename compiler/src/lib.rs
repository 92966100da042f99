//! Compiles a model function to its loss and every parameter's gradient, by the chain rule.

pub mod allocate;
pub mod construct;
pub mod diagnostic;
pub mod differentiate;
pub mod evaluate;
pub mod formula;
pub mod functions;
pub mod ir;
pub mod lower;
pub mod math_syntax;
pub mod plan;
pub mod rewrite;
pub mod schedule;
pub mod simplify;
pub mod stabilize;
pub mod rust_syntax;
pub mod tree;

/// Expands `#[model(attribute)] item`.
pub fn expand(
    _attribute: proc_macro2::TokenStream,
    item: proc_macro2::TokenStream,
) -> proc_macro2::TokenStream {
    item
}
