//! Networks on sequences: a recurrent one and an attention block.

use super::{Problem, spread, weight};

/// Steps, inputs, units and examples of the recurrent networks.
pub const LSTM: [(&str, [usize; 4]); 2] =
    [("lstm/small", [10, 16, 64, 8]), ("lstm/large", [100, 16, 64, 64])];

/// Places, features and examples of the attention blocks.
pub const ATTENTION: [(&str, [usize; 3]); 2] =
    [("attention/small", [16, 32, 8]), ("attention/large", [128, 128, 16])];

/// Long short-term memory; a number is predicted from the last state.
pub fn lstm([steps, inputs, units, rows]: [usize; 4]) -> Problem<f32> {
    let mut v = spread("v", &[units], 6, 0.1);
    v.values.iter_mut().for_each(|v| *v += 0.05);
    Problem {
        x: spread("x", &[rows, steps, inputs], 1, 1.0),
        y: spread("y", &[rows], 2, 1.0),
        parameters: vec![
            weight("w", [inputs, 4 * units], 3),
            weight("u", [units, 4 * units], 4),
            spread("b", &[4 * units], 5, 0.1),
            v,
        ],
    }
}

/// Attention of a sequence to itself, added to it.
pub fn attention([places, features, rows]: [usize; 3]) -> Problem<f32> {
    let square = [features, features];
    Problem {
        x: spread("x", &[rows, places, features], 1, 1.0),
        y: spread("y", &[rows, places, features], 2, 1.0),
        parameters: vec![
            weight("wq", square, 3),
            weight("wk", square, 4),
            weight("wv", square, 5),
            weight("wo", square, 6),
        ],
    }
}
