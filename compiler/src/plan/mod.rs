//! What the generated code does, step by step: the schedule's result, which `emit` prints without deciding anything.

pub mod formula;
mod reserved;
mod text;
mod work;

use std::ops::Range;
use std::rc::Rc;

use crate::functions::matrix::MatrixFunction;
use crate::functions::scalar::Scalar;
use crate::ir::{Dim, Distribution, Label, Leaf, Order, Polynomial, Position};

pub use self::reserved::RESERVED;
pub use self::text::text;

/// A buffer, by its place in [`Plan::buffers`].
pub type BufferId = usize;

/// A value of a loop body, by its place in [`Loop::values`].
pub type ValueId = usize;

/// Steps over buffers.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Every value that lives somewhere.
    pub buffers: Vec<Buffer>,
    /// The steps: first all of [`Phase::Before`], then of [`Phase::Tile`], then of [`Phase::After`].
    pub steps: Vec<Step>,
    /// The buffer of the loss, where the plan computes one.
    pub loss: Option<BufferId>,
    /// The gradients that are 0 but for the rows that examples name. The plan clears them before it does anything else, as a whole: who
    /// knows the rows may clear these alone.
    pub scattered: Vec<Scattered>,
}

/// A gradient that is 0 but for the rows that integers of the examples name.
#[derive(Clone, Debug)]
pub struct Scattered {
    /// The parameter.
    pub argument: usize,
    /// Where the gradient is.
    pub buffer: BufferId,
    /// The integers: index inputs, or a target.
    pub rows: Vec<Leaf>,
}

/// What a result is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// The loss, which the step returns.
    Loss,
    /// The gradient of an argument, or what has its shape.
    Gradient(usize),
    /// The prediction, in rows.
    Prediction,
    /// What the prediction misses the target by, or a product with the Jacobian of that, in rows.
    Residual,
    /// The derivatives of what a row has for an argument: a block of columns.
    Columns(usize),
    /// The elements of a row that may not be 0, or the columns they are in, of the block of this number.
    Entries(usize),
    /// A block of a symmetric matrix over θ, by the arguments of its rows and columns; the block across the diagonal is its transpose.
    Block(usize, usize),
}

/// A value that lives somewhere between steps.
#[derive(Clone, Debug)]
pub struct Buffer {
    /// Its name in generated code and documentation: unique in the plan.
    pub name: String,
    /// Its extents, row-major; the batch, here the rows of a tile, is the last.
    pub shape: Vec<Dim>,
    /// Where it lives.
    pub place: Place,
}

/// Where a buffer lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// An input, the target, shared data or a parameter, read where the caller has it.
    Caller(Leaf),
    /// A local number.
    Number,
    /// The counter of a loop, an integer.
    Counter,
    /// A local array of one number that a reduction adds to.
    Cell,
    /// A region of the workspace for the examples of a tile.
    Tile(Slot),
    /// A region of the workspace that keeps its contents from tile to tile.
    Persistent(Slot),
    /// The gradient of the argument.
    Gradient(usize),
    /// In the memory of another buffer.
    View(Box<View>),
}

/// How a buffer lies in the memory of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The other buffer.
    pub of: BufferId,
    /// Where its first element is there; integers are buffers of one number.
    pub offset: Position,
    /// How far apart neighbours along each axis are there.
    pub strides: Vec<Polynomial>,
}

/// A region of the workspace; buffers with disjoint lives share one.
pub type Slot = usize;

/// When a step runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Once, first: what depends on parameters and data alone.
    Before,
    /// For each tile of examples.
    Tile,
    /// Once, last: what needs the sums over all examples.
    After,
}

/// The regions of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The elements each tile region has per example.
    pub tile: Vec<Polynomial>,
    /// The elements of each persistent region.
    pub persistent: Vec<Polynomial>,
    /// How the tiles can be divided into parts that run apart, if they can.
    pub division: Option<Division>,
}

