//! Handwritten digits: 8×8 pixels each, and what they are.

use std::error::Error;

use chainrule::generator::Generator;

use crate::table;

/// Digits: 64 numbers from 0 to 1 and a label each.
#[derive(Clone, Debug, Default)]
pub struct Digits {
    /// How much ink each pixel has.
    pub pixels: Vec<f32>,
    /// The digits.
    pub labels: Vec<u32>,
}

/// All digits, shuffled by the seed and split: the last fifth is held out.
///
/// # Errors
/// If the file cannot be read.
pub fn load(seed: u64) -> Result<(Digits, Digits), Box<dyn Error>> {
    let table = table::read::<u32>("digits.csv")?;
    let mut order: Vec<usize> = (0..table.targets.len()).collect();
    Generator::new(seed).shuffle(&mut order);
    let held_out = order.split_off(order.len() * 4 / 5);
    let pick = |rows: &[usize]| Digits {
        pixels: rows
            .iter()
            .flat_map(|&row| &table.inputs[64 * row..][..64])
            .map(|&ink| ink as f32 / 16.0)
            .collect(),
        labels: rows.iter().map(|&row| table.targets[row]).collect(),
    };
    Ok((pick(&order), pick(&held_out)))
}
