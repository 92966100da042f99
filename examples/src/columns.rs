//! Two columns of numbers, read from a CSV file.

use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Two columns of numbers of the same length.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// What the header calls them; `x` and `y` without one.
    pub names: [String; 2],
    /// The first column.
    pub x: Vec<f64>,
    /// The second column.
    pub y: Vec<f64>,
}

/// Reads a file.
///
/// # Errors
/// Those of [`parse`], and if the file cannot be read.
pub fn read(path: &Path) -> Result<Columns, Box<dyn Error>> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| format!("{name}: {error}"))?;
    parse(&name, file)
}

/// Reads rows of two numbers; the first row may be names. A line that begins with `#` is a comment.
///
/// # Errors
/// If a row has not two fields, a field is no finite number, or there is no row: with the name, line and column.
pub fn parse(name: &str, text: impl Read) -> Result<Columns, Box<dyn Error>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text);
    let mut columns =
        Columns { names: ["x".to_owned(), "y".to_owned()], x: Vec::new(), y: Vec::new() };
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| format!("{name}: {error}"))?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != 2 {
            let found = record.len();
            return Err(format!("{name}, line {line}: {found} fields, expected 2").into());
        }
        let numbers = [record[0].parse::<f64>(), record[1].parse::<f64>()];
        match numbers {
            [Ok(x), Ok(y)] if x.is_finite() && y.is_finite() => {
                columns.x.push(x);
                columns.y.push(y);
            }
            [Err(_), Err(_)] if row == 0 => {
                columns.names = [record[0].to_owned(), record[1].to_owned()];
            }
            numbers => {
                let is_number = matches!(numbers[0], Ok(x) if x.is_finite());
                let column = if is_number { 2 } else { 1 };
                let field = &record[column - 1];
                let place = format!("{name}, line {line}, column {column}");
                return Err(format!("{place}: `{field}`, expected a finite number").into());
            }
        }
    }
    if columns.x.is_empty() {
        return Err(format!("{name} has no row of numbers").into());
    }
    Ok(columns)
}

#[cfg(test)]
mod tests;
