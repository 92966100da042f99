//! Names of variables as mathematics: letter, subscript, bar, indices.

use super::Math;

/// A variable: `W̄1[d,h]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// The letter or word.
    pub stem: String,
    /// What follows it below the line, such as `1`.
    pub subscript: String,
    /// Whether the name as text has an underscore before the subscript.
    pub underscore: bool,
    /// How many bars it has: one for an adjoint.
    pub bars: u8,
    /// How many primes it has: one for the value after the step of a loop.
    pub primes: u8,
    /// The element meant; none for the whole.
    pub indices: Vec<Math>,
}

impl Symbol {
    /// The variable a name stands for: digits at its end are a subscript, and so is what follows a single letter and an underscore.
    pub fn new(name: &str) -> Symbol {
        let stem = name.trim_end_matches(|end: char| end.is_ascii_digit());
        let (stem, subscript, underscore) = match name.split_once('_') {
            Some((letter, rest)) if letter.chars().count() == 1 && !rest.is_empty() => {
                (letter, rest, true)
            }
            _ if stem.is_empty() || stem.ends_with('_') => (name, "", false),
            _ => (stem, &name[stem.len()..], false),
        };
        Symbol {
            stem: stem.into(),
            subscript: subscript.into(),
            underscore,
            bars: 0,
            primes: 0,
            indices: Vec::new(),
        }
    }

    /// A variable whose name is written as it is.
    pub fn word(name: &str) -> Symbol {
        Symbol {
            stem: name.into(),
            subscript: String::new(),
            underscore: false,
            bars: 0,
            primes: 0,
            indices: Vec::new(),
        }
    }

    /// The same with one more bar.
    pub fn barred(mut self) -> Symbol {
        self.bars += 1;
        self
    }

    /// The same with a prime: what it is after the step of a loop.
    pub fn primed(mut self) -> Symbol {
        self.primes += 1;
        self
    }

    /// One element of it.
    pub fn at(mut self, indices: Vec<Math>) -> Symbol {
        self.indices = indices;
        self
    }
}
