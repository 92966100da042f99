//! What the emitter repeats of the user's tokens: names and paths with their own spans.

use proc_macro2::{Ident, TokenStream};

/// The outside of the annotated function.
#[derive(Debug)]
pub struct Surface {
    /// `pub`, `pub(crate)`, or nothing.
    pub visibility: TokenStream,
    /// The doc comments, each an attribute.
    pub docs: Vec<TokenStream>,
    /// The other attributes of the function.
    pub attributes: Vec<TokenStream>,
    /// The function's name.
    pub name: Ident,
    /// The names or paths of the model's symbols, in the same order.
    pub symbols: Vec<TokenStream>,
    /// The arguments, in the order of the signature.
    pub arguments: Vec<SurfaceArgument>,
    /// The path of the result's type, without extents (`Output`).
    pub result_path: Option<TokenStream>,
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
