//! How deep the tokens nest: syn descends into them recursively, and no input may overflow the compiler's stack.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree, token_stream};

/// Brackets inside brackets, and signs in a row.
const MAX_NESTING: usize = 100;
/// Signs of one expression; each may be a level of its tree.
const MAX_SIGNS: usize = 2000;
/// What a keyword counts after which syn descends into an expression or a block: each costs as much as many signs.
const SIGNS_OF_KEYWORD: usize = 20;
const KEYWORDS: &[&str] = &["else", "for", "if", "in", "loop", "match", "unsafe", "while"];
/// Words that go on with the expression before them.
const CONTINUATIONS: &[&str] = &["as", "else"];

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
    /// Whether the last token was a block, after which a word begins a statement.
    is_after_block: bool,
}

impl Level {
    fn new(tokens: TokenStream) -> Level {
        Level { tokens: tokens.into_iter(), signs: 0, row: 0, is_after_block: false }
    }

    fn count(&mut self, token: &TokenTree) {
        let is_after_block = std::mem::take(&mut self.is_after_block);
        match token {
            TokenTree::Punct(punct) if matches!(punct.as_char(), ';' | ',') => {
                self.signs = 0;
                self.row = 0;
            }
            TokenTree::Punct(_) => {
                self.signs += 1;
                self.row += 1;
            }
            TokenTree::Ident(ident) => self.word(&ident.to_string(), is_after_block),
            TokenTree::Group(group) => {
                self.row = 0;
                self.is_after_block = group.delimiter() == Delimiter::Brace;
                // A call or an index is a level of the tree.
                self.signs += usize::from(!self.is_after_block);
            }
            TokenTree::Literal(_) => self.row = 0,
        }
    }

    fn word(&mut self, word: &str, is_after_block: bool) {
        if is_after_block && !CONTINUATIONS.contains(&word) {
            self.signs = 0;
        }
        match word {
            "return" | "break" => self.row += 1,
            "as" => self.signs += 1,
            _ if KEYWORDS.contains(&word) => self.signs += SIGNS_OF_KEYWORD,
            _ => self.row = 0,
        }
    }
}
