//! Places along an axis: affine functions of labels and of integers.

use super::{Dim, FIXED, Label, Polynomial};

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
///
/// A position speaks of labels without an equation only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Equation {
    /// The label.
    pub label: Label,
    /// Where it must be.
    pub position: Position,
    /// Whether the position is on the axis for certain, so that nothing has to be checked when the program runs.
    pub inside: bool,
}

impl Position {
    /// The position of one label.
    pub fn label(label: Label) -> Position {
        Position { labels: vec![(label, Polynomial::constant(1))], ..Position::default() }
    }

    /// The position that is the integer operand at this place.
    pub fn integer(operand: usize) -> Position {
        Position { integers: vec![(operand, Polynomial::constant(1))], ..Position::default() }
    }

    /// A fixed position.
    pub fn constant(offset: Polynomial) -> Position {
        Position { offset, ..Position::default() }
    }

    /// The sum of two positions.
    pub fn plus(&self, other: &Position) -> Position {
        let mut sum = self.clone();
        for (label, factor) in &other.labels {
            add_term(&mut sum.labels, *label, factor);
        }
        for (operand, factor) in &other.integers {
            add_term(&mut sum.integers, *operand, factor);
        }
        sum.offset = sum.offset.plus(&other.offset);
        sum
    }

    /// The position times a factor.
    pub fn times(&self, factor: &Polynomial) -> Position {
        if *factor == Polynomial::default() {
            return Position::default();
        }
        Position {
            labels: self.labels.iter().map(|(label, own)| (*label, own.times(factor))).collect(),
            integers: self.integers.iter().map(|(k, own)| (*k, own.times(factor))).collect(),
            offset: self.offset.times(factor),
        }
    }

    /// The factor of a label: 0 where it does not occur.
    pub fn factor(&self, label: Label) -> Polynomial {
        let known = self.labels.iter().find(|(known, _)| *known == label);
        known.map_or_else(Polynomial::default, |(_, factor)| factor.clone())
    }

    /// Whether the label occurs in it.
    pub fn mentions(&self, label: Label) -> bool {
        self.labels.iter().any(|(known, _)| *known == label)
    }

    /// The position with `place` for `label`.
    pub fn substituted(&self, label: Label, place: &Position) -> Position {
        let factor = self.factor(label);
        let labels = self.labels.iter().filter(|(known, _)| *known != label).cloned().collect();
        Position { labels, ..self.clone() }.plus(&place.times(&factor))
    }

    /// The same position seen from a scope in which label `l` is called `names[l]`; one that is `FIXED` there is 0.
    pub fn relabelled(&self, names: &[Label]) -> Position {
        let mut position = Position { labels: Vec::new(), ..self.clone() };
        for (label, factor) in &self.labels {
            let name = names[*label as usize];
            if name != FIXED {
                add_term(&mut position.labels, name, factor);
            }
        }
        position
    }

    /// The same position where integer operand `k` stands at `places[k]`.
    pub fn with_integers_at(&self, places: &[usize]) -> Position {
        let mut position = Position { integers: Vec::new(), ..self.clone() };
        for (operand, factor) in &self.integers {
            add_term(&mut position.integers, places[*operand], factor);
        }
        position
    }

    /// The dimensions it speaks of.
    pub fn symbols(&self) -> Vec<Dim> {
        let factors = self.labels.iter().map(|(_, factor)| factor);
        let factors = factors.chain(self.integers.iter().map(|(_, factor)| factor));
        factors.chain([&self.offset]).flat_map(Polynomial::symbols).collect()
    }

    /// The one label this is, without any factor or offset.
    pub fn as_label(&self) -> Option<Label> {
        match self.labels.as_slice() {
            [(label, factor)] if *self == Position::label(*label) => {
                debug_assert_eq!(factor.as_constant(), Some(1));
                Some(*label)
            }
            _ => None,
        }
    }

    /// The least and the largest value for labels of these extents; `None` where integers have no known range, or a sign is not known.
    pub fn range(&self, scope: &[Dim]) -> Option<(Polynomial, Polynomial)> {
        if !self.integers.is_empty() {
            return None;
        }
        let (mut least, mut most) = (self.offset.clone(), self.offset.clone());
        for (label, factor) in &self.labels {
            let last = Polynomial::from(&scope[*label as usize]).plus(&Polynomial::constant(-1));
            let reach = factor.times(&last);
            if factor.is_nonnegative() {
                most = most.plus(&reach);
            } else if factor.scaled(-1).is_nonnegative() {
                least = least.plus(&reach);
            } else {
                return None;
            }
        }
        Some((least, most))
    }

    /// Whether it lies on an axis of this extent for certain, whatever the dimensions are.
    pub fn is_inside(&self, extent: &Dim, scope: &[Dim]) -> bool {
        self.range(scope).is_some_and(|(least, most)| {
            let room =
                Polynomial::from(extent).plus(&most.plus(&Polynomial::constant(1)).scaled(-1));
            least.is_nonnegative() && room.is_nonnegative()
        })
    }
}

fn add_term<K: Ord + Copy>(terms: &mut Vec<(K, Polynomial)>, key: K, factor: &Polynomial) {
    match terms.binary_search_by_key(&key, |(known, _)| *known) {
        Ok(place) => {
            let sum = terms[place].1.plus(factor);
            if sum == Polynomial::default() {
                terms.remove(place);
            } else {
                terms[place].1 = sum;
            }
        }
        Err(place) if *factor != Polynomial::default() => {
            terms.insert(place, (key, factor.clone()));
        }
        Err(_) => {}
    }
}
