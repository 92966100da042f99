//! Text to tokens of the blackboard notation.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, syntax::notation};
use crate::tree::Position;

/// A token and the bytes it was read from.
#[derive(Clone, Debug)]
pub struct Token {
    pub kind: TokenKind,
    pub range: Range<usize>,
}

/// The kinds of token.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    Integer(i64),
    Number(f64),
    /// Subscript digits are already ASCII.
    Name(String),
    Text(String),
    /// A raised integer: `²`, `⁻¹`.
    Exponent(i64),
    /// A sign in its one spelling, whatever twin was written.
    Sign(&'static str),
    End,
}

/// The spellings of signs and the one spelling the parser knows; whitespace is skipped elsewhere.
const SIGNS: &[(char, &str)] = &[
    ('+', "+"),
    ('-', "-"),
    ('−', "-"),
    ('*', "*"),
    ('⊙', "*"),
    ('/', "/"),
    ('÷', "/"),
    ('·', "·"),
    ('⋅', "·"),
    ('@', "·"),
    ('^', "^"),
    ('ᵀ', "ᵀ"),
    ('√', "√"),
    ('|', "|"),
    ('‖', "‖"),
    ('∥', "‖"),
    ('(', "("),
    (')', ")"),
    ('[', "["),
    (']', "]"),
    (',', ","),
    ('=', "="),
    (';', ";"),
    (':', ":"),
    ('<', "<"),
    ('>', ">"),
    ('≤', "<="),
    ('≥', ">="),
    ('≠', "!="),
    ('∧', "and"),
    ('∨', "or"),
    ('¬', "not"),
];

/// Signs of two characters, which come before those of one.
const PAIRS: &[&str] = &["<=", ">=", "==", "!=", ".."];
/// Words that are signs, unless they are called: `and(a, b)`.
const WORDS: &[&str] = &["and", "or", "not"];
/// Words of Rust that no name can be.
const RUST_ONLY: &[&str] = &["for", "if", "else", "while", "loop"];

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉";
const RAISED_LETTERS: &str = "ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵁⱽᵂᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵅᵝᵞᵟᵋᶿ⁽⁾⁼";

