//! A preparation as lines of text, to be kept beside the parameters it belongs to.

use std::sync::Arc;

use crate::error::Error;

use super::super::error::DataError;
use super::{Affine, Change, Fill, Preparation, Step, Unknown};

const HEADER: &str = "chainrule preparation 1";

impl Preparation {
    /// All that was learnt, as text: a line for each column, numbers to the last bit.
    ///
    /// # Examples
    /// ```
    /// use chainrule::data::{Dataset, Preparation, Prepare};
    ///
    /// let train = Dataset::new("train").numbers("age", &[20.0, 40.0])?.texts("city", ["Rome", "Bonn"])?;
    /// let preparation = Prepare::new().standardize(["age"]).one_hot(["city"]).fit(&train)?;
    /// let text = preparation.to_text();
    /// assert_eq!(
    ///     text,
    ///     "chainrule preparation 1\n\
    ///      column \"age\" error standardized 30.0 10.0\n\
    ///      column \"city\" error one_hot error 2 \"Bonn\" \"Rome\"\n\
    ///      end 2\n"
    /// );
    /// assert_eq!(Preparation::from_text(&text)?, preparation);
    ///
    /// let error = Preparation::from_text(&text.replace("10.0", "0.0")).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the text of a preparation has `0.0` in line 2, expected a positive finite number"
    /// );
    /// # Ok::<(), chainrule::Error>(())
    /// ```
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for step in &self.steps {
            text.push_str("column ");
            push_quoted(&mut text, &step.column);
            push_fill(&mut text, &step.fill);
            push_change(&mut text, &step.change);
            text.push('\n');
        }
        text + &format!("end {}\n", self.steps.len())
    }

    /// What [`to_text`](Preparation::to_text) has written.
    ///
    /// # Errors
    /// [`Error::Data`] with the line, for any other text.
    pub fn from_text(text: &str) -> Result<Self, Error> {
        let mut steps: Vec<Step> = Vec::new();
        let mut lines = (1..).zip(text.split_terminator('\n'));
        let header = lines.next().map_or("", |(_, line)| line);
        if header != HEADER {
            return Err(Words::new(1, header).refuse("`chainrule preparation 1`").into());
        }
        for (number, line) in &mut lines {
            let mut words = Words::new(number, line);
            match words.word("`column` or `end`")? {
                "end" => {
                    words.exactly("the number of columns before it", &steps.len().to_string())?;
                    words.end()?;
                    let rest = lines.next().map(|(number, line)| Words::new(number, line));
                    let is_cut = !text.ends_with('\n');
                    return match rest {
                        Some(rest) => Err(rest.refuse("nothing after `end`").into()),
                        None if is_cut => {
                            Err(Words::new(number, line).refuse("the end of the line").into())
                        }
                        None => Ok(Preparation { steps }),
                    };
                }
                "column" => {
                    let column = words.quoted()?;
                    if steps.iter().any(|step| step.column == column) {
                        return Err(words.refuse_found("a column only once", &column).into());
                    }
                    let (fill, change) = (words.fill()?, words.change()?);
                    words.end()?;
                    steps.push(Step { column, fill, change });
                }
                other => return Err(words.refuse_found("`column` or `end`", other).into()),
            }
        }
        let last = text.lines().count() + 1;
        Err(Words::new(last, "").refuse("`end`; the text is cut short").into())
    }
}

fn push_fill(text: &mut String, fill: &Fill) {
    match fill {
        Fill::Error => text.push_str(" error"),
        Fill::DropRow => text.push_str(" drop"),
        Fill::Number(number) => text.push_str(&format!(" number {number:?}")),
        Fill::Label(label) => {
            text.push_str(" label ");
            push_quoted(text, label);
        }
    }
}

fn push_change(text: &mut String, change: &Change) {
    match change {
        Change::None => text.push_str(" none"),
        Change::Affine { kind, offset, scale } => {
            let kind = match kind {
                Affine::Standardized => "standardized",
                Affine::Scaled => "min_max",
            };
            text.push_str(&format!(" {kind} {offset:?} {scale:?}"));
        }
        Change::OneHot { unknown, labels } => {
            let unknown = match unknown {
                Unknown::Error => "error",
                Unknown::Zeros => "zeros",
            };
            text.push_str(&format!(" one_hot {unknown}"));
            push_labels(text, labels);
        }
        Change::Classes { labels } => {
            text.push_str(" classes");
            push_labels(text, labels);
        }
    }
}

fn push_labels(text: &mut String, labels: &[String]) {
    text.push_str(&format!(" {}", labels.len()));
    for label in labels {
        text.push(' ');
        push_quoted(text, label);
    }
}

/// A text between quotes, on one line.
fn push_quoted(text: &mut String, value: &str) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            character => text.push(character),
        }
    }
    text.push('"');
}

