//! A table of numbers with named columns, read from a CSV file.

use std::error::Error;
use std::path::Path;
use std::str::FromStr;

/// A table of numbers, the last column apart.
#[derive(Clone, Debug)]
pub struct Table<T> {
    /// The names of all columns but the last.
    pub names: Vec<String>,
    /// All columns but the last, row by row.
    pub inputs: Vec<T>,
    /// The last column.
    pub targets: Vec<T>,
}

/// Reads a file of `examples/data`.
///
/// # Errors
/// If the file cannot be read, or a field is not a number: with its line, column and text.
pub fn read<T: FromStr<Err: Error>>(file: &str) -> Result<Table<T>, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file);
    let mut reader =
        csv::Reader::from_path(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    names.pop();
    let (mut inputs, mut targets) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record?;
        for (column, field) in record.iter().enumerate() {
            let value = field.parse().map_err(|error| {
                let line = record.position().map_or(0, csv::Position::line);
                format!("{file}, line {line}, column {}: `{field}`: {error}", column + 1)
            })?;
            if column < names.len() { inputs.push(value) } else { targets.push(value) }
        }
    }
    Ok(Table { names, inputs, targets })
}
