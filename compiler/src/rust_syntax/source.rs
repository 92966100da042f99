//! Positions of the tree back to the user's tokens.

use std::ops::Range;
use std::rc::Rc;

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

use crate::diagnostic::Diagnostic;
use crate::math_syntax::excerpt;
use crate::tree::Position;

/// As many of the calls that lead to a place are shown.
const MOST_CALLS: usize = 5;

/// The places positions stand for. Each costs two spans; text is made when a diagnostic is rendered.
#[derive(Debug, Default)]
pub struct Source {
    places: Vec<Place>,
}

#[derive(Debug)]
enum Place {
    /// From the first token to the last.
    Tokens(Span, Span),
    /// Bytes of the text of `math!`, whose string literal is at the span.
    Notation(Span, Rc<str>, Range<usize>),
}

impl Source {
    /// A position for the tokens from `first` to `last`.
    pub fn tokens(&mut self, first: Span, last: Span) -> Position {
        self.place(Place::Tokens(first, last))
    }

    /// A position for bytes of the text in a string literal.
    pub fn notation(&mut self, literal: Span, text: &Rc<str>, range: Range<usize>) -> Position {
        self.place(Place::Notation(literal, Rc::clone(text), range))
    }

    /// The span of the first token at a position, for emitted code that should lead back to it.
    ///
    /// Built-in text has the span of the macro's call.
    pub fn span(&self, at: Position) -> Span {
        self.ends(at).0
    }

    /// One `compile_error!` for each diagnostic, underlined from the first to the last token of its place.
    ///
    /// A place inside `math!` is shown as an excerpt in the message, because a part of a literal has no span on stable Rust.
    pub fn render(&self, diagnostics: &[Diagnostic]) -> TokenStream {
        diagnostics.iter().flat_map(|diagnostic| self.compile_error(diagnostic)).collect()
    }

    /// The text of a diagnostic: message, excerpt, help, note and the calls that lead to its place.
    pub fn message(&self, diagnostic: &Diagnostic) -> String {
        let mut message = diagnostic.message.clone();
        if let Some(Place::Notation(_, text, range)) = self.places.get(diagnostic.at.0 as usize) {
            message += "\n";
            message += &excerpt(text, range.clone());
        }
        if let Some(help) = &diagnostic.help {
            message += "\nhelp: ";
            message += help;
        }
        if let Some(note) = &diagnostic.note {
            message += "\nnote: ";
            message += note;
        }
        for call in diagnostic.calls.iter().take(MOST_CALLS) {
            message += "\nnote: ";
            message += call;
        }
        if let Some(more) = diagnostic.calls.len().checked_sub(MOST_CALLS + 1) {
            let more = more + 1;
            let calls = if more == 1 { "call" } else { "calls" };
            message += &format!("\nnote: all inside {more} more {calls}");
        }
        message
    }

    fn place(&mut self, place: Place) -> Position {
        self.places.push(place);
        Position(self.places.len() as u32 - 1)
    }

    fn ends(&self, at: Position) -> (Span, Span) {
        match self.places.get(at.0 as usize) {
            Some(Place::Tokens(first, last)) => (*first, *last),
            Some(Place::Notation(literal, ..)) => (*literal, *literal),
            None => (Span::call_site(), Span::call_site()),
        }
    }

    /// `::core::compile_error! { "message" }`: rustc underlines from the first token's span to the last's.
    fn compile_error(&self, diagnostic: &Diagnostic) -> [TokenTree; 8] {
        let (first, last) = self.ends(diagnostic.at);
        let mut text = Literal::string(&self.message(diagnostic));
        text.set_span(last);
        let mut braces = Group::new(Delimiter::Brace, TokenTree::from(text).into());
        braces.set_span(last);
        let punct = |character, spacing, span| {
            let mut punct = Punct::new(character, spacing);
            punct.set_span(span);
            TokenTree::from(punct)
        };
        [
            punct(':', Spacing::Joint, first),
            punct(':', Spacing::Alone, first),
            Ident::new("core", first).into(),
            punct(':', Spacing::Joint, first),
            punct(':', Spacing::Alone, first),
            Ident::new("compile_error", first).into(),
            punct('!', Spacing::Alone, first),
            braces.into(),
        ]
    }
}

/// The tokens as a person writes them, shortened to a line.
pub fn written(tokens: &TokenStream) -> String {
    const LONGEST: usize = 60;
    let text = spaced(tokens);
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST - 2).chain("..".chars()).collect()
}

fn spaced(tokens: &TokenStream) -> String {
    let mut text = String::new();
    let mut is_glued = true;
    for token in tokens.clone() {
        let part = match &token {
            TokenTree::Group(group) => delimited(group),
            _ => token.to_string(),
        };
        let (takes_no_space, gives_no_space) = spacing(&token);
        if !is_glued && (!takes_no_space || text.ends_with([',', '=', '+', '-', '*', '/', '^'])) {
            text.push(' ');
        }
        text += &part;
        is_glued = gives_no_space;
    }
    text
}

/// Whether a token stands without space after the one before it, and before the one after it.
fn spacing(token: &TokenTree) -> (bool, bool) {
    match token {
        TokenTree::Group(_) => (true, false),
        TokenTree::Punct(punct) => match punct.as_char() {
            ',' | ';' | '>' | '?' => (true, false),
            '<' | '.' | ':' | '\'' => (true, true),
            '&' | '!' | '#' => (false, true),
            _ => (false, punct.spacing() == Spacing::Joint),
        },
        _ => (false, false),
    }
}

fn delimited(group: &Group) -> String {
    let inside = spaced(&group.stream());
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inside})"),
        Delimiter::Bracket => format!("[{inside}]"),
        Delimiter::Brace => format!("{{ {inside} }}"),
        Delimiter::None => inside,
    }
}
