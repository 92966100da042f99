//! A node's definition with what has no equation of its own written out: labelled, flat, in no notation yet.

use super::place::{Affine, Condition};
use super::write::free_labels;
use crate::functions::matrix::{self, MatrixFunction};
use crate::functions::scalar::{self, DIV, MUL, Notation, PICK, Scalar};
use crate::ir::{
    Access, Dim, Equation, Extremum, FIXED, Graph, Kind, Label, Leaf, NodeId, Polynomial, Position,
};
use crate::mathematics::Sign;

/// A label of one equation: a position in its list of extents.
pub type Index = usize;

/// A labelled expression.
#[derive(Clone, Debug)]
pub enum Term {
    /// `[c ≠ 0]`: 1 where the condition holds, else 0.
    Holds(Box<Term>),
    /// The index itself, as a number.
    Counter(Index),
    /// An element of a value with a name; `None` for an axis of extent 1.
    Read(NodeId, Vec<Option<Index>>),
    /// An element of a value with a name, at one place per axis.
    At(NodeId, Vec<Affine>),
    /// 1 where it holds, else 0.
    If(Condition),
    /// Terms, each added or subtracted.
    Sum(Vec<(Sign, Term)>),
    /// Factors.
    Product(Product),
    /// A function of terms.
    Apply(&'static Scalar, Vec<Term>),
    /// A function of matrices, with the labels of the result.
    OfMatrices(&'static MatrixFunction, Vec<Matrix>, Vec<Option<Index>>),
    /// A sum or an extremum over labels.
    Reduce(&'static str, Vec<Index>, Box<Term>),
}

/// A value read whole by a function of matrices.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The value, which has a name.
    pub node: NodeId,
    /// The label of each of its axes.
    pub labels: Vec<Index>,
    /// Whether its columns are the rows of the function.
    pub is_transposed: bool,
}

/// `(number/divisor)·extents·above/below`.
#[derive(Clone, Debug)]
pub struct Product {
    /// The number in front.
    pub number: f64,
    /// The number below it.
    pub divisor: f64,
    /// Extents among the factors.
    pub extents: Vec<Dim>,
    /// Extents divided by.
    pub divisor_extents: Vec<Dim>,
    /// The other factors.
    pub above: Vec<Term>,
    /// The other divisors.
    pub below: Vec<Term>,
}

impl Product {
    /// The empty product.
    pub const ONE: Product = Product {
        number: 1.0,
        divisor: 1.0,
        extents: Vec::new(),
        divisor_extents: Vec::new(),
        above: Vec::new(),
        below: Vec::new(),
    };

    fn number(number: f64) -> Product {
        Product { number, ..Product::ONE }
    }

    /// The factor in front of everything that varies, and the rest.
    fn split(self) -> (Product, Product) {
        let rest = Product { above: self.above, below: self.below, ..Product::ONE };
        (Product { above: Vec::new(), below: Vec::new(), ..self }, rest)
    }

    fn times(mut self, other: Product) -> Product {
        self.number *= other.number;
        self.divisor *= other.divisor;
        self.extents.extend(other.extents);
        self.divisor_extents.extend(other.divisor_extents);
        self.above.extend(other.above);
        self.below.extend(other.below);
        self
    }

    fn inverted(self) -> Product {
        Product {
            number: self.divisor,
            divisor: self.number,
            extents: self.divisor_extents,
            divisor_extents: self.extents,
            above: self.below,
            below: self.above,
        }
    }

    /// The factor itself where there is nothing else.
    fn simplified(mut self) -> Term {
        if self.divisor < 0.0 {
            (self.number, self.divisor) = (-self.number, -self.divisor);
        }
        if self.number % self.divisor == 0.0 {
            (self.number, self.divisor) = (self.number / self.divisor, 1.0);
        }
        self.extents.retain(|dim| {
            let place = self.divisor_extents.iter().position(|other| other == dim);
            place.map(|place| self.divisor_extents.remove(place)).is_none()
        });
        let is_plain = self.number == 1.0
            && self.divisor == 1.0
            && self.extents.is_empty()
            && self.divisor_extents.is_empty()
            && self.below.is_empty()
            && self.above.len() == 1;
        if is_plain { self.above.remove(0) } else { Term::Product(self) }
    }
}

/// Builds the terms of one equation.
pub struct Builder<'a> {
    graph: &'a Graph,
    /// Which nodes have an equation of their own, indexed by id.
    has_equation: &'a [bool],
    /// The extents of the labels given out so far.
    pub extents: Vec<Dim>,
}

impl<'a> Builder<'a> {
    /// A builder for equations in which `has_equation` says what is read and what is written out.
    pub fn new(graph: &'a Graph, has_equation: &'a [bool]) -> Builder<'a> {
        Builder { graph, has_equation, extents: Vec::new() }
    }

