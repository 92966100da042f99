//! Symbolic extents, and polynomials over them.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// The extent of an axis: a number, a name, the number of examples, or a polynomial of those.
///
/// Two dimensions are equal when their normal forms are; two different names are two different dimensions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dim {
    /// A known number.
    Fixed(u64),
    /// A const generic, a constant, or a name of `dims(..)`.
    Named(Rc<str>),
    /// The number of examples the step works on. Never part of a shape the user wrote.
    Batch,
    /// `⌊polynomial/divisor⌋`, whose coefficients are from 1 to below the divisor.
    Quotient(Rc<Polynomial>, u64),
    /// Anything else, in normal form; never a polynomial that one of the other variants could say.
    Composite(Rc<Polynomial>),
}

/// A product of dimensions, sorted; empty for 1.
pub type Monomial = Vec<Dim>;

/// A sum of monomials with integer coefficients, in normal form: no coefficient is zero, every factor is `Named`,
/// `Batch` or a `Quotient`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Polynomial {
    terms: BTreeMap<Monomial, i64>,
}

impl Dim {
    /// A dimension with a name.
    pub fn named(name: &str) -> Dim {
        Dim::Named(name.into())
    }

    /// Whether this is the literal 1, which broadcasts.
    pub fn is_one(&self) -> bool {
        *self == Dim::Fixed(1)
    }

    /// A guess for comparing costs before the program runs: known numbers are themselves.
    pub fn estimate(&self) -> f64 {
        self.evaluate(&|symbol| if *symbol == Dim::Batch { 256 } else { 32 }) as f64
    }

    /// The value with `value` for names and the batch.
    pub fn evaluate(&self, value: &dyn Fn(&Dim) -> u64) -> i64 {
        match self {
            Dim::Fixed(number) => *number as i64,
            Dim::Named(_) | Dim::Batch => value(self) as i64,
            Dim::Quotient(polynomial, divisor) => {
                polynomial.evaluate(value).div_euclid((*divisor).max(1) as i64)
            }
            Dim::Composite(polynomial) => polynomial.evaluate(value),
        }
    }

    /// The dimension with another in the place of each name; `None` where `value` knows none, or the result is negative for certain.
    pub fn substituted(&self, value: &dyn Fn(&str) -> Option<Dim>) -> Option<Dim> {
        match self {
            Dim::Fixed(_) | Dim::Batch => Some(self.clone()),
            Dim::Named(name) => value(name),
            Dim::Quotient(polynomial, divisor) => {
                Dim::from_polynomial(&polynomial.substituted(value)?.quotient(*divisor))
            }
            Dim::Composite(polynomial) => Dim::from_polynomial(&polynomial.substituted(value)?),
        }
    }

    /// The dimension a polynomial stands for; `None` when it is negative or too large for certain.
    pub fn from_polynomial(polynomial: &Polynomial) -> Option<Dim> {
        match polynomial.terms.iter().next() {
            None => Some(Dim::Fixed(0)),
            Some((monomial, &coefficient))
                if polynomial.terms.len() == 1 && monomial.is_empty() =>
            {
                u64::try_from(coefficient).ok().map(Dim::Fixed)
            }
            Some((monomial, 1)) if polynomial.terms.len() == 1 && monomial.len() == 1 => {
                Some(monomial[0].clone())
            }
            Some(_) => Some(Dim::Composite(Rc::new(polynomial.clone()))),
        }
    }
}

impl From<&Dim> for Polynomial {
    fn from(dim: &Dim) -> Polynomial {
        match dim {
            Dim::Fixed(number) => Polynomial::constant(*number as i64),
            Dim::Named(_) | Dim::Batch | Dim::Quotient(..) => {
                Polynomial { terms: BTreeMap::from([(vec![dim.clone()], 1)]) }
            }
            Dim::Composite(polynomial) => (**polynomial).clone(),
        }
    }
}

impl Polynomial {
    /// A constant.
    pub fn constant(number: i64) -> Polynomial {
        let mut terms = BTreeMap::new();
        if number != 0 {
            terms.insert(Vec::new(), number);
        }
        Polynomial { terms }
    }

