//! Places along an axis: affine functions of labels and of integers.

use super::{Label, Polynomial};

/// `offset + Σ factor·label + Σ factor·integer`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Labels with their factors, ascending, none with factor 0.
    pub labels: Vec<(Label, Polynomial)>,
    /// Integers that are known when the program runs, by their place among the node's operands (the array is operand 0), with factors.
    pub integers: Vec<(usize, Polynomial)>,
    /// What is added.
    pub offset: Polynomial,
}

/// `label = position`: the label is one of the array's axes for a place to read, one of the node's own for a place to add.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Equation {
    /// The label.
    pub label: Label,
    /// Where it must be.
    pub position: Position,
}

impl Position {
    /// The position of one label.
    pub fn label(label: Label) -> Position {
        Position { labels: vec![(label, Polynomial::constant(1))], ..Position::default() }
    }

    /// A fixed position.
    pub fn constant(offset: Polynomial) -> Position {
        Position { offset, ..Position::default() }
    }

    /// The same position seen from a scope in which label `l` is called `names[l]`.
    pub fn relabelled(&self, names: &[Label]) -> Position {
        let mut labels: Vec<(Label, Polynomial)> = self
            .labels
            .iter()
            .map(|(label, factor)| (names[*label as usize], factor.clone()))
            .collect();
        labels.sort();
        Position { labels, ..self.clone() }
    }
}