/// What parts of the tiles that run apart do not share, of what outlives a tile.
#[derive(Clone, Debug, Default)]
pub struct Division {
    /// What each adds to, beginning with nothing: the sums of the parts are added up.
    pub sums: Vec<BufferId>,
    /// What each writes anew in every tile, and nobody reads after it.
    pub own: Vec<BufferId>,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// When.
    pub phase: Phase,
    /// What.
    pub work: Work,
}

/// The kinds of steps.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "a plan has few steps, most of them products")]
pub enum Work {
    /// Brings the examples of the tile into feature-major order.
    Load {
        /// An input or the target.
        leaf: Leaf,
        /// Where to.
        buffer: BufferId,
    },
    /// Draws random numbers: for the examples of the tile, or once for all.
    Draw {
        /// What they follow.
        distribution: Distribution,
        /// The number of the place in the source.
        site: usize,
        /// Where to.
        buffer: BufferId,
    },
    /// Computes a local number.
    Number {
        /// Which.
        buffer: BufferId,
        /// The values it is made of; the last is the number.
        values: Vec<Value>,
    },
    /// A fused loop nest.
    Loop(Loop),
    /// A kernel: a matrix product, or sums of rows.
    Product(Product),
    /// Sets a buffer to 0, so that the steps of a loop can add to it.
    Clear {
        /// Which.
        buffer: BufferId,
        /// Whether what is there after a tile stays: it is cleared before the first tile alone.
        once: bool,
    },
    /// Steps one after the other.
    Fold(Fold),
    /// A function of matrices.
    Matrix(MatrixStep),
    /// Hands the prediction of the tile to the caller, in rows.
    StoreRows {
        /// The prediction.
        buffer: BufferId,
    },
    /// Hands the derivatives of the tile's rows for an argument to the caller.
    StoreColumns {
        /// The derivatives: the axes of what a row has, those of the argument, the examples.
        buffer: BufferId,
        /// The argument.
        argument: usize,
    },
    /// Hands those derivatives of the tile's rows to the caller that may not be 0, or the columns they are in: one block after the other.
    StoreEntries {
        /// The block: the axes of what a row has, if it has any, those of the block, the examples.
        buffer: BufferId,
        /// Its number.
        block: usize,
    },
    /// Hands a block of a symmetric matrix over θ, and its transpose, to the caller.
    StoreBlock {
        /// The block: the axes of the one argument, then those of the other.
        buffer: BufferId,
        /// The arguments of its rows and columns.
        arguments: [usize; 2],
    },
}

/// A loop whose steps depend on one another.
#[derive(Clone, Debug)]
pub struct Fold {
    /// The number of the step.
    pub counter: BufferId,
    /// How many steps there are.
    pub steps: Dim,
    /// Which comes first.
    pub order: Order,
    /// What each step does.
    pub body: Vec<Work>,
    /// The buffers that a step writes and nobody reads after it.
    pub locals: Range<BufferId>,
}

/// One pass over a domain: values per point, and what happens to them.
#[derive(Clone, Debug)]
pub struct Loop {
    /// The extents, outermost first.
    pub domain: Vec<Dim>,
    /// The values computed at each point, operands first.
    pub values: Vec<Value>,
    /// Those that have a name of their own, though nothing outside reads them.
    pub locals: Vec<Local>,
    /// What is written, in order.
    pub effects: Vec<Effect>,
}

/// A value of a loop that has a name, as in the model or as the buffer it would be if anything else read it.
#[derive(Clone, Debug)]
pub struct Local {
    /// Its name, which no buffer has; another loop that computes the same value may use it too.
    pub name: String,
    /// The label of the domain for each of its axes.
    pub axes: Vec<Label>,
    /// The value.
    pub value: ValueId,
}

