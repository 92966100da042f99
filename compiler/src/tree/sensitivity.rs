//! The derivatives that an attribute may ask for besides the gradient.

/// A derivative of a model, by what users call it in `derivatives(..)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sensitivity {
    /// All derivatives of the residuals for the parameters.
    Jacobian,
    /// Those in one direction.
    JacobianVectorProduct,
    /// Their sum, weighted.
    VectorJacobianProduct,
    /// The normal equations of least squares.
    GaussNewton,
    /// All derivatives of the residuals that may not be 0.
    SparseJacobian,
    /// The change of the gradient in one direction.
    HessianVectorProduct,
    /// All second derivatives of the loss for the parameters.
    Hessian,
    /// The derivatives of an example's loss, and of its prediction, for its inputs.
    Inputs,
}

impl Sensitivity {
    /// All, by their names.
    pub const ALL: [(&str, Sensitivity); 8] = [
        ("jacobian", Sensitivity::Jacobian),
        ("jvp", Sensitivity::JacobianVectorProduct),
        ("vjp", Sensitivity::VectorJacobianProduct),
        ("gauss_newton", Sensitivity::GaussNewton),
        ("sparse_jacobian", Sensitivity::SparseJacobian),
        ("hvp", Sensitivity::HessianVectorProduct),
        ("hessian", Sensitivity::Hessian),
        ("inputs", Sensitivity::Inputs),
    ];

    /// The one of this name.
    pub fn named(name: &str) -> Option<Sensitivity> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, sensitivity)| *sensitivity)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(name, _)| name)
    }

    /// Whether it is one of the residuals, which only a prediction has.
    pub fn is_of_residuals(self) -> bool {
        match self {
            Sensitivity::Jacobian
            | Sensitivity::JacobianVectorProduct
            | Sensitivity::VectorJacobianProduct
            | Sensitivity::GaussNewton
            | Sensitivity::SparseJacobian => true,
            Sensitivity::HessianVectorProduct | Sensitivity::Hessian | Sensitivity::Inputs => false,
        }
    }
}
