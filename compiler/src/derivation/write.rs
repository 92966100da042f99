//! Terms as mathematics: what array form and index form share.

use std::collections::BTreeSet;

use super::names::Names;
use super::place::Affine;
use super::term::{Index, Matrix, Product, Term};
use crate::ir::{Dim, NodeId};
use crate::mathematics::{Math, Sign, Symbol, Times, applied_to_matrices};

/// Writes the terms of one equation.
pub struct Writer<'a> {
    /// What values, extents and the example are called.
    pub names: &'a Names,
    /// The extents of the equation's labels.
    pub extents: &'a [Dim],
    /// The letters of the equation's labels.
    letters: Vec<String>,
}

impl<'a> Writer<'a> {
    /// A writer for an equation with labels of these extents.
    pub fn new(names: &'a Names, extents: &'a [Dim]) -> Writer<'a> {
        let mut letters: Vec<String> = Vec::new();
        for dim in extents {
            let letter = names.index_letter(dim, &letters);
            letters.push(letter);
        }
        Writer { names, extents, letters }
    }

    /// Whether the label runs over the examples.
    pub fn is_batch(&self, label: Index) -> bool {
        self.extents[label] == Dim::Batch
    }

    /// The letter of a label.
    pub fn letter(&self, label: Index) -> Symbol {
        Symbol::new(&self.letters[label])
    }

    /// Labels in the order arrays have them here: the example first.
    pub fn in_order(&self, labels: impl IntoIterator<Item = Index>) -> Vec<Index> {
        let mut labels: Vec<Index> = labels.into_iter().collect();
        labels.sort_by_key(|&label| (!self.is_batch(label), label));
        labels
    }

    /// A value, element by element: `h[n,k]`.
    pub fn element(&self, id: NodeId, labels: &[Option<Index>]) -> Math {
        let batch_first = self.batch_first(labels);
        let indices = batch_first.iter().map(|label| match label {
            Some(label) => Math::Symbol(self.letter(*label)),
            None => Math::Number(0.0),
        });
        Math::Symbol(self.names.symbol(id).at(indices.collect()))
    }

    /// The labels of a value in the order of its documented axes.
    pub fn batch_first(&self, labels: &[Option<Index>]) -> Vec<Option<Index>> {
        let mut labels = labels.to_vec();
        if let Some(Some(last)) = labels.last()
            && self.is_batch(*last)
        {
            labels.rotate_right(1);
        }
        labels
    }

    /// An equation's term in index form.
    pub fn index_form(&self, term: &Term) -> Math {
        let part = |term: &Term| self.index_form(term);
        match term {
            Term::Holds(condition) => holds(part(condition)),
            Term::Counter(label) => Math::Symbol(self.letter(*label)),
            Term::At(id, places) => {
                let mut places = places.clone();
                let last = places.last().and_then(Affine::as_index);
                if last.is_some_and(|label| self.is_batch(label)) {
                    places.rotate_right(1);
                }
                let indices = places.iter().map(|place| self.affine(place)).collect();
                Math::Symbol(self.names.symbol(*id).at(indices))
            }
            Term::If(condition) => self.condition(condition),
            Term::Read(id, labels) => self.element(*id, labels),
            Term::Sum(terms) => {
                sum(terms.iter().map(|(sign, term)| (*sign, rank_of(term), part(term))).collect())
            }
            Term::Product(product) => {
                let above = self.in_reading_order(&product.above);
                let above: Vec<Math> = above.into_iter().map(part).collect();
                let below: Vec<Math> = product.below.iter().map(part).collect();
                self.product(product, multiplied(above), multiplied(below))
            }
            Term::Apply(row, operands) => {
                crate::mathematics::applied(row, operands.iter().map(part).collect())
            }
            Term::OfMatrices(row, operands, _) => {
                let element = |one: &Matrix| {
                    let labels: Vec<Option<Index>> = one.labels.iter().copied().map(Some).collect();
                    self.element(one.node, &labels)
                };
                applied_to_matrices(row, operands.iter().map(element).collect())
            }
            Term::Reduce(sign, over, body) => {
                let over = self.in_order(over.iter().copied());
                let letters = over.into_iter().map(|label| self.range(label, body)).collect();
                Math::Big(sign, letters, Box::new(part(body)))
            }
        }
    }

    /// What a reduction runs over: an index, with its bound where no value in the body shows it.
    fn range(&self, label: Index, body: &Term) -> Math {
        let letter = Math::Symbol(self.letter(label));
        if indexes_a_value(body, label) && !is_a_place(body, label) {
            return letter;
        }
        let bound = self.names.extent(&self.extents[label]);
        Math::Relation(Box::new(letter), "<", Box::new(bound))
    }

    /// A product: its coefficient with what varies above and below, written already.
    pub fn product(&self, product: &Product, main: Option<Math>, below: Option<Math>) -> Math {
        let (negative, coefficient) = self.coefficient(product, main.is_none());
        let value = match (coefficient, main, below) {
            (None, main, below) => Math::quotient(main.unwrap_or(Math::Number(1.0)), below),
            (Some(coefficient), None, below) => Math::quotient(coefficient, below),
            (Some(coefficient), Some(main), None) => in_front(coefficient, main),
            (Some(Math::Quotient(number, divisor)), Some(main), Some(below)) => {
                let above =
                    if *number == Math::Number(1.0) { main } else { in_front(*number, main) };
                Math::quotient(above, Some(in_front(*divisor, below)))
            }
            (Some(coefficient), Some(main), below) => {
                Math::quotient(in_front(coefficient, main), below)
            }
        };
        if negative { Math::Negative(Box::new(value)) } else { value }
    }

    /// Whether there is a minus sign in front, and the positive coefficient, unless it is 1.
    fn coefficient(&self, product: &Product, alone: bool) -> (bool, Option<Math>) {
        let extents = |dims: &[Dim]| -> Vec<Math> {
            let mut dims = dims.to_vec();
            dims.sort_by_key(|dim| (*dim != Dim::Batch, dim.clone()));
            dims.iter().map(|dim| self.names.extent(dim)).collect()
        };
        let with_number = |number: f64, mut factors: Vec<Math>| {
            if number != 1.0 {
                factors.insert(0, Math::Number(number));
            }
            factors
        };
        let negative = product.number < 0.0;
        let above = with_number(product.number.abs(), extents(&product.extents));
        let below = with_number(product.divisor, extents(&product.divisor_extents));
        if above.is_empty() && below.is_empty() {
            return (negative, alone.then_some(Math::Number(1.0)));
        }
        let below = (!below.is_empty()).then(|| Math::product(Times::Number, below));
        (negative, Some(Math::quotient(Math::product(Times::Number, above), below)))
    }

    /// Numbers before values of the example before other values before sums, otherwise as they are.
    pub fn in_reading_order<'t>(&self, factors: &'t [Term]) -> Vec<&'t Term> {
        let mut factors: Vec<&Term> = factors.iter().collect();
        factors.sort_by_key(|factor| {
            let labels = free_labels(factor);
            match factor {
                Term::Reduce(..) => 3,
                _ if labels.is_empty() => 0,
                _ if labels.iter().any(|&label| self.is_batch(label)) => 1,
                _ => 2,
            }
        });
        factors
    }
}

