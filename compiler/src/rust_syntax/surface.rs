//! What the emitter repeats of the user's tokens: names and paths with their own spans.

use proc_macro2::{Ident, TokenStream};

/// The outside of the annotated function or module.
#[derive(Debug)]
pub struct Surface {
    /// `pub`, `pub(crate)`, or nothing.
    pub visibility: TokenStream,
    /// The doc comments, each an attribute.
    pub docs: Vec<TokenStream>,
    /// The other attributes.
    pub attributes: Vec<TokenStream>,
    /// The name of the function or the module.
    pub name: Ident,
    /// The names or paths of the model's symbols, in the same order.
    pub symbols: Vec<TokenStream>,
    /// The paths of the constants that bodies compute with, in the order of the model's.
    pub constants: Vec<TokenStream>,
    /// The arguments, in the order of the model's.
    pub arguments: Vec<SurfaceArgument>,
    /// The paths of the other types of signatures, without extents (`Output`).
    pub types: Vec<TokenStream>,
    /// The doc comments of each entry of a module.
    pub entries: Vec<Vec<TokenStream>>,
    /// What stays of a module: its items that are no functions of the model. `None` for a function.
    pub module: Option<Vec<TokenStream>>,
    /// The functions of numbers, which stay as they are.
    pub scalars: Vec<SurfaceScalar>,
    /// The path of the runtime crate.
    pub crate_path: TokenStream,
}

/// One argument as written.
#[derive(Debug)]
pub struct SurfaceArgument {
    /// Its name.
    pub name: Ident,
    /// The path of its type, without extents (`Param`, `chainrule::Param`); `None` if it is none of the language.
    pub type_path: Option<TokenStream>,
    /// Its doc comments, each an attribute.
    pub docs: Vec<TokenStream>,
}

/// A function of numbers as written, without its derivatives.
#[derive(Debug)]
pub struct SurfaceScalar {
    /// Its name.
    pub name: Ident,
    /// How many numbers it takes.
    pub operands: usize,
    /// The item.
    pub item: TokenStream,
}