/// The tokens of `text`, the last of them [`TokenKind::End`].
pub fn tokens(
    text: &str,
    position: &mut dyn FnMut(Range<usize>) -> Position,
) -> Result<Vec<Token>, Diagnostic> {
    let mut lexer = Lexer { text, at: 0, position };
    let mut tokens = Vec::new();
    loop {
        let token = lexer.token()?;
        let is_end = token.kind == TokenKind::End;
        tokens.push(token);
        if is_end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    position: &'a mut dyn FnMut(Range<usize>) -> Position,
}

impl<'a> Lexer<'a> {
    fn token(&mut self) -> Result<Token, Diagnostic> {
        self.skip(char::is_whitespace);
        let start = self.at;
        let kind = self.kind()?;
        Ok(Token { kind, range: start..self.at })
    }

    fn kind(&mut self) -> Result<TokenKind, Diagnostic> {
        let Some(first) = self.peek() else { return Ok(TokenKind::End) };
        if let Some(pair) = PAIRS.iter().find(|pair| self.text[self.at..].starts_with(**pair)) {
            self.at += pair.len();
            return Ok(TokenKind::Sign(pair));
        }
        if let Some((_, sign)) = SIGNS.iter().find(|(spelling, _)| *spelling == first) {
            self.at += first.len_utf8();
            return Ok(TokenKind::Sign(sign));
        }
        match first {
            '0'..='9' | '.' => self.number(),
            '"' => self.string(),
            '∑' => {
                self.at += first.len_utf8();
                Ok(TokenKind::Name("Σ".to_owned()))
            }
            _ if is_raised(first) => self.exponent(),
            _ if first.is_alphabetic() || first == '_' => self.name(),
            _ => {
                let range = self.at..self.at + first.len_utf8();
                Err(notation::unknown_character((self.position)(range), first, instead_of(first)))
            }
        }
    }

    fn name(&mut self) -> Result<TokenKind, Diagnostic> {
        let start = self.at;
        let written = self.skip(|character| {
            (character.is_alphabetic() || character.is_ascii_digit() || character == '_')
                && character != 'ᵀ'
                && !is_raised(character)
                || LOWERED.contains(character)
        });
        let is_called = self.text[self.at..].starts_with('(');
        if let Some(word) = WORDS.iter().find(|word| **word == written && !is_called) {
            return Ok(TokenKind::Sign(word));
        }
        if RUST_ONLY.contains(&written) {
            return Err(notation::rust_only((self.position)(start..self.at), written));
        }
        let name = written.chars().map(|character| plain_digit(LOWERED, character)).collect();
        Ok(TokenKind::Name(name))
    }

    fn number(&mut self) -> Result<TokenKind, Diagnostic> {
        let start = self.at;
        let is_digit = |character: char| character.is_ascii_digit() || character == '_';
        let whole = self.skip(is_digit);
        let mut is_integer = true;
        if self.peek() == Some('.') && !self.text[self.at..].starts_with("..") {
            is_integer = false;
            self.at += 1;
            let fraction = self.skip(is_digit);
            if whole.is_empty() || fraction.starts_with('_') {
                let number = &self.text[start..self.at];
                return Err(notation::malformed_number((self.position)(start..self.at), number));
            }
        }
        if self.has_decimal_exponent() {
            is_integer = false;
            self.at += 2;
            self.skip(is_digit);
        }
        let range = start..self.at;
        let digits = self.text[range.clone()].replace('_', "");
        if is_integer && let Ok(integer) = digits.parse() {
            return Ok(TokenKind::Integer(integer));
        }
        match digits.parse::<f64>() {
            Ok(number) if is_represented(number, &digits) => Ok(TokenKind::Number(number)),
            Ok(_) => Err(notation::number_out_of_range((self.position)(range), &digits)),
            Err(_) => Err(notation::malformed_number((self.position)(range), &digits)),
        }
    }

    /// Whether `e5`, `E5`, `e-5` or `e+5` comes next; `2e` alone is a number and a name.
    fn has_decimal_exponent(&self) -> bool {
        let mut next = self.text[self.at..].chars();
        if !matches!(next.next(), Some('e' | 'E')) {
            return false;
        }
        match next.next() {
            Some('+' | '-') => next.next().is_some_and(|digit| digit.is_ascii_digit()),
            Some(digit) => digit.is_ascii_digit(),
            None => false,
        }
    }

    fn exponent(&mut self) -> Result<TokenKind, Diagnostic> {
        let start = self.at;
        let raised = self.skip(is_raised);
        let digits: String = raised
            .chars()
            .map(|character| match character {
                '⁻' => '-',
                '⁺' => '+',
                digit => plain_digit(RAISED, digit),
            })
            .collect();
        digits.parse().map(TokenKind::Exponent).map_err(|_| {
            notation::malformed_exponent((self.position)(start..start + raised.len()), raised)
        })
    }

    fn string(&mut self) -> Result<TokenKind, Diagnostic> {
        let start = self.at;
        self.at += 1;
        let content = self.skip(|character| character != '"').to_owned();
        if self.peek().is_none() {
            return Err(notation::unclosed_text((self.position)(start..start + 1)));
        }
        self.at += 1;
        Ok(TokenKind::Text(content))
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// The longest run of characters that `belongs` accepts.
    fn skip(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest: &'a str = &self.text[self.at..];
        let length = rest.find(|character| !belongs(character)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }
}

/// Whether a number written with `digits` neither became infinite nor zero where it is not.
pub(crate) fn is_represented(number: f64, digits: &str) -> bool {
    let mantissa = digits.split(['e', 'E']).next().unwrap_or_default();
    let is_zero = !mantissa.contains(|character: char| matches!(character, '1'..='9'));
    number.is_finite() && (number != 0.0 || is_zero)
}

fn is_raised(character: char) -> bool {
    matches!(character, '⁻' | '⁺')
        || RAISED.contains(character)
        || RAISED_LETTERS.contains(character)
}

/// The ASCII digit for one of `digits`, in order from zero; anything else unchanged.
fn plain_digit(digits: &str, character: char) -> char {
    let value = digits.chars().position(|digit| digit == character);
    value.and_then(|value| char::from_digit(value as u32, 10)).unwrap_or(character)
}

/// What to write in place of a sign that is not in the notation.
fn instead_of(character: char) -> &'static str {
    match character {
        '×' | '∘' | '•' | '∙' | '⨯' | '∗' => {
            "write `·` for a matrix product, `⊙` or `*` for an elementwise product"
        }
        '–' | '—' => "write `-` or `−` for minus",
        '{' | '}' => "write parentheses",
        '&' => "write `and` or `∧`",
        '!' => "write `not` or `¬`",
        '\'' | '′' => "write `ᵀ` or `^T` for the transpose",
        '∏' | '∫' | '∂' | '∇' => "write the operation as a function call",
        '%' => "the remainder has no place in a model",
        _ => "names are made of letters, digits and `_`; signs are + - * / · ⊙ ^ ᵀ √ | ‖",
    }
}