fn in_front(coefficient: Math, value: Math) -> Math {
    let factors = |math: Math| match math {
        Math::Product(Times::Number, factors) => factors,
        other => vec![other],
    };
    Math::Product(Times::Number, [factors(coefficient), factors(value)].concat())
}

/// `[c ≠ 0]`.
pub fn holds(condition: Math) -> Math {
    let relation = Math::Relation(Box::new(condition), "≠", Box::new(Math::Number(0.0)));
    Math::Fence("[", Box::new(relation), "]")
}

/// A sum in reading order: what is added first, products before names before numbers.
pub fn sum(mut terms: Vec<(Sign, u8, Math)>) -> Math {
    terms.sort_by_key(|(sign, rank, _)| (*sign, *rank));
    Math::Sum(terms.into_iter().map(|(sign, _, math)| (sign, math)).collect())
}

/// Where a term stands in a sum.
pub fn rank_of(term: &Term) -> u8 {
    match term {
        Term::Product(product) if product.above.is_empty() && product.below.is_empty() => 2,
        Term::Read(..) | Term::At(..) | Term::Counter(_) => 1,
        _ => 0,
    }
}

/// The product of numbers; `None` without any.
fn multiplied(factors: Vec<Math>) -> Option<Math> {
    let factors = powers(factors);
    (!factors.is_empty()).then(|| Math::product(Times::Number, factors))
}

