//! Messages of the front ends: what the signature, the attribute, the body or the notation may not contain.

pub mod attribute;
pub mod body;
pub mod control;
pub mod functions;
pub mod names;
pub mod notation;
pub mod signature;
#[cfg(test)]
mod tests;

use super::{Entry, did_you_mean};

/// Every message of the front ends, in the order of the families.
pub fn catalogue() -> impl Iterator<Item = &'static Entry> {
    let families = [
        signature::CATALOGUE,
        functions::CATALOGUE,
        names::CATALOGUE,
        attribute::CATALOGUE,
        body::CATALOGUE,
        control::CATALOGUE,
        notation::CATALOGUE,
    ];
    families.into_iter().flatten()
}

/// The candidate that was probably meant, or all of them.
pub fn suggestion(found: &str, candidates: &[&str]) -> String {
    match did_you_mean(found, candidates.iter().copied()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => format!("write one of `{}`", candidates.join("`, `")),
    }
}
