//! Mathematics as a tree, and the two ways to write it: text for terminals and comments, `MathML` for rustdoc.
//!
//! The tree says what is meant; where parentheses are needed is decided in one place ([`Math::needs_fence`]) for both printers.

mod mathml;
mod notation;
mod symbol;
mod text;

#[cfg(test)]
mod tests;

pub use self::mathml::mathml;
pub use self::notation::{applied, applied_to_matrices};
pub use self::symbol::Symbol;
pub use self::text::{text, width};

/// A piece of mathematics.
#[derive(Clone, Debug, PartialEq)]
pub enum Math {
    /// A number.
    Number(f64),
    /// A variable.
    Symbol(Symbol),
    /// A sum of terms, each added or subtracted.
    Sum(Vec<(Sign, Math)>),
    /// A product of factors.
    Product(Times, Vec<Math>),
    /// A fraction.
    Quotient(Box<Math>, Box<Math>),
    /// `−a`.
    Negative(Box<Math>),
    /// `aᵇ`.
    Power(Box<Math>, Box<Math>),
    /// The root of the given degree.
    Root(u8, Box<Math>),
    /// `|a|`, `⌊a⌋`, `[a]`.
    Fence(&'static str, Box<Math>, &'static str),
    /// `f(a, b)`.
    Apply(&'static str, Vec<Math>),
    /// `a < b`, `a = b`.
    Relation(Box<Math>, &'static str, Box<Math>),
    /// `Σᵢ a`: a big sign with what it runs over; without that, over everything.
    Big(&'static str, Vec<Math>, Box<Math>),
    /// `aᵀ`.
    Transpose(Box<Math>),
    /// `a⁻¹` of a matrix.
    Inverse(Box<Math>),
    /// `∂a`.
    Partial(Box<Math>),
    /// `∂²a/∂b∂c`.
    SecondPartial(Box<[Math; 3]>),
    /// `a, b`.
    List(Vec<Math>),
    /// `a = b = c`.
    Equation(Vec<Math>),
}

/// Whether a term is added or subtracted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Added.
    Plus,
    /// Subtracted.
    Minus,
}

/// The kinds of products.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// Of numbers, or of a number and an array: `·`.
    Number,
    /// Element by element: `⊙`.
    Elementwise,
    /// Of matrices: `·`.
    Matrix,
}

/// Where a part stands in a whole, as far as parentheses depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A term of a sum, or what a minus sign or a big sign stands before.
    Term,
    /// A factor that another follows.
    Factor(Times),
    /// The last factor.
    LastFactor(Times),
    /// Above the line of a fraction written in a line.
    Numerator,
    /// Below the line of a fraction written in a line.
    Denominator,
    /// What a superscript is attached to.
    Base,
}

impl Math {
    /// A variable by its name.
    pub fn symbol(name: &str) -> Math {
        Math::Symbol(Symbol::new(name))
    }

    /// `self²`.
    pub fn squared(self) -> Math {
        Math::Power(Box::new(self), Box::new(Math::Number(2.0)))
    }

    /// The product of the factors: 1 without any, the factor itself where there is one.
    pub fn product(times: Times, mut factors: Vec<Math>) -> Math {
        match factors.len() {
            0 => Math::Number(1.0),
            1 => factors.remove(0),
            _ => Math::Product(times, factors),
        }
    }

    /// The fraction; `above` itself without a denominator.
    pub fn quotient(above: Math, below: Option<Math>) -> Math {
        match below {
            Some(below) => Math::Quotient(Box::new(above), Box::new(below)),
            None => above,
        }
    }

    /// Whether this needs parentheses at `place`, where fractions are written `inline` (`a/b`) or with a line.
    pub fn needs_fence(&self, place: Place, inline: bool) -> bool {
        match self {
            Math::Equation(_) | Math::Relation(..) | Math::Sum(_) => true,
            Math::Number(number) => *number < 0.0 && place != Place::Term,
            Math::Negative(_) => place != Place::Numerator,
            Math::Quotient(..) => match place {
                Place::Term => false,
                Place::Base => true,
                _ => inline,
            },
            Math::Product(inner, _) => match place {
                Place::Term => false,
                Place::Numerator => self.ends_with_big_sign(),
                Place::Factor(outer) => *inner != outer,
                Place::LastFactor(outer) => *inner != outer && outer != Times::Number,
                Place::Denominator | Place::Base => true,
            },
            Math::Big(..) => !matches!(place, Place::Term | Place::LastFactor(Times::Number)),
            Math::Power(..) | Math::Transpose(_) | Math::Inverse(_) | Math::Root(..) => {
                place == Place::Base
            }
            Math::Symbol(_)
            | Math::Fence(..)
            | Math::Apply(..)
            | Math::List(_)
            | Math::Partial(_)
            | Math::SecondPartial(_) => false,
        }
    }

    /// Whether what follows in the same line would seem to stand under a big sign.
    fn ends_with_big_sign(&self) -> bool {
        match self {
            Math::Big(..) => true,
            Math::Product(_, factors) => factors.last().is_some_and(Math::ends_with_big_sign),
            _ => false,
        }
    }
}
