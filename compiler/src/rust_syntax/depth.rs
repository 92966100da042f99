//! How deep the tokens nest: syn descends into them recursively, and no input may overflow the compiler's stack.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree, token_stream};

/// Brackets inside brackets, and signs in a row.
const MAX_NESTING: usize = 100;
/// Signs of one expression; each may be a level of its tree.
const MAX_SIGNS: usize = 2000;
/// What counts after which syn descends into an expression or a block: each costs as much as many signs. Assignments are among them, and
/// with them `==`, which begins with the same sign; a closure has two bars.
const SIGNS_OF_DESCENT: usize = 20;
const SIGNS_OF_BAR: usize = SIGNS_OF_DESCENT / 2;
const KEYWORDS: &[&str] =
    &["break", "else", "for", "if", "in", "loop", "match", "return", "unsafe", "while", "yield"];
/// Keywords that stand before their operand as a sign does.
const JUMPS: &[&str] = &["break", "return", "yield"];
/// Words that go on with the expression before them.
const CONTINUATIONS: &[&str] = &["as", "else"];
/// What brackets in a type count, those between `<` and `>`, references and arrows too: an unoptimized syn takes more than 60 kB of stack for one in another.
const OF_TYPE: usize = 8;

/// Where the tokens nest too deeply, and the limit that is exceeded.
pub(super) fn too_deep(tokens: &TokenStream) -> Option<(Span, usize)> {
    let mut open: Vec<Level> = vec![Level::new(tokens.clone(), 1, false)];
    while let Some(level) = open.last_mut() {
        let Some(token) = level.tokens.next() else {
            open.pop();
            continue;
        };
        let is_type = level.is_type(&token);
        level.count(&token);
        let depth = level.depth + (level.angles + level.prefixes) * OF_TYPE;
        if level.row > MAX_NESTING || depth > MAX_NESTING {
            return Some((token.span(), MAX_NESTING));
        }
        if level.signs > MAX_SIGNS {
            return Some((token.span(), MAX_SIGNS));
        }
        if let TokenTree::Group(group) = token {
            let own = if is_type { OF_TYPE } else { 1 };
            open.push(Level::new(group.stream(), depth + own, is_type));
        }
    }
    None
}

#[expect(clippy::struct_excessive_bools, reason = "each is a fact about the tokens before")]
struct Level {
    tokens: token_stream::IntoIter,
    /// How deep the brackets are in others.
    depth: usize,
    /// Whether they are part of a type.
    is_in_type: bool,
    /// Whether a type begins or goes on with the next token.
    is_at_type: bool,
    /// Signs `<` without their `>` since the last separator of statements, but for comparisons.
    angles: usize,
    /// References, pointers and arrows of a type since the last separator.
    prefixes: usize,
    /// The sign directly before the next token.
    sign: Option<char>,
    /// Whether the token before the next one can be compared.
    is_after_value: bool,
    /// Signs since the last separator.
    signs: usize,
    /// Signs and jumps directly before the next token.
    row: usize,
    /// Whether the last token was a block, after which a word begins a statement.
    is_after_block: bool,
}

impl Level {
    fn new(tokens: TokenStream, depth: usize, is_in_type: bool) -> Level {
        Level {
            tokens: tokens.into_iter(),
            depth,
            is_in_type,
            is_at_type: false,
            angles: 0,
            prefixes: 0,
            sign: None,
            is_after_value: false,
            signs: 0,
            row: 0,
            is_after_block: false,
        }
    }

    /// Whether what stands here is read as a type, or may be.
    fn is_type(&self, token: &TokenTree) -> bool {
        let is_block =
            matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        !is_block && self.has_types()
    }

    fn has_types(&self) -> bool {
        self.is_in_type || self.is_at_type || self.angles > 0
    }

    fn count(&mut self, token: &TokenTree) {
        self.count_signs(token);
        self.count_types(token);
    }

    fn count_types(&mut self, token: &TokenTree) {
        let before = self.sign.take();
        let is_after_value = std::mem::replace(&mut self.is_after_value, is_value(token));
        match token {
            TokenTree::Punct(punct) => {
                let sign = punct.as_char();
                match (before, sign) {
                    (Some('-'), '>') => {
                        self.is_at_type = true;
                        self.prefixes += 1;
                    }
                    (Some('='), '>') => {}
                    (Some(':'), ':') => self.is_at_type = false,
                    (_, ':') => self.is_at_type = true,
                    (_, ',' | '=') => (self.is_at_type, self.prefixes) = (false, 0),
                    (_, ';') => self.end_types(),
                    (_, '&' | '*') if self.has_types() => self.prefixes += 1,
                    (_, '<') => {
                        self.angles += usize::from(self.has_types() || !is_after_value);
                    }
                    (_, '>') => self.angles = self.angles.saturating_sub(1),
                    _ => {}
                }
                self.sign = Some(sign);
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                self.end_types();
            }
            TokenTree::Ident(word) if word == "as" => self.is_at_type = true,
            _ => {}
        }
    }

    fn end_types(&mut self) {
        (self.is_at_type, self.angles, self.prefixes) = (false, 0, 0);
    }

    fn count_signs(&mut self, token: &TokenTree) {
        let is_after_block = std::mem::take(&mut self.is_after_block);
        match token {
            TokenTree::Punct(punct) if matches!(punct.as_char(), ';' | ',') => {
                self.signs = 0;
                self.row = 0;
            }
            TokenTree::Punct(punct) => {
                self.signs += match (self.sign, punct.as_char()) {
                    (Some('=' | '<' | '>' | '!'), '=') => 1,
                    (_, '=') => SIGNS_OF_DESCENT,
                    (_, '|') => SIGNS_OF_BAR,
                    _ => 1,
                };
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
            "mut" => {}
            "as" => self.signs += 1,
            _ if KEYWORDS.contains(&word) => {
                self.signs += SIGNS_OF_DESCENT;
                self.row += usize::from(JUMPS.contains(&word));
            }
            _ => self.row = 0,
        }
    }
}

/// Whether the token ends what may be compared: types begin with a capital.
fn is_value(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(word) => !word.to_string().starts_with(char::is_uppercase),
        TokenTree::Punct(_) => false,
        TokenTree::Group(_) | TokenTree::Literal(_) => true,
    }
}
