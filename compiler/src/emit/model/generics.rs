//! The const generics of the generated types.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::rust_syntax::items::field_name;
use crate::tree::{Symbol, SymbolSource};

/// The const generics of the struct, and the dimensions that are chosen at run time.
pub struct Generics {
    /// `const D: usize, ..`
    pub declared: Vec<TokenStream>,
    /// `D, ..`
    pub applied: Vec<Ident>,
    /// The fields of the `Dims` struct with the names they stand for.
    pub fields: Vec<(Ident, String)>,
}

impl Generics {
    /// From the symbols of a model.
    pub fn new(symbols: &[Symbol]) -> Generics {
        let mut generics =
            Generics { declared: Vec::new(), applied: Vec::new(), fields: Vec::new() };
        for symbol in symbols {
            let name = &symbol.name.text;
            match symbol.source {
                SymbolSource::ConstGeneric => {
                    let ident = format_ident!("{name}");
                    generics.declared.push(quote!(const #ident: usize));
                    generics.applied.push(ident);
                }
                SymbolSource::RunTime => {
                    generics.fields.push((format_ident!("{}", field_name(name)), name.clone()));
                }
                SymbolSource::Constant => {}
            }
        }
        generics
    }

    /// Whether some dimension is chosen at run time.
    pub fn are_dynamic(&self) -> bool {
        !self.fields.is_empty()
    }
}