/// A value at one point of a loop.
#[derive(Clone, Debug)]
pub enum Value {
    /// A number.
    Constant(f64),
    /// An extent as a number.
    Extent(Dim),
    /// A constant in scope at the model, by its path.
    Named(Rc<str>),
    /// The index along an axis of the domain.
    Counter(Label),
    /// An element of a buffer: one label of the domain (or `FIXED`) per axis.
    Read(BufferId, Vec<Label>),
    /// A function of earlier values.
    Apply(&'static Scalar, Vec<ValueId>),
    /// A place as a number.
    Place(Position),
    /// An element of a buffer at one place per axis, where the guards hold, and 0 elsewhere.
    Gather(BufferId, Vec<Position>, Vec<Guard>),
    /// An earlier value where the guards hold, and 0 elsewhere.
    Where(Vec<Guard>, ValueId),
}

/// A condition on places; their labels are those of the domain, their integers earlier values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The place is on an axis of this extent.
    Inside(Position, Dim),
    /// The places are one.
    Equal(Position, Position),
}

impl Guard {
    /// The places it speaks of.
    pub fn places(&self) -> impl Iterator<Item = &Position> {
        let (first, second) = match self {
            Guard::Inside(place, _) => (place, None),
            Guard::Equal(left, right) => (left, Some(right)),
        };
        std::iter::once(first).chain(second)
    }
}

impl Value {
    /// The earlier values it is made of.
    pub fn operands(&self) -> Vec<ValueId> {
        let integers = |places: &mut dyn Iterator<Item = &Position>| -> Vec<ValueId> {
            places.flat_map(|place| place.integers.iter().map(|(value, _)| *value)).collect()
        };
        match self {
            Value::Constant(_)
            | Value::Extent(_)
            | Value::Named(_)
            | Value::Counter(_)
            | Value::Read(..) => vec![],
            Value::Apply(_, operands) => operands.clone(),
            Value::Place(place) => integers(&mut std::iter::once(place)),
            Value::Gather(_, places, guards) => {
                integers(&mut places.iter().chain(guards.iter().flat_map(Guard::places)))
            }
            Value::Where(guards, value) => {
                let mut operands = integers(&mut guards.iter().flat_map(Guard::places));
                operands.push(*value);
                operands
            }
        }
    }
}

/// What happens to a value.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The buffer written.
    pub buffer: BufferId,
    /// The label of the domain for each axis of the buffer; `FIXED` for those that `places` speak of.
    pub axes: Vec<Label>,
    /// Where along other axes of the buffer the value goes.
    pub places: Vec<(usize, Position)>,
    /// Where the value goes nowhere.
    pub guards: Vec<Guard>,
    /// The value.
    pub value: ValueId,
    /// How it meets what is there.
    pub update: Update,
}

/// How a value meets what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// It replaces it.
    Set,
    /// It is added.
    Add,
    /// It is added to what the tiles before have left.
    Accumulate,
    /// It is added to what is there.
    Continue,
    /// The larger stays.
    Max,
    /// The smaller stays.
    Min,
}

/// `out[m,n] (+)= Σ_k a[m,k]·b[k,n]`, or `out[m] (+)= Σ_k a[m,k]` with one factor; repeated over `loops`.
#[derive(Clone, Debug)]
pub struct Product {
    /// The factors: two for a product, one for sums.
    pub factors: Vec<BufferId>,
    /// The result.
    pub out: BufferId,
    /// Labels outside the kernel, outermost first.
    pub loops: Vec<Axis>,
    /// Rows of the result.
    pub m: Option<Axis>,
    /// What is summed over.
    pub k: Option<Axis>,
    /// Columns of the result, at unit stride there unless each example has a product of its own.
    pub n: Option<Axis>,
    /// How the result meets what is there: it replaces it, adds to it, or adds to what the tiles before have left.
    pub update: Update,
    /// Labels outside the kernel that are summed over: the result is cleared first; where tiles add up, before the first alone.
    pub clears: bool,
    /// The extents of all labels, those of the result first, for the documentation.
    pub scope: Vec<Dim>,
    /// The factors as the model has them, with the label of each axis, for the documentation.
    pub read: Vec<(BufferId, Vec<Label>)>,
}

