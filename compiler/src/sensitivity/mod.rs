//! Graphs of the derivatives that users ask for besides the gradient.
//!
//! Each is made of the two sweeps of the chain rule, [`differentiate`](mod@crate::differentiate) backwards and
//! [`tangent`](crate::differentiate::tangent) forwards, and ends in results with a purpose: rows, blocks of columns, blocks of a symmetric
//! matrix over θ, or what has the shape of the gradient.
//!
//! | wanted | what is done |
//! |---|---|
//! | Jacobian | tangents of the residuals for every parameter |
//! | `J·v` | tangents of the residuals, seeded with the direction |
//! | `Jᵀ·v` | the gradient of `Σ v·r` |
//! | `JᵀJ`, `Jᵀr` | the Jacobian, contracted with itself over residuals and examples |
//! | sparse Jacobian | tangents of the residuals for every part of a parameter that an index chooses |
//! | `H·v` | tangents of the gradient, seeded with the direction (Pearlmutter 1994) |
//! | Hessian | tangents of the gradient for every parameter; blocks above the diagonal are found once (Laue et al. 2018) |
//! | inputs | adjoints of the inputs, each of its own example's loss; tangents of the prediction for every input |

mod hessian;
mod inputs;
mod residuals;
mod sparse;

use crate::ir::{Access, Dim, Graph, Label, Leaf, NodeId};
use crate::plan::Purpose;

pub use self::residuals::residuals;

/// What a kernel besides those of the loss computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// The residuals.
    Residuals,
    /// The residuals and their derivatives for the parameters.
    Jacobian,
    /// `J·v`.
    JacobianVectorProduct,
    /// `Jᵀ·v`.
    VectorJacobianProduct,
    /// `rᵀr`, `Jᵀr` and `JᵀJ`.
    NormalEquations,
    /// The columns in which a row of the Jacobian may not be 0.
    SparsePattern,
    /// The residuals and the elements of the Jacobian there.
    SparseJacobian,
    /// `H·v`.
    HessianVectorProduct,
    /// The loss, its gradient and its Hessian.
    Hessian,
    /// The derivatives of each example's loss for its inputs.
    InputGradient,
    /// Those of its prediction.
    InputJacobian,
}

impl Quantity {
    /// Whether it is formed from the prediction, not from the loss.
    pub fn is_of_prediction(self) -> bool {
        match self {
            Quantity::Residuals
            | Quantity::Jacobian
            | Quantity::JacobianVectorProduct
            | Quantity::VectorJacobianProduct
            | Quantity::NormalEquations
            | Quantity::SparsePattern
            | Quantity::SparseJacobian
            | Quantity::InputJacobian => true,
            Quantity::HessianVectorProduct | Quantity::Hessian | Quantity::InputGradient => false,
        }
    }

    /// What it is called where it is shown.
    pub fn title(self) -> &'static str {
        match self {
            Quantity::Residuals => "The residuals",
            Quantity::Jacobian => "The residuals and their Jacobian",
            Quantity::JacobianVectorProduct => "The Jacobian times a direction",
            Quantity::VectorJacobianProduct => "Weights times the Jacobian",
            Quantity::NormalEquations => "The normal equations",
            Quantity::SparsePattern => "Where the Jacobian may not be 0",
            Quantity::SparseJacobian => "The residuals and their Jacobian where it may not be 0",
            Quantity::HessianVectorProduct => "The Hessian times a direction",
            Quantity::Hessian => "The loss, its gradient and its Hessian",
            Quantity::InputGradient => "The gradient for the inputs",
            Quantity::InputJacobian => "The Jacobian of the prediction for the inputs",
        }
    }

    /// Whether the derivatives are those for inputs, not those for parameters.
    pub fn is_for_inputs(self) -> bool {
        matches!(self, Quantity::InputGradient | Quantity::InputJacobian)
    }
}

/// Adds a quantity to the graph: `root` is what it is formed from, `leaves` are what the derivatives are for.
pub fn derive(
    graph: &mut Graph,
    quantity: Quantity,
    root: NodeId,
    leaves: Leaves<'_>,
    is_mean: bool,
) -> Result<Results, String> {
    match quantity {
        Quantity::Residuals => Ok(vec![(Purpose::Residual, root)]),
        Quantity::Jacobian => residuals::jacobian(graph, root, leaves),
        Quantity::JacobianVectorProduct => residuals::jacobian_vector_product(graph, root, leaves),
        Quantity::VectorJacobianProduct => residuals::vector_jacobian_product(graph, root, leaves),
        Quantity::NormalEquations => residuals::gauss_newton(graph, root, leaves),
        Quantity::SparsePattern => sparse::pattern(graph, root, leaves),
        Quantity::SparseJacobian => sparse::jacobian(graph, root, leaves),
        Quantity::HessianVectorProduct => hessian::hessian_vector_product(graph, root, leaves),
        Quantity::Hessian => hessian::hessian(graph, root, leaves),
        Quantity::InputGradient => inputs::input_gradient(graph, root, leaves, is_mean),
        Quantity::InputJacobian => inputs::input_jacobian(graph, root, leaves),
    }
}

/// Results with what they are for, in the order in which they are handed over.
pub type Results = Vec<(Purpose, NodeId)>;

/// Arguments by their places in the signature, with their leaves.
pub type Leaves<'a> = &'a [(usize, NodeId)];

/// The extents of an array without the examples.
fn per_example(graph: &Graph, node: NodeId) -> Vec<Dim> {
    graph.shape(node).iter().filter(|dim| **dim != Dim::Batch).cloned().collect()
}

/// The labels from `first` on of an array with so many axes.
fn labels(first: usize, count: usize) -> Vec<Label> {
    (first..first + count).map(|label| label as Label).collect()
}

/// The direction of an argument, as a value of its shape.
fn direction(graph: &mut Graph, argument: usize, leaf: NodeId) -> Access {
    let shape = graph.shape(leaf).to_vec();
    let direction = graph.leaf(Leaf::Direction(argument), shape);
    name(graph, direction, leaf, "direction");
    Access::whole(graph, direction)
}

/// The directions of all parameters, with what changes along them.
fn directions(graph: &mut Graph, parameters: Leaves<'_>) -> Vec<(NodeId, Access)> {
    let seeds = parameters.iter();
    seeds.map(|&(argument, leaf)| (leaf, direction(graph, argument, leaf))).collect()
}

/// Names a node after another.
fn name(graph: &mut Graph, node: NodeId, after: NodeId, ending: &str) {
    if let Some(name) = graph.name(after).map(|name| format!("{name}_{ending}")) {
        graph.set_name(node, &name.into());
    }
}
