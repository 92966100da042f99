//! Whether a function stays finite, found by trying.

use crate::formula::Formula;
use crate::functions::scalar::{Derivative, Scalar};

/// What functions are tried at, to see whether they stay finite.
const PROBES: &[f64] = &[-1000.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1000.0];

/// Whether the value or a derivative of a function is not finite at some finite operands.
pub fn leaves_the_numbers(row: &'static Scalar, constants: &[Option<u64>]) -> bool {
    let derivatives: Result<Vec<Formula>, String> = row
        .operands
        .iter()
        .filter_map(|operand| match operand.derivative {
            Derivative::Formula(text) => Some(Formula::parse(text)),
            _ => None,
        })
        .collect();
    let mut at = vec![0.0; row.operands.len()];
    derivatives.map_or(true, |derivatives| is_infinite_at(row, &derivatives, constants, &mut at, 0))
}

/// Tries all probes for the operands from `place` on.
fn is_infinite_at(
    row: &Scalar,
    derivatives: &[Formula],
    constants: &[Option<u64>],
    at: &mut [f64],
    place: usize,
) -> bool {
    if place == at.len() {
        let y = (row.value)(at);
        let bind = |name: &str| {
            let operand = row.operands.iter().position(|operand| operand.name == name);
            operand.map_or(y, |operand| at[operand])
        };
        return !y.is_finite() || derivatives.iter().any(|one| !one.value(&bind).is_finite());
    }
    let constant = constants[place].map(f64::from_bits);
    let probes = constant.as_ref().map_or(PROBES, std::slice::from_ref);
    probes.iter().any(|&probe| {
        at[place] = probe;
        is_infinite_at(row, derivatives, constants, at, place + 1)
    })
}