/// `out = function(operands)` of matrices that lie side by side in their buffers.
///
/// A matrix is stored as its rows and columns, or columns and rows, then the lanes; a right-hand side and its solution as rows, then
/// columns and lanes.
#[derive(Clone, Debug)]
pub struct MatrixStep {
    /// The function.
    pub function: &'static MatrixFunction,
    /// The operands in the order of the row. Where the last are the factors of the first, the kernel reads those instead.
    pub operands: Vec<BufferId>,
    /// For each operand, whether it is stored with its columns first, or has the factors of a matrix that is.
    pub exchanged: Vec<bool>,
    /// The result.
    pub out: BufferId,
    /// The rows of a matrix.
    pub rows: Dim,
    /// How many matrices lie side by side.
    pub lanes: Polynomial,
}

/// A label of a product: its extent and its stride in each factor and in the result.
#[derive(Clone, Debug)]
pub struct Axis {
    /// The extent.
    pub dim: Dim,
    /// The stride in each factor; 0 where the factor does not have the label.
    pub factors: Vec<Polynomial>,
    /// The stride in the result; 0 where the result does not have the label.
    pub out: Polynomial,
}

impl Plan {
    /// Whether there is a loop over steps for each tile of examples.
    pub fn has_steps(&self) -> bool {
        let mut tiled = self.steps.iter().filter(|step| step.phase == Phase::Tile);
        tiled.any(|step| matches!(step.work, Work::Fold(_)))
    }

    /// Whether it gives a gradient that is not 0 everywhere.
    pub fn has_gradient(&self) -> bool {
        self.buffers.iter().any(|buffer| matches!(buffer.place, Place::Gradient(_)))
    }

    /// Whether it gives the rows of a Jacobian.
    pub fn has_columns(&self) -> bool {
        let is_of_rows =
            |work: &Work| matches!(work, Work::StoreColumns { .. } | Work::StoreEntries { .. });
        self.steps.iter().any(|step| is_of_rows(&step.work))
    }

    /// Everything that is done, that of loops included, each loop before its steps.
    pub fn works(&self) -> Vec<&Work> {
        works(self.steps.iter())
    }

    /// The same, of one phase.
    pub fn works_of(&self, phase: Phase) -> Vec<&Work> {
        works(self.steps.iter().filter(|step| step.phase == phase))
    }

    /// The buffer whose memory it is in.
    pub fn root(&self, mut buffer: BufferId) -> BufferId {
        while let Place::View(view) = &self.buffers[buffer].place {
            buffer = view.of;
        }
        buffer
    }
}

fn works<'a>(steps: impl DoubleEndedIterator<Item = &'a Step>) -> Vec<&'a Work> {
    let mut open: Vec<&Work> = steps.rev().map(|step| &step.work).collect();
    let mut works = Vec::new();
    while let Some(work) = open.pop() {
        if let Work::Fold(fold) = work {
            open.extend(fold.body.iter().rev());
        }
        works.push(work);
    }
    works
}

impl View {
    /// How many elements lie from the first to the last of this shape: kernels that sum a slice must not see what is behind it.
    pub fn reach(&self, shape: &[Dim]) -> Polynomial {
        let axes = shape.iter().zip(&self.strides);
        axes.fold(Polynomial::constant(1), |reach, (dim, stride)| {
            let last = Polynomial::from(dim).plus(&Polynomial::constant(-1));
            reach.plus(&last.times(stride))
        })
    }
}

impl Buffer {
    /// The number of elements, the rows of a tile being [`Dim::Batch`].
    pub fn elements(&self) -> Polynomial {
        Polynomial::product(&self.shape)
    }

    /// Whether generated code has it as a number, not as a slice.
    pub fn is_number(&self) -> bool {
        matches!(self.place, Place::Number | Place::Counter)
            || (matches!(self.place, Place::Caller(_)) && self.shape.is_empty())
    }

    /// The stride of each axis.
    pub fn strides(&self) -> Vec<Polynomial> {
        if let Place::View(view) = &self.place {
            return view.strides.clone();
        }
        (0..self.shape.len()).map(|axis| Polynomial::product(&self.shape[axis + 1..])).collect()
    }
}
