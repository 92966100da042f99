//! The functions of a model: what users call by name, and what bodies call.

use super::{Block, Expr, Extent, Loss, Model, Name, Position, ResultKind};
use crate::ir::Dim;

/// A function that bodies may call; it is inlined at each call.
///
/// Its body sees its parameters, the dimensions of the model and other functions, and nothing of where it is called.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// The dimensions of its own, which each call binds.
    pub dims: Vec<String>,
    /// Its parameters, in order.
    pub parameters: Vec<Parameter>,
    /// The extents its value must have; `None` for any.
    pub result: Option<Vec<Extent>>,
    /// What it computes.
    pub body: Block,
}

/// One parameter of a function.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// What it may be.
    pub kind: ParameterKind,
    /// Where its type is written.
    pub type_at: Position,
}

/// What a parameter of a function may be.
#[derive(Clone, Debug)]
pub enum ParameterKind {
    /// Numbers of any shape.
    Any,
    /// Numbers of these extents.
    Shaped(Vec<Extent>),
    /// Classes below the bound, of these extents.
    Class(Dim, Vec<Extent>),
}

/// A function of numbers that the user writes in Rust: what it computes is not looked at.
#[derive(Clone, Debug)]
pub struct ScalarFunction {
    /// Its name.
    pub name: Name,
    /// Its operands, in order.
    pub operands: Vec<ScalarOperand>,
}

/// An operand of a function of numbers.
#[derive(Clone, Debug)]
pub struct ScalarOperand {
    /// Its name.
    pub name: Name,
    /// The derivative for it, in the operands and the value `y`; `None` where none is given.
    pub derivative: Option<Expr>,
}

/// A function whose result users ask for: a prediction, or the loss of one example.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The name of the method.
    pub name: Name,
    /// What it computes, by its place among the functions.
    pub function: usize,
    /// The model's arguments it takes, in the order of its signature.
    pub arguments: Vec<usize>,
    /// What it returns.
    pub result: ResultKind,
}

/// What training makes small.
#[derive(Clone, Debug)]
pub enum Objective {
    /// The loss that the entry at this place returns.
    Entry(usize),
    /// A loss of what the entry at this place predicts.
    OfPrediction(usize, Loss),
}

impl Model {
    /// Whether anything the entry is given differs from example to example. Without, it is a function of parameters and data.
    pub fn has_examples(&self, entry: &Entry) -> bool {
        let is_compared = self.has_target() && self.main_entry().name.text == entry.name.text;
        is_compared
            || entry.arguments.iter().any(|&argument| self.arguments[argument].role.is_of_example())
    }

    /// The body of an entry.
    pub fn body(&self, entry: &Entry) -> &Block {
        &self.functions[entry.function].body
    }

    /// The entry whose value or whose loss training makes small.
    pub fn main_entry(&self) -> &Entry {
        let (Objective::Entry(place) | Objective::OfPrediction(place, _)) = &self.objective;
        &self.entries[*place]
    }

    /// The entries that return a prediction.
    pub fn outputs(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.is_output())
    }

    /// The entry that is the prediction: the one called `predict`, or the only one that returns any.
    pub fn prediction(&self) -> Option<&Entry> {
        let mut outputs = self.outputs();
        let (first, second) = (outputs.next(), outputs.next());
        self.outputs()
            .find(|entry| entry.name.text == "predict")
            .or(first.filter(|_| second.is_none()))
    }

    /// Whether the loss compares a prediction with a target.
    pub fn has_target(&self) -> bool {
        matches!(self.objective, Objective::OfPrediction(..))
    }
}

impl Entry {
    /// Whether it returns a prediction.
    pub fn is_output(&self) -> bool {
        matches!(self.result, ResultKind::Prediction { .. })
    }
}
