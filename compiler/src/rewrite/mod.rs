//! What a rewrite is: one line of a table, with a name and two formulas.

mod apply;

pub use self::apply::{Rebuilt, Rules, keep, rebuild, until_settled};

#[cfg(test)]
mod tests;

/// An identity, used from left to right.
///
/// The formulas are over scalar rows and pattern variables, single letters: `c` and `d` match constants only, the others anything. A
/// variable that stands twice on the left matches the same node twice. Rows that commute match in either order of their operands, and an
/// operation on constants alone is folded, so it costs nothing; a constant that leaves the range of the scalar type, or becomes 0, must
/// not be folded: there the rule does not apply.
#[derive(Debug)]
pub struct Rule {
    /// What the rule does, for messages and dumps.
    pub name: &'static str,
    /// What it matches.
    pub from: &'static str,
    /// What it puts there. Its value is that of `from` wherever `from` is defined.
    pub to: &'static str,
    /// Whether results may differ in the last places.
    pub rounding: Rounding,
}

/// What a rewrite does to the last places of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// The same bits, but for the sign of a zero.
    Kept,
    /// Rounded elsewhere or less often; the documentation lists these.
    Changed,
}

impl Rule {
    /// A rule that keeps the bits.
    pub(crate) const fn exact(name: &'static str, from: &'static str, to: &'static str) -> Rule {
        Rule { name, from, to, rounding: Rounding::Kept }
    }

    /// A rule that changes the rounding.
    pub(crate) const fn rounded(name: &'static str, from: &'static str, to: &'static str) -> Rule {
        Rule { name, from, to, rounding: Rounding::Changed }
    }
}
