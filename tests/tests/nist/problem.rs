//! A problem of regression with its certified solution, read from JSON.

use std::path::{Path, PathBuf};

/// Data of one input, two starts, and what is certified.
pub struct Problem {
    pub name: String,
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    pub starts: [Vec<f64>; 2],
    pub parameters: Vec<f64>,
    pub errors: Vec<f64>,
    pub sum_of_squares: f64,
}

/// `shared/data/nist` beside the workspace.
pub fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/nist");
    folder.is_dir().then_some(folder)
}

impl Problem {
    /// Reads `name.json`: rows of `y` and `x`.
    pub fn read(folder: &Path, name: &str) -> Problem {
        let path = folder.join(name).with_extension("json");
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let rows = numbers(&text, "rows");
        Problem {
            name: name.to_owned(),
            x: rows.iter().copied().skip(1).step_by(2).collect(),
            y: rows.iter().copied().step_by(2).collect(),
            starts: [numbers(&text, "start1"), numbers(&text, "start2")],
            parameters: numbers(&text, "certified"),
            errors: numbers(&text, "certified_std"),
            sum_of_squares: numbers(&text, "certified_rss")[0],
        }
    }
}

/// The numbers of a value, whatever the brackets around them: up to the next key.
fn numbers(text: &str, key: &str) -> Vec<f64> {
    let key = format!("\"{key}\":");
    let value = text.split_once(&key).map_or("", |(_, rest)| rest);
    let value = value.split('"').next().unwrap_or("");
    let is_part = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
    value.split(|c| !is_part(c)).filter_map(|number| number.parse().ok()).collect()
}