    /// The definition of a node, whose axes are the labels `0..rank`.
    pub fn definition(&mut self, id: NodeId) -> Result<Term, String> {
        self.extents = self.graph.shape(id).to_vec();
        let labels: Vec<Option<Index>> = (0..self.extents.len()).map(Some).collect();
        self.write_out(id, &labels)
    }

    /// A value whose axes are the labels `0..rank`, by its name where it has one.
    pub fn whole(&mut self, access: &Access) -> Result<Term, String> {
        self.extents = self.graph.shape(access.node).to_vec();
        let labels: Vec<Option<Index>> = (0..self.extents.len()).map(Some).collect();
        self.read(access, &labels)
    }

    fn read(&mut self, access: &Access, labels: &[Option<Index>]) -> Result<Term, String> {
        let access = access.resolved(self.graph);
        let labels: Vec<Option<Index>> = access
            .axes
            .iter()
            .map(|&label| if label == FIXED { None } else { labels[label as usize] })
            .collect();
        let id = access.node;
        let is_leaf = matches!(self.graph.node(id).kind, Kind::Leaf(_));
        if !is_leaf && self.has_equation[id.0 as usize] {
            return Ok(Term::Read(id, labels));
        }
        self.write_out(id, &labels)
    }

    fn write_out(&mut self, id: NodeId, labels: &[Option<Index>]) -> Result<Term, String> {
        match &self.graph.node(id).kind {
            Kind::Leaf(leaf) => Ok(leaf_term(id, leaf, labels)),
            Kind::Map { function, operands } => {
                let terms: Result<Vec<Term>, String> =
                    operands.iter().map(|operand| self.read(operand, labels)).collect();
                let row = scalar::row(*function)?;
                let mut terms = terms?;
                if row.name == PICK.name && !self.is_zero_or_one(operands[0].node)? {
                    let condition = terms.remove(0);
                    terms.insert(0, Term::Holds(Box::new(condition)));
                }
                Ok(application(row, terms))
            }
            Kind::Contraction { operands, summed } => {
                let (labels, over) = self.with_reduced(labels, summed);
                let mut product = Product::ONE;
                for operand in operands {
                    product = product.times(factors(self.read(operand, &labels)?));
                }
                Ok(if over.is_empty() { product.simplified() } else { sum_over(over, product) })
            }
            Kind::Extremum { extremum, operand, over } => {
                let (labels, over) = self.with_reduced(labels, over);
                let sign = match extremum {
                    Extremum::Max => "max",
                    Extremum::Min => "min",
                };
                Ok(Term::Reduce(sign, over, Box::new(self.read(operand, &labels)?)))
            }
            Kind::Index { operands, over, equations } => {
                self.places(id, operands, over, equations, labels)
            }
            Kind::Matrix { function, operands, over } => {
                self.of_matrices(matrix::row(*function)?, operands, over, labels)
            }
            Kind::Fold { .. } => Err("this kind is not written down yet".into()),
        }
    }

    /// A function of the values the caller gives: factors are only how it is computed.
    fn of_matrices(
        &mut self,
        row: &'static MatrixFunction,
        operands: &[Access],
        over: &[Dim],
        own: &[Option<Index>],
    ) -> Result<Term, String> {
        let letters = row.letters(own.len());
        let (labels, _) = self.with_reduced(own, over);
        let mut read = Vec::new();
        for (operand, declared) in operands.iter().zip(row.given()) {
            let axes = operand.axes.iter().map(|&label| labels.get(label as usize).copied()?);
            let axes: Option<Vec<Index>> = axes.collect();
            let first = letters.iter().find(|(letter, _)| declared.letters.starts_with(*letter));
            read.push(Matrix {
                node: operand.node,
                labels: axes.ok_or("a matrix is read at one place")?,
                is_transposed: first.map(|(_, label)| label) != operand.axes.first(),
            });
        }
        Ok(Term::OfMatrices(row, read, own.to_vec()))
    }

