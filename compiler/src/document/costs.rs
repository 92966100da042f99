//! The counts in words.

use super::Document;
use crate::derivation;
use crate::ir::Polynomial;
use crate::mathematics::text;

impl Document<'_> {
    /// What is counted and how much it is.
    pub(super) fn costs(&self) -> Vec<(&'static str, String)> {
        let count = |polynomial: &Polynomial| {
            text(&derivation::mathematics(polynomial, &self.derivation.names))
        };
        let cost = &self.cost;
        let mut lines = vec![
            ("loss", count(&cost.loss)),
            ("loss and gradient together", count(&cost.loss_and_gradient)),
            ("each gradient differentiated separately", count(&cost.separate)),
        ];
        let [ratio, saving] = if self.has_examples() {
            [
                "loss and gradient against loss, for many examples",
                "separately against together, for many examples",
            ]
        } else {
            ["loss and gradient against loss", "separately against together"]
        };
        let times = |what, times: f64| (what, format!("{times:.2} times"));
        lines.extend(cost.ratio().map(|found| times(ratio, found)));
        lines.extend(cost.saving().map(|found| times(saving, found)));
        lines
    }

    /// The memory in words.
    pub(super) fn memory(&self) -> String {
        let count = |polynomial: &Polynomial| {
            text(&derivation::mathematics(polynomial, &self.derivation.names))
        };
        if !self.has_examples() {
            return format!("{} bytes", count(&self.cost.workspace));
        }
        let per_example = count(&self.cost.workspace_per_example);
        match self.cost.workspace.as_constant() {
            Some(0) => format!("{per_example} bytes for each example of a tile"),
            _ => format!(
                "{} bytes, and {per_example} bytes for each example of a tile",
                count(&self.cost.workspace)
            ),
        }
    }

    /// What one operation is.
    pub(super) const OPERATION: &'static str = "An operation is one addition, one multiplication or one application of a function, for one element.";
}
