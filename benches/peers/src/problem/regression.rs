//! Regressions on the handwritten digits of the examples.

use std::fs;
use std::path::Path;

use super::{Array, Problem, spread};

/// The number of digits, of their pixels, and of kinds.
pub const DIGITS: [usize; 3] = [1797, 64, 10];

/// What is to be told from the pixels.
#[derive(Clone, Copy)]
pub enum Target {
    /// Whether the digit is odd: logistic regression.
    IsOdd,
    /// Which digit it is: softmax regression.
    Digit,
}

impl Target {
    /// The name of the problem.
    pub fn name(self) -> &'static str {
        match self {
            Target::IsOdd => "digits/logistic",
            Target::Digit => "digits/softmax",
        }
    }
}

/// All digits with pixels from 0 to 1.
pub fn digits(target: Target) -> Problem<f32> {
    let [rows, pixels, kinds] = DIGITS;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/data/digits.csv");
    let text = fs::read_to_string(path).expect("the digits are in the repository");
    let fields = text.lines().skip(1).flat_map(|line| line.split(','));
    let fields: Vec<f32> = fields.map(|field| field.parse().expect("a number")).collect();
    let lines = fields.chunks_exact(pixels + 1);
    let labels = lines.clone().map(|line| line[pixels]);
    let (y, w, b) = match target {
        Target::IsOdd => (labels.map(|label| label % 2.0).collect(), vec![pixels], vec![]),
        Target::Digit => (labels.collect(), vec![pixels, kinds], vec![kinds]),
    };
    let x = lines.flat_map(|line| line[..pixels].iter().map(|pixel| pixel / 16.0)).collect();
    Problem {
        x: Array::new("x", &[rows, pixels], x),
        y: Array::new("y", &[rows], y),
        parameters: vec![spread("w", &w, 31, 0.1), spread("b", &b, 32, 0.1)],
    }
}
