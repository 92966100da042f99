//! An annotated Rust function to the tree: the only place for syn.
//!
//! Reading goes on after an error, so that one compile shows them all. Every part of the tree carries a [`Position`], which
//! [`Source`] turns back into the user's tokens.

mod annotated;
mod model;

mod signature;

mod arguments;
mod dims;
mod functions;
mod initializer;
mod scalar;

mod attribute;
mod loss;
mod objective;

mod body;

mod assign;
mod choice;
mod constants;
mod expression;
mod literal;
mod loops;
mod places;

mod names;
mod refuse;

mod depth;
pub mod items;
mod source;
mod surface;

#[cfg(test)]
mod tests;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::diagnostic::syntax::{notation, signature as messages};
use crate::diagnostic::{Diagnostic, Errors};
use crate::tree::{Model, Name, Position, ScalarType};

pub use self::source::Source;
pub use self::surface::{Surface, SurfaceArgument, SurfaceScalar};

/// What could be read of an annotated function or module.
#[derive(Debug)]
pub struct Parsed {
    /// The model; `None` where an error left a part of it out.
    pub model: Option<Model>,
    /// The model with something in the place of every part that could not be read, for the stub; `None` where no item can be put in the place of what the attribute is on.
    pub outline: Option<Model>,
    /// The outside of the item, for the generated items and for the stub that stands in for them; `None` where there is no function.
    pub surface: Option<Surface>,
    /// The places the positions of the model stand for.
    pub source: Source,
    /// What was found wrong. Empty only if there is a model and a surface.
    pub errors: Errors,
}

/// Reads `#[model(attribute)] item`.
pub fn parse(attribute: TokenStream, item: TokenStream) -> Parsed {
    let mut reader = Reader {
        source: Source::default(),
        errors: Errors::new(),
        scalar: ScalarType::F32,
        constants: Vec::new(),
        integers: Vec::new(),
        is_whole: true,
    };
    let read = read(&mut reader, attribute, item);
    let Reader { source, errors, .. } = reader;
    match read {
        Some(Whole { model, outline, surface }) => {
            Parsed { model, outline, surface: Some(surface), source, errors }
        }
        None => Parsed { model: None, outline: None, surface: None, source, errors },
    }
}

/// What [`model::model`] reads.
struct Whole {
    model: Option<Model>,
    outline: Option<Model>,
    surface: Surface,
}

fn read(reader: &mut Reader, attribute: TokenStream, item: TokenStream) -> Option<Whole> {
    for tokens in [&attribute, &item] {
        if let Some((span, limit)) = depth::too_deep(tokens) {
            let at = reader.source.tokens(span, span);
            reader.add(notation::too_deep(at, limit));
            return None;
        }
    }
    let annotated = annotated::annotated(reader, item)?;
    let settings = attribute::settings(reader, attribute);
    reader.scalar = settings.scalar;
    Some(model::model(reader, &annotated, settings))
}

/// What every part of the front end writes to.
struct Reader {
    source: Source,
    errors: Errors,
    /// What numbers must be representable in.
    scalar: ScalarType,
    /// The constants of the scope that bodies compute with.
    constants: Vec<(Name, TokenStream)>,
    /// Those that stand where an integer is wanted.
    integers: Vec<(Name, TokenStream)>,
    /// Whether nothing stands in for a part of the model that could not be read.
    is_whole: bool,
}

impl Reader {
    fn add(&mut self, diagnostic: Diagnostic) {
        self.errors.add(diagnostic);
    }

    /// What was read, or something in its place after an error: then there is an outline, but no model.
    fn stand_in<T>(&mut self, read: Option<T>, other: impl FnOnce() -> T) -> T {
        self.is_whole &= read.is_some();
        read.unwrap_or_else(other)
    }

    /// The position of tokens that are few, or whose reading ends here.
    fn at(&mut self, tokens: impl ToTokens) -> Position {
        let mut spans = tokens.into_token_stream().into_iter();
        let Some(first) = spans.next() else {
            return self.source.tokens(Span::call_site(), Span::call_site());
        };
        let last = spans.last().unwrap_or_else(|| first.clone());
        self.source.tokens(first.span(), last.span())
    }

    fn name(&mut self, ident: &syn::Ident) -> Name {
        Name { text: ident.to_string(), at: self.at(ident) }
    }

    fn add_syn(&mut self, error: syn::Error) {
        for error in error {
            let at = self.source.tokens(error.span(), error.span());
            self.add(messages::rust_syntax(at, &error.to_string()));
        }
    }
}

/// The tokens as the user wrote them, for messages.
fn written(tokens: impl ToTokens) -> String {
    source::written(&tokens.into_token_stream())
}
