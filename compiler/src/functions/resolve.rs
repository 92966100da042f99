//! Which function a name means, given the number of arguments.

use super::library::{Default, Definition, Parameter, definition, definitions};
use super::matrix::{MatrixFunction, matrix_function, matrix_functions};
use super::scalar::{Scalar, scalar, scalars};
use super::structural::{Arity, Structural, structural, structurals};

/// A function of one of the tables.
#[derive(Clone, Copy, Debug)]
pub enum Function {
    /// An elementwise function.
    Scalar(&'static Scalar),
    /// A composite, to be inlined.
    Definition(&'static Definition),
    /// A structural primitive.
    Structural(&'static Structural),
    /// A function of matrices.
    Matrix(&'static MatrixFunction),
}

/// The function a name means with so many arguments, axes and `keep` not counted.
///
/// # Examples
/// ```
/// use chainrule_compiler::functions::resolve::{Function, function};
///
/// assert!(matches!(function("max", 2), Some(Function::Scalar(_))));
/// assert!(matches!(function("max", 1), Some(Function::Definition(_))));
/// assert!(matches!(function("Σ", 1), Some(Function::Structural(_))));
/// assert!(function("tanh", 2).is_none());
/// ```
pub fn function(name: &str, arguments: usize) -> Option<Function> {
    functions(name).find(|one| one.takes(arguments))
}

/// All functions of this name or alias, whatever they take: for the message on a wrong number of arguments.
pub fn functions(name: &str) -> impl Iterator<Item = Function> {
    let row = scalar(name).map(Function::Scalar);
    let composite = definition(name).map(Function::Definition);
    let primitive = structural(name).map(Function::Structural);
    let of_matrices = matrix_function(name).map(Function::Matrix);
    [row, composite, primitive, of_matrices].into_iter().flatten()
}

/// The names and signs users may write, of all tables: candidates for "did you mean".
pub fn public_names() -> impl Iterator<Item = &'static str> {
    let rows = scalars().filter(|row| row.public).flat_map(Scalar::names);
    let composites = definitions().flat_map(Definition::names);
    let primitives = structurals().filter(|one| one.public).flat_map(Structural::names);
    let of_matrices = matrix_functions().filter(|row| row.public).flat_map(MatrixFunction::names);
    rows.chain(composites).chain(primitives).chain(of_matrices)
}

impl Function {
    /// Whether it can be called with so many arguments, axes and `keep` not counted.
    pub fn takes(&self, arguments: usize) -> bool {
        let (least, most) = self.arity();
        least <= arguments && most.is_none_or(|most| arguments <= most)
    }

    /// The least and, if there is one, the largest number of arguments, axes and `keep` not counted.
    pub fn arity(&self) -> (usize, Option<usize>) {
        match self {
            Function::Scalar(row) => (row.operands.len(), Some(row.operands.len())),
            Function::Definition(one) => {
                let has_default = |one: &&Parameter| one.default != Default::None;
                let optional = one.parameters.iter().filter(has_default).count();
                (one.parameters.len() - optional, Some(one.parameters.len()))
            }
            Function::Structural(one) => match one.arity {
                Arity::Exactly(count) => (count, Some(count)),
                Arity::AtLeast(count) => (count, None),
            },
            Function::Matrix(row) => (row.given().len(), Some(row.given().len())),
        }
    }

    /// How it is called: `powi(x, n)`.
    pub fn form(&self) -> String {
        let (name, arguments) = match self {
            Function::Scalar(row) => {
                let operands: Vec<&str> = row.operands.iter().map(|one| one.name).collect();
                (row.name, operands.join(", "))
            }
            Function::Definition(one) => {
                let parameters: Vec<&str> = one.parameters.iter().map(|one| one.name).collect();
                (one.name, parameters.join(", "))
            }
            Function::Structural(one) => (one.name, one.arguments.to_owned()),
            Function::Matrix(row) => {
                let operands: Vec<&str> = row.given().iter().map(|one| one.name).collect();
                (row.name, operands.join(", "))
            }
        };
        format!("{name}({arguments})")
    }

    /// Whether users may write it.
    pub fn is_public(&self) -> bool {
        match self {
            Function::Scalar(row) => row.public,
            Function::Definition(_) => true,
            Function::Structural(one) => one.public,
            Function::Matrix(row) => row.public,
        }
    }
}
