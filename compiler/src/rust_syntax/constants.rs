//! Constants in scope at the model: `LN_PI`, `std::f64::consts::PI`.

use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{ExprPath, LitStr};

use super::body::Body;
use super::expression::Operand;
use super::written;
use crate::tree::{Block, ExprKind, Name, for_each_expression};

/// Whether a path is written as the constants of Rust are. A single name needs two letters, so that a misspelt matrix is no constant.
pub(super) fn is_constant(path: &ExprPath) -> bool {
    let segments = &path.path.segments;
    let is_plain = path.qself.is_none() && segments.iter().all(|one| one.arguments.is_none());
    let last = segments.last().map(|segment| segment.ident.to_string());
    is_plain && last.is_some_and(|last| is_name(&last, if segments.len() > 1 { 1 } else { 2 }))
}

fn is_name(name: &str, letters: usize) -> bool {
    name.chars().filter(char::is_ascii_uppercase).count() >= letters
        && name.chars().all(|one| one.is_ascii_uppercase() || one.is_ascii_digit() || one == '_')
}

impl Body<'_> {
    /// A constant as a number, or as an integer where one is wanted.
    pub fn constant(&mut self, path: &ExprPath) -> Option<Operand> {
        let name = Name { text: written(path), at: self.reader.at(path) };
        let kind = ExprKind::Name(name.text.clone());
        let wanted = self.wants_integers;
        let known = if wanted { &mut self.reader.integers } else { &mut self.reader.constants };
        if known.iter().all(|(known, _)| known.text != name.text) {
            known.push((name, path.to_token_stream()));
        }
        let operand = self.leaf(kind, path.span())?;
        Some(Operand { is_integer: wanted, ..operand })
    }

    /// Notes the constants that the text of `math!` may mean: what it does not bind itself.
    pub fn constants_of(&mut self, block: &Block, literal: &LitStr) {
        let mut found = Vec::new();
        for_each_expression(block, &mut |expression| {
            if let ExprKind::Name(name) = &expression.kind
                && is_name(name, 2)
            {
                found.push(Name { text: name.clone(), at: expression.at });
            }
        });
        for name in found {
            let is_known = self.reader.constants.iter().any(|(known, _)| known.text == name.text);
            if !is_known && !self.names.has(&name.text) {
                let ident = syn::Ident::new(&name.text, literal.span());
                self.reader.constants.push((name, ident.to_token_stream()));
            }
        }
    }
}