/// Equal factors as powers.
pub fn powers(factors: Vec<Math>) -> Vec<Math> {
    let mut counted: Vec<(Math, u32)> = Vec::new();
    for factor in factors {
        match counted.iter_mut().find(|(known, _)| *known == factor) {
            Some((_, count)) => *count += 1,
            None => counted.push((factor, 1)),
        }
    }
    let power = |(factor, count): (Math, u32)| match count {
        1 => factor,
        count => Math::Power(Box::new(factor), Box::new(Math::Number(f64::from(count)))),
    };
    counted.into_iter().map(power).collect()
}

/// Whether some value is read at this label.
fn indexes_a_value(term: &Term, label: Index) -> bool {
    match term {
        Term::Counter(_) | Term::If(_) | Term::At(..) => false,
        Term::Read(_, labels) => labels.contains(&Some(label)),
        Term::Sum(terms) => terms.iter().any(|(_, term)| indexes_a_value(term, label)),
        Term::Product(product) => {
            product.above.iter().chain(&product.below).any(|term| indexes_a_value(term, label))
        }
        Term::Apply(_, operands) => operands.iter().any(|term| indexes_a_value(term, label)),
        Term::OfMatrices(_, operands, _) => operands.iter().any(|one| one.labels.contains(&label)),
        Term::Holds(inner) | Term::Reduce(_, _, inner) => indexes_a_value(inner, label),
    }
}

/// Whether some value is read at this label, whose axis may be shorter than the label runs.
fn is_a_place(term: &Term, label: Index) -> bool {
    let any = |terms: &[Term]| terms.iter().any(|term| is_a_place(term, label));
    match term {
        Term::At(_, places) => places.iter().any(|place| place.as_index() == Some(label)),
        Term::Counter(_) | Term::If(_) | Term::Read(..) | Term::OfMatrices(..) => false,
        Term::Sum(terms) => terms.iter().any(|(_, term)| is_a_place(term, label)),
        Term::Product(product) => any(&product.above) || any(&product.below),
        Term::Apply(_, operands) => any(operands),
        Term::Holds(inner) | Term::Reduce(_, _, inner) => is_a_place(inner, label),
    }
}

/// The labels a term depends on.
pub fn free_labels(term: &Term) -> BTreeSet<Index> {
    let all = |terms: &[Term]| terms.iter().flat_map(free_labels).collect::<BTreeSet<Index>>();
    match term {
        Term::Counter(label) => BTreeSet::from([*label]),
        Term::At(_, places) => places.iter().flat_map(Affine::free_labels).collect(),
        Term::If(condition) => condition.free_labels(),
        Term::Read(_, labels) => labels.iter().copied().flatten().collect(),
        Term::Sum(terms) => terms.iter().flat_map(|(_, term)| free_labels(term)).collect(),
        Term::Product(product) => &all(&product.above) | &all(&product.below),
        Term::Apply(_, operands) => all(operands),
        Term::OfMatrices(_, _, own) => own.iter().copied().flatten().collect(),
        Term::Holds(condition) => free_labels(condition),
        Term::Reduce(_, over, body) => {
            let mut labels = free_labels(body);
            labels.retain(|label| !over.contains(label));
            labels
        }
    }
}
