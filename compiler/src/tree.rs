//! What both front ends produce: a model as names and expressions, with positions but without syntax.
//!
//! The tree knows nothing of syn, of shapes beyond what the signature says, or of derivatives. A [`Position`] is opaque: the front end
//! that made it can turn it into a span (or an excerpt of a `math!` string), nobody else looks inside.

mod definition;
mod function;
mod print;
mod sensitivity;
mod walk;

use crate::ir::Dim;

pub use self::function::{
    Entry, Function, Objective, Parameter, ParameterKind, ScalarFunction, ScalarOperand,
};
pub use self::sensitivity::Sensitivity;
pub use self::walk::{for_each_expression, height};

/// How deep expressions may nest: passes walk them recursively, and a model must never overflow the compiler's stack.
pub const MAX_DEPTH: usize = 400;

/// Where something stands in the user's source: a handle into the table of the front end that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(pub u32);

impl Position {
    /// A position for text of ours (library definitions, formulas of the tables), which no diagnostic may point at.
    pub const BUILT_IN: Position = Position(u32::MAX);
}

/// A name together with where it was written.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name; subscript digits of `math!` are digits (`W₁` is `W1`).
    pub text: String,
    /// Where.
    pub at: Position,
}

/// An annotated function or module: its signatures, the choices of the attribute, and its bodies.
#[derive(Clone, Debug)]
pub struct Model {
    /// The name of the function or the module (`mlp`).
    pub name: Name,
    /// The symbols dimensions may be made of, in order: const generics first, then `dims(..)`, then constants as they are met.
    pub symbols: Vec<Symbol>,
    /// The constants of the scope that bodies compute with, by their paths.
    pub outer_constants: Vec<Name>,
    /// The arguments of all entries, each once, in the order of the signatures.
    pub arguments: Vec<Argument>,
    /// The functions whose results users ask for.
    pub entries: Vec<Entry>,
    /// The functions that bodies may call, entries among them.
    pub functions: Vec<Function>,
    /// The functions of numbers that bodies may call, written in Rust.
    pub scalars: Vec<ScalarFunction>,
    /// The constants of literal value that stand beside the functions or in them.
    pub literals: Vec<Binding>,
    /// What training makes small.
    pub objective: Objective,
    /// The argument that is the weight of each example, if the attribute says `weights`. No entry takes it.
    pub weights: Option<usize>,
    /// How per-example losses become the loss of a batch.
    pub reduction: Reduction,
    /// The scalar type of parameters and data.
    pub scalar: ScalarType,
    /// The derivatives that are wanted besides the gradient, each once, with where they are asked for.
    pub sensitivities: Vec<(Sensitivity, Position)>,
    /// The stage whose graph is to be shown, by `dump = "<stage>"`.
    pub dump: Option<Name>,
}

/// A symbolic dimension's name and where its value comes from.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// The name as dimensions mention it (`D`, `config::HIDDEN`).
    pub name: Name,
    /// Where the value comes from.
    pub source: SymbolSource,
}

/// Where the value of a symbolic dimension comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolSource {
    /// A const generic of the function.
    ConstGeneric,
    /// A name of `dims(..)`, chosen when the program runs.
    RunTime,
    /// A constant in scope at the function.
    Constant,
}

/// One argument of the model function.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its name.
    pub name: Name,
    /// What the value is to the model.
    pub role: Role,
    /// Its extents, per example for inputs and indices; empty for a scalar.
    pub shape: Vec<Extent>,
    /// `#[allow(unused)]` was written on it: it may be without influence on the loss.
    pub may_be_unused: bool,
    /// Where its type is written.
    pub type_at: Position,
}

/// What an argument is to the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// Differs from example to example; not trained.
    Input,
    /// Trained; shared by all examples.
    Param(Option<Initializer>),
    /// Shared by all examples; not trained.
    Data,
    /// Integers below the bound (classes, categories, tokens); they differ from example to example.
    Index(Dim),
}

impl Role {
    /// Whether the value differs from example to example.
    pub fn is_of_example(&self) -> bool {
        matches!(self, Role::Input | Role::Index(_))
    }
}