    /// An array at places: conditions and an element, summed over what no equation says.
    fn places(
        &mut self,
        id: NodeId,
        operands: &[Access],
        over: &[Dim],
        equations: &[Equation],
        labels: &[Option<Index>],
    ) -> Result<Term, String> {
        let rank = labels.len() as Label;
        let (labels, reduced) = self.with_reduced(labels, over);
        let mut integers = vec![Term::Product(Product::ONE)];
        for operand in &operands[1..] {
            integers.push(self.read(operand, &labels)?);
        }
        let scope = self.graph.node(id).scope();
        let mut product = Product::ONE;
        let mut places: Vec<Affine> =
            labels.iter().map(|label| label.map_or_else(Affine::default, Affine::index)).collect();
        for Equation { label, position, inside } in equations {
            let place = affine(position, &labels, &integers);
            let dim = &scope[*label as usize];
            if *label < rank {
                let own = places[*label as usize].clone();
                product.above.push(Term::If(Condition::Equal(own, place)));
                continue;
            }
            let range = position.range(&scope);
            let has_room = |room: Polynomial| *inside || room.is_nonnegative();
            if !range.as_ref().is_some_and(|(least, _)| has_room(least.clone())) && !inside {
                product.above.push(Term::If(Condition::NotBefore(place.clone())));
            }
            let room = |most: &Polynomial| {
                Polynomial::from(dim).plus(&most.plus(&Polynomial::constant(1)).scaled(-1))
            };
            if !range.as_ref().is_some_and(|(_, most)| has_room(room(most))) && !inside {
                product.above.push(Term::If(Condition::Below(place.clone(), dim.clone())));
            }
            places[*label as usize] = place;
        }
        let array = &operands[0];
        let is_placed = array.axes.iter().any(|&label| label != FIXED && label >= rank)
            && equations.iter().any(|equation| equation.label >= rank);
        let element = match &self.graph.node(array.node).kind {
            _ if !is_placed => self.read(array, &labels)?,
            Kind::Leaf(Leaf::Counter(_)) => number(&places[array.axes[0] as usize]),
            _ => {
                let place = |&label: &Label| match label {
                    FIXED => Affine::default(),
                    label => places[label as usize].clone(),
                };
                Term::At(array.node, array.axes.iter().map(place).collect())
            }
        };
        let product = product.times(factors(element));
        let is_free = |label: &&Index| {
            !equations.iter().any(|equation| labels[equation.label as usize] == Some(**label))
        };
        let summed: Vec<Index> = reduced.iter().filter(is_free).copied().collect();
        Ok(if summed.is_empty() { product.simplified() } else { sum_over(summed, product) })
    }

    /// Whether a condition is 0 or 1 itself: an indicator, the opposite of one, or a product of such.
    fn is_zero_or_one(&self, id: NodeId) -> Result<bool, String> {
        match &self.graph.node(id).kind {
            Kind::Contraction { operands, summed } if summed.is_empty() => {
                self.are_zero_or_one(operands)
            }
            Kind::Leaf(_)
            | Kind::Extremum { .. }
            | Kind::Contraction { .. }
            | Kind::Index { .. }
            | Kind::Matrix { .. }
            | Kind::Fold { .. } => Ok(false),
            Kind::Map { function, operands } => {
                let row = scalar::row(*function)?;
                match row.notation {
                    Notation::Indicator(_) => Ok(true),
                    _ if row.name == MUL.name => self.are_zero_or_one(operands),
                    Notation::Infix("-", _) => {
                        let is_one = self.graph.as_constant(operands[0].node) == Some(1.0);
                        Ok(is_one && self.is_zero_or_one(operands[1].node)?)
                    }
                    _ => Ok(false),
                }
            }
        }
    }

