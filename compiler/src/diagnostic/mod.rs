//! What the compiler tells the user: diagnostics that must be looked at, and where each wording lives.
//!
//! A message is a row of a catalogue ([`syntax`] for what the front ends find, [`meaning`] for names, shapes and losses) with the smallest
//! program that triggers it, and the row gives a function of its name; nothing else in the crate writes prose for users. Positions are opaque here; a front end turns them into spans when it renders.

mod messages;

pub mod meaning;
pub mod syntax;

#[cfg(test)]
mod examples;

use crate::tree::Position;

pub use self::messages::Entry;
use self::messages::messages;

/// One problem in the user's source.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The name of the message in the catalogue.
    pub code: &'static str,
    /// The smallest excerpt that shows the problem.
    pub at: Position,
    /// What is wrong, with the user's names and both shapes.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Facts that help to understand.
    pub note: Option<String>,
    /// The calls that lead to the place, innermost first.
    pub calls: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic without help or note.
    pub fn new(code: &'static str, at: Position, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, at, message: message.into(), help: None, note: None, calls: Vec::new() }
    }

    /// The same with what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same with a fact.
    pub fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.note = Some(note.into());
        self
    }
}

/// Problems found so far. They accumulate, so that one compile shows them all; a sink that is dropped unread is a bug of ours.
#[derive(Debug, Default)]
pub struct Errors {
    found: Vec<Diagnostic>,
    read: bool,
}

impl Errors {
    /// No problems yet.
    pub fn new() -> Errors {
        Errors::default()
    }

    /// Adds one, unless the same has been said of the same place, if only for another call.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        let is_same =
            |known: &Diagnostic| known.at == diagnostic.at && known.message == diagnostic.message;
        if !self.found.iter().any(is_same) {
            self.found.push(diagnostic);
        }
    }

    /// Whether nothing was found so far.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many there are so far.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// The value, or everything that was found.
    pub fn check<T>(mut self, value: T) -> Result<T, Vec<Diagnostic>> {
        self.read = true;
        if self.found.is_empty() { Ok(value) } else { Err(std::mem::take(&mut self.found)) }
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        debug_assert!(
            self.read || self.found.is_empty() || std::thread::panicking(),
            "diagnostics were dropped unread"
        );
    }
}

/// The candidate nearest to `name`, if one is near enough to be meant: one edit for every three letters, two letters in the wrong order
/// being one edit; a name of one or two letters is near to its other case only.
pub fn did_you_mean<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = name.chars().count();
    let limit = if length < 3 { 0 } else { length / 3 };
    candidates
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The distance of two names, case left aside.
fn distance(left: &str, right: &str) -> usize {
    edit_distance(&left.to_lowercase(), &right.to_lowercase())
}

/// The restricted distance of Damerau and Levenshtein: insertions, deletions, replacements, exchanges of neighbours.
fn edit_distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for i in 0..left.len() {
        let mut row = vec![i + 1];
        for j in 0..right.len() {
            let replaced = last[j] + usize::from(left[i] != right[j]);
            let mut least = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && left[i] == right[j - 1] && left[i - 1] == right[j] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn a_name_is_meant_if_it_is_one_edit_in_three_letters_away() {
        let known = ["tanh", "bias", "Input", "w1", "x", "mean_squared_error"];
        let meant = |name| did_you_mean(name, known);
        assert_eq!(meant("tanhh"), Some("tanh"));
        assert_eq!(meant("bais"), Some("bias"));
        assert_eq!(meant("Inptu"), Some("Input"));
        assert_eq!(meant("mean_square_eror"), Some("mean_squared_error"));
        assert_eq!(meant("W1"), Some("w1"));
        assert_eq!(meant("v"), None);
        assert_eq!(meant("w2"), None);
        assert_eq!(meant("sigmoid"), None);
    }
}
