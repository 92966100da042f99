//! Fields, one after the other, to columns.

use std::collections::HashMap;
use std::sync::Arc;

use super::column::{Column, NONE, Texts, Values};
use super::fault::Problem;

/// A column that is being filled. Its first value that is not missing decides what it is.
pub struct Filling {
    name: String,
    kind: Kind,
}

enum Kind {
    /// So many missing values, and nothing else so far.
    Undecided(usize),
    Numbers(Vec<f64>),
    Texts(Interned),
}

/// Texts as numbers in the order in which they first came.
#[derive(Default)]
pub struct Interned {
    places: HashMap<String, u32>,
    codes: Vec<u32>,
}

impl Filling {
    /// A column whose values decide what it is.
    pub fn undecided(name: &str) -> Self {
        Filling { name: name.to_owned(), kind: Kind::Undecided(0) }
    }

    /// A column of text.
    pub fn text(name: &str) -> Self {
        Filling { name: name.to_owned(), kind: Kind::Texts(Interned::default()) }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Adds a missing value.
    pub fn push_missing(&mut self) {
        match &mut self.kind {
            Kind::Undecided(rows) => *rows += 1,
            Kind::Numbers(numbers) => numbers.push(f64::NAN),
            Kind::Texts(texts) => texts.push_missing(),
        }
    }

    /// Adds a field that is not missing; a wrong one counts as missing.
    pub fn push(&mut self, field: &str) -> Result<(), Problem> {
        if let Kind::Undecided(rows) = self.kind {
            let is_number = field.parse::<f64>().is_ok_and(f64::is_finite);
            self.kind = if is_number {
                Kind::Numbers(vec![f64::NAN; rows])
            } else {
                let codes = vec![NONE; rows];
                Kind::Texts(Interned { codes, ..Interned::default() })
            };
        }
        let numbers = match &mut self.kind {
            Kind::Numbers(numbers) => numbers,
            Kind::Texts(texts) => {
                texts.push(field);
                return Ok(());
            }
            Kind::Undecided(_) => return Ok(()),
        };
        let number = field.parse::<f64>();
        numbers.push(number.clone().ok().filter(|number| number.is_finite()).unwrap_or(f64::NAN));
        match number {
            Ok(number) if number.is_finite() => Ok(()),
            Ok(number) if !number.is_nan() => Err(Problem::NotFinite { found: field.to_owned() }),
            _ => Err(Problem::NotANumber { found: field.to_owned() }),
        }
    }

    /// The column so far, which is empty afterwards but keeps what it is.
    pub fn take(&mut self, are_all: bool) -> Column {
        let values = match &mut self.kind {
            Kind::Undecided(rows) => Values::Nothing(std::mem::take(rows)),
            Kind::Numbers(numbers) => Values::Numbers(std::mem::take(numbers)),
            Kind::Texts(texts) => Values::Texts(std::mem::take(texts).sorted(are_all)),
        };
        Column { name: self.name.clone(), values, is_prepared: false }
    }
}

impl Interned {
    /// Adds a missing one.
    pub fn push_missing(&mut self) {
        self.codes.push(NONE);
    }

    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        let code = match self.places.get(text) {
            Some(&code) => code,
            None => {
                let code = self.places.len() as u32;
                self.places.insert(text.to_owned(), code);
                code
            }
        };
        self.codes.push(code);
    }

    /// The texts, with labels in ascending order: the same whatever the order of the rows.
    pub fn sorted(self, are_all: bool) -> Texts {
        let mut entries: Vec<(String, u32)> = self.places.into_iter().collect();
        entries.sort_unstable();
        let mut places = vec![NONE; entries.len()];
        for (place, (_, code)) in entries.iter().enumerate() {
            places[*code as usize] = place as u32;
        }
        let codes = self.codes.iter().map(|&code| *places.get(code as usize).unwrap_or(&NONE));
        let codes = codes.collect();
        let labels: Arc<[String]> = entries.into_iter().map(|(label, _)| label).collect();
        Texts { labels, codes, are_all }
    }
}