/// How a parameter's first values are drawn, by `#[init(..)]`.
#[derive(Clone, Debug, PartialEq)]
pub enum Initializer {
    /// All 0.
    Zeros,
    /// All 1.
    Ones,
    /// All one value.
    Constant(f64),
    /// Uniform on the half-open interval.
    Uniform(f64, f64),
    /// Normal with mean and standard deviation.
    Normal(f64, f64),
    /// Uniform on ±√(6/(fan in + fan out)) (Glorot & Bengio 2010).
    GlorotUniform,
    /// Normal with variance 2/(fan in + fan out) (Glorot & Bengio 2010).
    GlorotNormal,
    /// Uniform on ±√(6/fan in) (He et al. 2015).
    HeUniform,
    /// Normal with variance 2/fan in (He et al. 2015).
    HeNormal,
}

/// One extent of a declared shape, with where it was written.
#[derive(Clone, Debug)]
pub struct Extent {
    /// The extent.
    pub dim: Dim,
    /// Where.
    pub at: Position,
}

/// What an entry returns.
#[derive(Clone, Debug)]
pub enum ResultKind {
    /// `-> Output<..>`: the prediction for one example.
    Prediction {
        /// The declared extents.
        shape: Vec<Extent>,
        /// Where the type is written.
        at: Position,
    },
    /// `-> Loss`: the loss of one example.
    Loss {
        /// Where the type is written.
        at: Position,
    },
}

/// How the loss of one example follows from the prediction and the target.
#[derive(Clone, Debug)]
pub enum Loss {
    /// A loss of the library by name, with its settings (`huber(1.0)`).
    Named {
        /// The loss.
        name: Name,
        /// Its settings, numbers.
        settings: Vec<Expr>,
    },
    /// `|prediction, target| expression`.
    Closure {
        /// The name the body uses for the prediction.
        prediction: Name,
        /// The name the body uses for the target.
        target: Name,
        /// The body.
        body: Block,
    },
}

/// How per-example losses become the loss of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// Their mean.
    Mean,
    /// Their sum.
    Sum,
}

/// The scalar type of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarType {
    /// Single precision.
    F32,
    /// Double precision.
    F64,
}

impl ScalarType {
    /// What a number turns into that is outside the range of the type.
    pub fn turns_into(self, number: f64) -> Option<&'static str> {
        let single = number as f32;
        if self == ScalarType::F64 || !number.is_finite() || number == 0.0 {
            None
        } else if single.is_infinite() {
            Some("infinite")
        } else {
            (single == 0.0).then_some("0")
        }
    }
}

/// Statements and the value that follows them.
#[derive(Clone, Debug)]
pub struct Block {
    /// The statements, in order.
    pub statements: Vec<Statement>,
    /// The value of the block.
    pub value: Expr,
}

/// What stands before the value of a block.
#[derive(Clone, Debug)]
pub enum Statement {
    /// `let name = value;`: a later binding may shadow an earlier one.
    Let(Binding),
    /// `name = value;`, and `name += value;` as the sum: a name that was bound by `let mut` has this value from here on.
    Assign(Binding),
    /// A loop for what it assigns.
    For(Box<Loop>),
}

/// `name = value`, bound or assigned.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The name.
    pub name: Name,
    /// Its value.
    pub value: Expr,
}

/// `for counter in first..end { .. }`.
///
/// What the body assigns to names from outside are the states of the loop; the value its body ends with, if any, is collected from each
/// step along a new first axis.
#[derive(Clone, Debug)]
pub struct Loop {
    /// The name of the counter.
    pub counter: Name,
    /// Its first value, made of integers, dimensions and counters of outer loops.
    pub first: Expr,
    /// The value it stays below.
    pub end: Expr,
    /// Whether it runs from the last value to the first: `(first..end).rev()`.
    pub reversed: bool,
    /// What each step does.
    pub statements: Vec<Statement>,
    /// What each step gives.
    pub value: Option<Expr>,
    /// `#[checkpoint(every = k)]`: the states are kept at every `k`th step, and the steps between are computed again.
    pub checkpoint: Option<(u64, Position)>,
    /// Where it stands.
    pub at: Position,
}

/// An expression and where it stands.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where.
    pub at: Position,
}

