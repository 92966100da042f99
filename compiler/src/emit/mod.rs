//! Plan to Rust: nothing is decided here.
//!
//! The items the user sees are a struct that owns the parameters, its methods, and its `Model` implementation; the steps are private
//! functions in an anonymous constant beside them. Generated code names `::core` and the runtime's `__private` module only.

mod document;
mod loops;
mod matrices;
mod model;
mod names;
mod places;
mod products;
mod step;
mod value;

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};

use crate::ir::{Leaf, Polynomial};
use crate::lower::Target;
use crate::pipeline::{Compiled, Planned};
use crate::rust_syntax::Surface;
use crate::tree::{Model, Role};

pub use self::model::stub;

/// The items a model expands to.
pub fn emit(compiled: &Compiled, surface: &Surface) -> TokenStream {
    model::items(compiled, surface)
}

/// Where the step finds each argument.
pub struct Arguments {
    /// The parameters with their numbers of elements, in order.
    parameters: Vec<(usize, Polynomial)>,
    /// Where each parameter begins in θ.
    offsets: BTreeMap<usize, Polynomial>,
    /// Real inputs in order, the target last.
    reals: Vec<Leaf>,
    /// Index inputs in order, a class target last.
    indices: Vec<Leaf>,
    /// Shared data in order.
    shared: Vec<usize>,
    /// The real inputs with where each begins in a row of all of them, and how many numbers that is.
    inputs: BTreeMap<usize, (Polynomial, Polynomial)>,
    /// How many numbers the real inputs of an example are.
    input_width: Polynomial,
    /// The number of axes of each argument.
    ranks: Vec<usize>,
}

impl Arguments {
    /// The places of a model's arguments, of the caller's those that are `given`; `target` is what the loss compares with, if it is
    /// wanted.
    fn new(model: &Model, given: impl Fn(usize) -> bool, target: Option<&Target>) -> Arguments {
        let mut arguments = Arguments {
            parameters: vec![],
            offsets: BTreeMap::new(),
            reals: vec![],
            indices: vec![],
            shared: vec![],
            inputs: BTreeMap::new(),
            input_width: Polynomial::default(),
            ranks: model.arguments.iter().map(|argument| argument.shape.len()).collect(),
        };
        let mut offset = Polynomial::default();
        for (index, argument) in model.arguments.iter().enumerate() {
            if argument.role == Role::Input && model.weights != Some(index) {
                let elements = Polynomial::product(argument.shape.iter().map(|extent| &extent.dim));
                let end = arguments.input_width.plus(&elements);
                let start = std::mem::replace(&mut arguments.input_width, end);
                arguments.inputs.insert(index, (start, elements));
            }
            match argument.role {
                Role::Param(_) => {
                    let elements =
                        Polynomial::product(argument.shape.iter().map(|extent| &extent.dim));
                    let end = offset.plus(&elements);
                    arguments.offsets.insert(index, std::mem::replace(&mut offset, end));
                    arguments.parameters.push((index, elements));
                }
                Role::Input | Role::Index(_) | Role::Data if !given(index) => {}
                Role::Input => arguments.reals.push(Leaf::Argument(index)),
                Role::Index(_) => arguments.indices.push(Leaf::Argument(index)),
                Role::Data => arguments.shared.push(index),
            }
        }
        match target {
            Some(Target::Values(_)) => arguments.reals.push(Leaf::Target),
            Some(Target::Class(..)) => arguments.indices.push(Leaf::Target),
            None => {}
        }
        arguments
    }

    /// How many real inputs, index inputs and shared data there are.
    fn counts(&self) -> (Literal, Literal, Literal) {
        let literal = Literal::usize_unsuffixed;
        (literal(self.reals.len()), literal(self.indices.len()), literal(self.shared.len()))
    }

    fn real_place(&self, leaf: &Leaf) -> Literal {
        Literal::usize_unsuffixed(
            self.reals.iter().position(|known| known == leaf).unwrap_or_default(),
        )
    }

    fn index_place(&self, leaf: &Leaf) -> Option<Literal> {
        self.indices.iter().position(|known| known == leaf).map(Literal::usize_unsuffixed)
    }

    fn shared_place(&self, argument: usize) -> Option<Literal> {
        self.shared.iter().position(|&known| known == argument).map(Literal::usize_unsuffixed)
    }

    /// How many numbers all parameters are.
    fn parameter_count(&self) -> Polynomial {
        let counts = self.parameters.iter().map(|(_, elements)| elements);
        counts.fold(Polynomial::default(), |sum, elements| sum.plus(elements))
    }

    /// Where the derivatives for an argument begin among those of its kind, how many there are, and how many there are of all.
    fn columns(&self, argument: usize) -> Option<(Polynomial, Polynomial, Polynomial)> {
        if let Some((start, elements)) = self.inputs.get(&argument) {
            return Some((start.clone(), elements.clone(), self.input_width.clone()));
        }
        let (_, elements) = self.parameters.iter().find(|(index, _)| *index == argument)?;
        Some((self.offsets.get(&argument)?.clone(), elements.clone(), self.parameter_count()))
    }

    /// Where a parameter begins in θ.
    fn parameter_offset(&self, argument: usize) -> Option<&Polynomial> {
        self.offsets.get(&argument)
    }
}
