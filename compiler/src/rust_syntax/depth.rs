//! How deep the tokens nest: syn descends into them recursively, and no input may overflow the compiler's stack.

use proc_macro2::{Span, TokenStream, TokenTree, token_stream};

/// Brackets inside brackets, and signs in a row.
const MAX_NESTING: usize = 100;
/// Signs of one expression; each may be a level of its tree.
const MAX_SIGNS: usize = 2000;
/// What an `else` counts: the arms of `else if` nest in each other, each at the cost of many signs.
const SIGNS_OF_ELSE: usize = 20;

/// Where the tokens nest too deeply, and the limit that is exceeded.
pub(super) fn too_deep(tokens: &TokenStream) -> Option<(Span, usize)> {
    let mut open: Vec<Level> = vec![Level::new(tokens.clone())];
    while let Some(level) = open.last_mut() {
        let Some(token) = level.tokens.next() else {
            open.pop();
            continue;
        };
        level.count(&token);
        if level.row > MAX_NESTING || open.len() > MAX_NESTING {
            return Some((token.span(), MAX_NESTING));
        }
        if open.last().is_some_and(|level| level.signs > MAX_SIGNS) {
            return Some((token.span(), MAX_SIGNS));
        }
        if let TokenTree::Group(group) = token {
            open.push(Level::new(group.stream()));
        }
    }
    None
}

struct Level {
    tokens: token_stream::IntoIter,
    /// Signs since the last separator.
    signs: usize,
    /// Signs and jumps directly before the next token.
    row: usize,
}

impl Level {
    fn new(tokens: TokenStream) -> Level {
        Level { tokens: tokens.into_iter(), signs: 0, row: 0 }
    }

    fn count(&mut self, token: &TokenTree) {
        match token {
            TokenTree::Punct(punct) if matches!(punct.as_char(), ';' | ',') => {
                self.signs = 0;
                self.row = 0;
            }
            TokenTree::Punct(_) => {
                self.signs += 1;
                self.row += 1;
            }
            TokenTree::Ident(ident) if *ident == "return" || *ident == "break" => self.row += 1,
            TokenTree::Ident(ident) if *ident == "else" => self.signs += SIGNS_OF_ELSE,
            _ => self.row = 0,
        }
    }
}