/// The words of a line, taken one by one.
struct Words<'t> {
    line: usize,
    rest: &'t str,
}

impl<'t> Words<'t> {
    fn new(line: usize, rest: &'t str) -> Self {
        Words { line, rest }
    }

    fn refuse(&self, expected: &'static str) -> DataError {
        self.refuse_found(expected, self.rest)
    }

    fn refuse_found(&self, expected: &'static str, found: &str) -> DataError {
        DataError::Text { line: self.line, expected, found: found.to_owned() }
    }

    /// The text up to the next space.
    fn word(&mut self, expected: &'static str) -> Result<&'t str, DataError> {
        let (word, rest) = self.rest.split_once(' ').unwrap_or((self.rest, ""));
        if word.is_empty() {
            return Err(self.refuse(expected));
        }
        self.rest = rest;
        Ok(word)
    }

    fn exactly(&mut self, expected: &'static str, word: &str) -> Result<(), DataError> {
        let found = self.word(expected)?;
        if found == word { Ok(()) } else { Err(self.refuse_found(expected, found)) }
    }

    fn end(&self) -> Result<(), DataError> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.refuse("the end of the line")) }
    }

    /// A text between quotes.
    fn quoted(&mut self) -> Result<String, DataError> {
        let refused = |words: &Self| words.refuse("a text between quotes");
        let Some(inside) = self.rest.strip_prefix('"') else { return Err(refused(self)) };
        let mut value = String::new();
        let mut characters = inside.char_indices();
        while let Some((place, character)) = characters.next() {
            match character {
                '"' => {
                    let rest = &inside[place + 1..];
                    self.rest = match rest.strip_prefix(' ') {
                        Some(rest) => rest,
                        None if rest.is_empty() => rest,
                        None => return Err(refused(self)),
                    };
                    return Ok(value);
                }
                '\\' => match characters.next() {
                    Some((_, escaped @ ('"' | '\\'))) => value.push(escaped),
                    Some((_, 'n')) => value.push('\n'),
                    Some((_, 'r')) => value.push('\r'),
                    _ => return Err(refused(self)),
                },
                character => value.push(character),
            }
        }
        Err(refused(self))
    }

    fn number(
        &mut self,
        expected: &'static str,
        is_right: fn(f64) -> bool,
    ) -> Result<f64, DataError> {
        let word = self.word(expected)?;
        let number =
            word.parse().ok().filter(|number: &f64| number.is_finite() && is_right(*number));
        number.ok_or_else(|| self.refuse_found(expected, word))
    }

    fn fill(&mut self) -> Result<Fill, DataError> {
        const EXPECTED: &str = "`error`, `drop`, `number` or `label`";
        match self.word(EXPECTED)? {
            "error" => Ok(Fill::Error),
            "drop" => Ok(Fill::DropRow),
            "number" => Ok(Fill::Number(self.number("a finite number", |_| true)?)),
            "label" => Ok(Fill::Label(self.quoted()?)),
            other => Err(self.refuse_found(EXPECTED, other)),
        }
    }

    fn change(&mut self) -> Result<Change, DataError> {
        const EXPECTED: &str = "`none`, `standardized`, `min_max`, `one_hot` or `classes`";
        match self.word(EXPECTED)? {
            "none" => Ok(Change::None),
            "standardized" => self.affine(Affine::Standardized),
            "min_max" => self.affine(Affine::Scaled),
            "one_hot" => {
                let unknown = match self.word("`error` or `zeros`")? {
                    "error" => Unknown::Error,
                    "zeros" => Unknown::Zeros,
                    other => return Err(self.refuse_found("`error` or `zeros`", other)),
                };
                Ok(Change::OneHot { unknown, labels: self.labels()? })
            }
            "classes" => Ok(Change::Classes { labels: self.labels()? }),
            other => Err(self.refuse_found(EXPECTED, other)),
        }
    }

    fn affine(&mut self, kind: Affine) -> Result<Change, DataError> {
        let offset = self.number("a finite number", |_| true)?;
        let scale = self.number("a positive finite number", |scale| scale > 0.0)?;
        Ok(Change::Affine { kind, offset, scale })
    }

    /// Labels, of which there are as many as it says, at least one, each greater than the one before.
    fn labels(&mut self) -> Result<Arc<[String]>, DataError> {
        const EXPECTED: &str = "the number of labels";
        let word = self.word(EXPECTED)?;
        let count: usize = word.parse().map_err(|_| self.refuse_found(EXPECTED, word))?;
        if count == 0 {
            return Err(self.refuse_found("at least one label", word));
        }
        let mut labels: Vec<String> = Vec::new();
        for _ in 0..count {
            let label = self.quoted()?;
            if labels.last().is_some_and(|last| *last >= label) {
                return Err(self.refuse_found("labels in ascending order", &label));
            }
            labels.push(label);
        }
        Ok(labels.into())
    }
}