    /// The product of extents: the number of elements of a shape.
    pub fn product<'a>(dims: impl IntoIterator<Item = &'a Dim>) -> Polynomial {
        dims.into_iter().fold(Polynomial::constant(1), |product, dim| product.times(&dim.into()))
    }

    /// The sum of two polynomials.
    pub fn plus(&self, other: &Polynomial) -> Polynomial {
        let mut sum = self.clone();
        for (monomial, &coefficient) in &other.terms {
            sum.add_term(monomial.clone(), coefficient);
        }
        sum
    }

    /// The product of two polynomials.
    pub fn times(&self, other: &Polynomial) -> Polynomial {
        let mut product = Polynomial::default();
        for (left, &a) in &self.terms {
            for (right, &b) in &other.terms {
                let mut monomial: Monomial = left.iter().chain(right).cloned().collect();
                monomial.sort();
                product.add_term(monomial, a.saturating_mul(b));
            }
        }
        product
    }

    /// `⌊self/divisor⌋`: what divides is taken out.
    pub fn quotient(&self, divisor: u64) -> Polynomial {
        let number = i64::try_from(divisor).unwrap_or(i64::MAX).max(1);
        let part = |of: fn(i64, i64) -> i64| {
            let mut part = Polynomial::default();
            for (monomial, &coefficient) in &self.terms {
                part.add_term(monomial.clone(), of(coefficient, number));
            }
            part
        };
        let (whole, rest) = (part(i64::div_euclid), part(i64::rem_euclid));
        if rest.as_constant().is_some() {
            return whole;
        }
        let quotient = Dim::Quotient(Rc::new(rest), number as u64);
        whole.plus(&Polynomial::from(&quotient))
    }

    /// The polynomial with a dimension in the place of each name; `None` where `value` knows none.
    pub fn substituted(&self, value: &dyn Fn(&str) -> Option<Dim>) -> Option<Polynomial> {
        let mut sum = Polynomial::default();
        for (monomial, &coefficient) in &self.terms {
            let mut product = Polynomial::constant(coefficient);
            for factor in monomial {
                product = product.times(&Polynomial::from(&factor.substituted(value)?));
            }
            sum = sum.plus(&product);
        }
        Some(sum)
    }

    /// This polynomial times a number.
    pub fn scaled(&self, factor: i64) -> Polynomial {
        self.times(&Polynomial::constant(factor))
    }

    /// The number this is, if it is one.
    pub fn as_constant(&self) -> Option<i64> {
        match self.terms.len() {
            0 => Some(0),
            1 => self.terms.get(&Vec::new()).copied(),
            _ => None,
        }
    }

    /// The monomials with their coefficients, in order.
    pub fn terms(&self) -> impl Iterator<Item = (&Monomial, i64)> {
        self.terms.iter().map(|(monomial, &coefficient)| (monomial, coefficient))
    }

    /// The names and the batch it speaks of, each once, in order.
    pub fn symbols(&self) -> Vec<Dim> {
        let mut symbols = Vec::new();
        for factor in self.terms.keys().flatten() {
            match factor {
                Dim::Quotient(inner, _) => symbols.extend(inner.symbols()),
                _ => symbols.push(factor.clone()),
            }
        }
        symbols.sort();
        symbols.dedup();
        symbols
    }

    /// The value with `value` for names and the batch.
    pub fn evaluate(&self, value: &dyn Fn(&Dim) -> u64) -> i64 {
        self.terms
            .iter()
            .map(|(monomial, &coefficient)| {
                monomial
                    .iter()
                    .fold(coefficient, |product, dim| product.saturating_mul(dim.evaluate(value)))
            })
            .fold(0, i64::saturating_add)
    }

    fn add_term(&mut self, monomial: Monomial, coefficient: i64) {
        let sum = self
            .terms
            .get(&monomial)
            .map_or(coefficient, |present| present.saturating_add(coefficient));
        if sum == 0 {
            self.terms.remove(&monomial);
        } else {
            self.terms.insert(monomial, sum);
        }
    }
}

impl fmt::Display for Dim {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Dim::Fixed(number) => write!(formatter, "{number}"),
            Dim::Named(name) => write!(formatter, "{name}"),
            Dim::Batch => write!(formatter, "N"),
            Dim::Quotient(polynomial, divisor) => write!(formatter, "⌊({polynomial})/{divisor}⌋"),
            Dim::Composite(polynomial) => write!(formatter, "{polynomial}"),
        }
    }
}

impl fmt::Display for Polynomial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.terms.is_empty() {
            return write!(formatter, "0");
        }
        for (index, (monomial, coefficient)) in self.terms().enumerate() {
            let sign = match (index, coefficient < 0) {
                (0, false) => "",
                (0, true) => "−",
                (_, false) => " + ",
                (_, true) => " − ",
            };
            let factors: Vec<String> = monomial.iter().map(Dim::to_string).collect();
            let product = factors.join("·");
            match (coefficient.unsigned_abs(), monomial.is_empty()) {
                (number, true) => write!(formatter, "{sign}{number}")?,
                (1, false) => write!(formatter, "{sign}{product}")?,
                (number, false) => write!(formatter, "{sign}{number}·{product}")?,
            }
        }
        Ok(())
    }
}
