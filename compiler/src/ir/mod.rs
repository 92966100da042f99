//! The representation everything happens in: a hash-consed graph over labelled axes.
//!
//! A node's axes have extents ([`Dim`]) and, seen from a consumer, labels: `Y[i,k] = Σ_j A[i,j]·B[j,k]` is a contraction whose operands
//! are *accesses* `A[i,j]` and `B[j,k]`. Labels are local to the consumer. Transposing, broadcasting, taking a diagonal, summing and
//! multiplying are therefore one kind of node. The number of examples is one more extent, [`Dim::Batch`]; a node that depends on an input
//! has it as its last axis.
//!
//! `ir` imports nothing else of this crate. It does not know what a function computes ([`Function`] is a name), it never rewrites, and it
//! has no order of passes.

mod access;
mod body;
mod bounds;
mod dim;
mod graph;
mod position;
mod print;
mod verify;

pub use self::access::{Access, FIXED, Label, union_of_labels};
pub use self::body::{Body, Fold, Order};
pub use self::dim::{Dim, Monomial, Polynomial};
pub use self::graph::{
    Distribution, Extremum, FoldResult, Function, Graph, Kind, Leaf, Node, NodeId,
};
pub use self::position::{Equation, Position};
pub use self::print::print;
pub use self::verify::verify;
