//! Columns, as a data set holds them.

use std::sync::Arc;

/// What stands for a missing text, and for a label that is none of those learnt.
pub const NONE: u32 = u32::MAX;

/// A column with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    pub values: Values,
    /// Whether its numbers were standardized or scaled.
    pub is_prepared: bool,
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// So many missing values, and no other that would tell what it is.
    Nothing(usize),
    /// Numbers; NaN where one is missing, never infinite.
    Numbers(Vec<f64>),
    /// Texts.
    Texts(Texts),
    /// As many numbers as there are labels: 1 for the label of the row, 0 for the others.
    OneHot(Texts),
}

/// Texts, each as its place among the labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts {
    /// The different texts, ascending.
    pub labels: Arc<[String]>,
    /// The place of each; [`NONE`] where it is missing.
    pub codes: Vec<u32>,
    /// Whether these are the labels of all the data, not of the rows read so far.
    pub are_all: bool,
}

impl Values {
    /// How many there are.
    pub fn rows(&self) -> usize {
        match self {
            Values::Nothing(rows) => *rows,
            Values::Numbers(numbers) => numbers.len(),
            Values::Texts(texts) | Values::OneHot(texts) => texts.codes.len(),
        }
    }

    /// Numbers in a row of it.
    pub fn width(&self) -> usize {
        match self {
            Values::Nothing(_) | Values::Numbers(_) | Values::Texts(_) => 1,
            Values::OneHot(texts) => texts.labels.len(),
        }
    }

    /// Whether nothing is known of a row.
    pub fn is_missing(&self, row: usize) -> bool {
        match self {
            Values::Nothing(_) => true,
            Values::Numbers(numbers) => numbers[row].is_nan(),
            Values::Texts(texts) => texts.codes[row] == NONE,
            Values::OneHot(_) => false,
        }
    }

    /// These rows of it.
    pub fn pick(&self, rows: &[usize]) -> Values {
        match self {
            Values::Nothing(_) => Values::Nothing(rows.len()),
            Values::Numbers(numbers) => {
                Values::Numbers(rows.iter().map(|&row| numbers[row]).collect())
            }
            Values::Texts(texts) => Values::Texts(texts.pick(rows)),
            Values::OneHot(texts) => Values::OneHot(texts.pick(rows)),
        }
    }

    /// What kind of column it is, for messages.
    pub fn kind(&self) -> String {
        match self {
            Values::Nothing(_) => "without any value".to_owned(),
            Values::Numbers(_) => "numbers".to_owned(),
            Values::Texts(texts) => {
                let is_no_number = |label: &&String| label.parse::<f64>().is_err();
                let label = texts.labels.iter().find(is_no_number).or(texts.labels.first());
                label.map_or("text".to_owned(), |label| {
                    format!("text, for example {}", super::fault::Quoted(label))
                })
            }
            Values::OneHot(_) => "prepared as one-hot".to_owned(),
        }
    }
}

impl Texts {
    /// The text of a row, if there is one.
    pub fn label(&self, row: usize) -> Option<&str> {
        self.labels.get(self.codes[row] as usize).map(String::as_str)
    }

    fn pick(&self, rows: &[usize]) -> Texts {
        let codes = rows.iter().map(|&row| self.codes[row]).collect();
        Texts { labels: Arc::clone(&self.labels), codes, are_all: self.are_all }
    }
}