    fn are_zero_or_one(&self, operands: &[Access]) -> Result<bool, String> {
        for operand in operands {
            if !self.is_zero_or_one(operand.node)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The labels followed by new ones for what is reduced over.
    fn with_reduced(
        &mut self,
        labels: &[Option<Index>],
        reduced: &[Dim],
    ) -> (Vec<Option<Index>>, Vec<Index>) {
        let first = self.extents.len();
        self.extents.extend(reduced.iter().cloned());
        let over: Vec<Index> = (first..self.extents.len()).collect();
        (labels.iter().copied().chain(over.iter().copied().map(Some)).collect(), over)
    }
}

/// A position in the labels of the equation.
fn affine(position: &Position, labels: &[Option<Index>], integers: &[Term]) -> Affine {
    let of_labels = position.labels.iter().filter_map(|(label, factor)| {
        Some((factor.clone(), Term::Counter(labels[*label as usize]?)))
    });
    let of_integers =
        position.integers.iter().map(|(k, factor)| (factor.clone(), integers[*k].clone()));
    Affine { terms: of_labels.chain(of_integers).collect(), offset: position.offset.clone() }
}

/// A place as a number.
fn number(place: &Affine) -> Term {
    let product = |factor: &Polynomial, term: Term| {
        let mut sum = Vec::new();
        for (monomial, coefficient) in factor.terms() {
            let number =
                Product { extents: monomial.clone(), ..Product::number(coefficient as f64) };
            sum.push((Sign::Plus, number.times(factors(term.clone())).simplified()));
        }
        sum
    };
    let one = || Term::Product(Product::ONE);
    let mut sum: Vec<(Sign, Term)> =
        place.terms.iter().flat_map(|(factor, term)| product(factor, term.clone())).collect();
    sum.extend(product(&place.offset, one()));
    match sum.len() {
        0 => Term::Product(Product::number(0.0)),
        1 => sum.remove(0).1,
        _ => Term::Sum(sum),
    }
}

fn leaf_term(id: NodeId, leaf: &Leaf, labels: &[Option<Index>]) -> Term {
    match leaf {
        Leaf::Argument(_)
        | Leaf::Target
        | Leaf::Direction(_)
        | Leaf::Weights
        | Leaf::Named(_)
        | Leaf::Random(..)
        | Leaf::Variable(_)
        | Leaf::State(_)
        | Leaf::Captured(_)
        | Leaf::Step => Term::Read(id, labels.to_vec()),
        Leaf::Constant(bits) => Term::Product(Product::number(f64::from_bits(*bits))),
        Leaf::Extent(dim) => Term::Product(Product { extents: vec![dim.clone()], ..Product::ONE }),
        Leaf::Counter(_) => match labels {
            [Some(label)] => Term::Counter(*label),
            _ => Term::Product(Product::number(0.0)),
        },
    }
}

/// Arithmetic becomes flat sums and products; a gate becomes a factor.
fn application(row: &'static Scalar, mut terms: Vec<Term>) -> Term {
    match (row.notation, terms.len()) {
        (Notation::Infix(sign, 1), 2) => {
            let right = terms.remove(1);
            let sign = if sign == "+" { Sign::Plus } else { Sign::Minus };
            let mut flat = addends(terms.remove(0), Sign::Plus);
            flat.extend(addends(right, sign));
            Term::Sum(flat)
        }
        (Notation::Prefix(_), 1) => negative(terms.remove(0)),
        (Notation::Superscript("2"), 1) => {
            let factor = factors(terms.remove(0));
            factor.clone().times(factor).simplified()
        }
        (Notation::Superscript("−1"), 1) => factors(terms.remove(0)).inverted().simplified(),
        _ if row.name == MUL.name => {
            let right = factors(terms.remove(1));
            factors(terms.remove(0)).times(right).simplified()
        }
        _ if row.name == DIV.name => {
            let below = factors(terms.remove(1)).inverted();
            factors(terms.remove(0)).times(below).simplified()
        }
        _ if row.name == PICK.name => {
            let value = factors(terms.remove(1));
            let gate = Product { above: vec![terms.remove(0)], ..Product::ONE };
            gate.times(value).simplified()
        }
        _ if row.name == "stop" => terms.remove(0),
        _ => Term::Apply(row, terms),
    }
}

fn negative(term: Term) -> Term {
    match term {
        Term::Sum(terms) => {
            Term::Sum(terms.into_iter().map(|(sign, term)| (opposite(sign), term)).collect())
        }
        other => factors(other).times(Product::number(-1.0)).simplified(),
    }
}

fn opposite(sign: Sign) -> Sign {
    match sign {
        Sign::Plus => Sign::Minus,
        Sign::Minus => Sign::Plus,
    }
}

/// The terms of a sum with the sign in front of it.
fn addends(term: Term, sign: Sign) -> Vec<(Sign, Term)> {
    let turned = |inner: Sign| if sign == Sign::Plus { inner } else { opposite(inner) };
    match term {
        Term::Sum(terms) => terms.into_iter().map(|(inner, term)| (turned(inner), term)).collect(),
        Term::Product(product) if product.number < 0.0 => {
            let positive = product.times(Product::number(-1.0)).simplified();
            vec![(opposite(sign), positive)]
        }
        other => vec![(sign, other)],
    }
}

/// The factors of a product.
fn factors(term: Term) -> Product {
    match term {
        Term::Product(product) => product,
        other => Product { above: vec![other], ..Product::ONE },
    }
}

/// `Σ c·x` as `c·Σ x`, and a sum of a sum as one sum.
fn sum_over(over: Vec<Index>, product: Product) -> Term {
    let (mut coefficient, mut rest) = product.split();
    let (moving, fixed): (Vec<Term>, Vec<Term>) = std::mem::take(&mut rest.above)
        .into_iter()
        .partition(|factor| over.iter().any(|label| free_labels(factor).contains(label)));
    if moving.is_empty() {
        rest.above = fixed;
    } else {
        coefficient.above = fixed;
        rest.above = moving;
    }
    let reduced = match (rest.above.as_slice(), rest.below.is_empty()) {
        ([Term::Reduce("Σ", inner, body)], true) => {
            let all = over.into_iter().chain(inner.iter().copied()).collect();
            Term::Reduce("Σ", all, body.clone())
        }
        _ => Term::Reduce("Σ", over, Box::new(rest.simplified())),
    };
    coefficient.times(factors(reduced)).simplified()
}
