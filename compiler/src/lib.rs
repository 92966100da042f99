//! Compiles a model function to its loss and every parameter's gradient, by the chain rule.

pub mod allocate;
pub mod construct;
pub mod diagnostic;
pub mod differentiate;
pub mod emit;
pub mod evaluate;
pub mod formula;
pub mod functions;
pub mod ir;
pub mod lower;
pub mod math_syntax;
pub mod pipeline;
pub mod plan;
pub mod rewrite;
pub mod rust_syntax;
pub mod schedule;
pub mod simplify;
pub mod stabilize;
pub mod tree;

use proc_macro2::TokenStream;

/// Expands `#[model(attribute)] item`: the model's items, or what is wrong with it.
pub fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let rust_syntax::Parsed { model, outline, surface, source, mut errors } =
        rust_syntax::parse(attribute, item);
    let compiled = model.as_ref().and_then(|model| pipeline::compile(model, &mut errors));
    match (errors.check(compiled), surface) {
        (Ok(Some(compiled)), Some(surface)) => {
            if let Some(dump) = &compiled.dump {
                eprintln!("{dump}");
            }
            emit::emit(&compiled, &surface)
        }
        (Ok(_), _) => TokenStream::new(),
        (Err(diagnostics), surface) => {
            let mut tokens = source.render(&diagnostics);
            tokens.extend(
                outline.zip(surface).map(|(outline, surface)| emit::stub(&outline, &surface)),
            );
            tokens
        }
    }
}