/// The forms of an expression.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A number.
    Number(f64),
    /// An integer literal: a number wherever a number is wanted, an exponent or an axis elsewhere.
    Integer(i64),
    /// A name.
    Name(String),
    /// `name(arguments)`, and every other form that means a call: `receiver.name(arguments)`, `a + b` (`add`), `-a` (`neg`),
    /// `a·b` (`dot`), `aᵀ` (`transpose`), `x²` (`powi`), `‖x‖` (`norm`).
    Call {
        /// The function; its position is that of the name or sign.
        function: Name,
        /// The arguments; a method's receiver is the first.
        arguments: Vec<CallArgument>,
    },
    /// `[a, b]`: axes.
    List(Vec<Expr>),
    /// A string: the specification of an `einsum`.
    Text(String),
    /// A nested block with its own names.
    Block(Box<Block>),
    /// `array[place]`, `array[(place, place)]`: the axes that are not mentioned are read whole.
    Index {
        /// The array.
        array: Box<Expr>,
        /// A place for each of the first axes.
        places: Vec<AxisPlace>,
    },
    /// A loop for what its steps give.
    For(Box<Loop>),
}

/// What of an axis is read.
#[derive(Clone, Debug)]
pub enum AxisPlace {
    /// `i`: the element there, so that the axis goes. An integer, made of literals, dimensions and counters; or an index input.
    At(Expr),
    /// `first..end`, either of which may be left out; every `step`th of it, by `(first..end).step_by(step)`.
    Range {
        /// The first place read, the first of all by default.
        first: Option<Expr>,
        /// The place reading stops before, after the last by default.
        end: Option<Expr>,
        /// How far one place is from the next.
        step: Option<Expr>,
        /// Where it is written.
        at: Position,
    },
}

/// One argument of a call, possibly named (`axis = 1`).
#[derive(Clone, Debug)]
pub struct CallArgument {
    /// The name before the `=`.
    pub label: Option<Name>,
    /// The value.
    pub value: Expr,
}

/// The value and the name of `diff(value, name)`.
pub fn derivative(kind: &ExprKind) -> Option<(&ExprKind, &str)> {
    let ExprKind::Call { function, arguments } = kind else { return None };
    let [value, variable] = arguments.as_slice() else { return None };
    match &variable.value.kind {
        ExprKind::Name(name) if function.text == "diff" => Some((&value.value.kind, name)),
        _ => None,
    }
}

/// What a derivative of a named value for names is called: in code `du_dx`, `d2u_dx_dt`; in mathematics `∂u/∂x`, `∂²u/∂x∂t`.
pub fn derivative_name(value: &ExprKind, variable: &str) -> Option<(String, String)> {
    let (mut kind, mut variables) = (value, vec![variable]);
    let value = loop {
        match (kind, derivative(kind)) {
            (ExprKind::Name(name), _) => break name,
            (_, Some((value, variable))) => {
                variables.insert(0, variable);
                kind = value;
            }
            _ => return None,
        }
    };
    let (order, raised) = match variables.len() {
        1 => (String::new(), ""),
        2 => ("2".into(), "²"),
        3 => ("3".into(), "³"),
        _ => return None,
    };
    let plain: String = variables.iter().flat_map(|name| ["_d", name]).collect();
    let all_same = variables.iter().all(|name| *name == variables[0]);
    let below = if all_same && variables.len() > 1 {
        format!("∂{}{raised}", variables[0])
    } else {
        variables.iter().flat_map(|name| ["∂", name]).collect()
    };
    Some((format!("d{order}{value}{plain}"), format!("∂{raised}{value}/{below}")))
}

impl AxisPlace {
    /// The expressions it is written with.
    pub fn parts(&self) -> impl Iterator<Item = &Expr> {
        let parts = match self {
            AxisPlace::At(place) => [Some(place), None, None],
            AxisPlace::Range { first, end, step, .. } => {
                [first.as_ref(), end.as_ref(), step.as_ref()]
            }
        };
        parts.into_iter().flatten()
    }
}

/// Whether an expression is an integer as written: an exponent `powi` can take, an axis.
pub fn is_integer_literal(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Integer(_))
}

/// The negative of a number as a number; zero has none, so that the sign of zero survives as a call.
pub fn negated_literal(kind: &ExprKind) -> Option<ExprKind> {
    match *kind {
        ExprKind::Integer(integer) if integer != 0 => Some(ExprKind::Integer(-integer)),
        ExprKind::Number(number) => Some(ExprKind::Number(-number)),
        _ => None,
    }
}
