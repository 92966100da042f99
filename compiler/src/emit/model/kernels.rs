//! What the kernels of a model's entries are called.

use proc_macro2::Ident;
use quote::format_ident;

use crate::rust_syntax::items::type_name;
use crate::sensitivity::Quantity;
use crate::tree::{Entry, Model};

/// The names of kernels: structs beside the steps, hidden from users.
pub struct Kernels {
    /// The entry that is the main loss, which is called `loss` whatever its name.
    main: String,
    /// The generated type, whose names a kernel must not have.
    model: String,
}

impl Kernels {
    /// The names of a model's kernels.
    pub fn new(model: &Model) -> Kernels {
        let main = model.main_entry();
        let main = if main.is_output() { "loss" } else { &main.name.text };
        Kernels { main: main.to_owned(), model: type_name(&model.name.text) }
    }

    /// The kernel of a loss alone.
    pub fn loss(&self, loss: &str) -> Ident {
        if loss == "loss" || loss == self.main {
            return format_ident!("Loss");
        }
        self.apart(&format!("{}Loss", type_name(loss)))
    }

    /// The kernel of a loss with its gradient.
    pub fn gradient(&self, loss: &str) -> Ident {
        if loss == "loss" || loss == self.main {
            return format_ident!("LossAndGradient");
        }
        self.apart(&format!("{}LossAndGradient", type_name(loss)))
    }

    /// The kernel of a prediction.
    pub fn output(&self, entry: &Entry) -> Ident {
        if entry.name.text == "predict" {
            return format_ident!("Predict");
        }
        self.apart(&format!("{}Output", type_name(&entry.name.text)))
    }

    /// The kernel of a derivative that the attribute asks for.
    pub fn sensitivity(&self, quantity: Quantity) -> Ident {
        self.apart(match quantity {
            Quantity::Residuals => "ComputeResiduals",
            Quantity::Jacobian => "ComputeJacobian",
            Quantity::JacobianVectorProduct => "ComputeJacobianVectorProduct",
            Quantity::VectorJacobianProduct => "ComputeVectorJacobianProduct",
            Quantity::NormalEquations => "ComputeNormalEquations",
            Quantity::SparsePattern => "ComputeSparsePattern",
            Quantity::SparseJacobian => "ComputeSparseJacobian",
            Quantity::HessianVectorProduct => "ComputeHessianVectorProduct",
            Quantity::Hessian => "ComputeHessian",
            Quantity::InputGradient => "ComputeInputGradient",
            Quantity::InputJacobian => "ComputeInputJacobian",
        })
    }

    /// A name that no generated type has.
    fn apart(&self, name: &str) -> Ident {
        let is_taken =
            ["", "Dims", "Batch"].iter().any(|end| format!("{}{end}", self.model) == name);
        if is_taken { format_ident!("{name}Kernel") } else { format_ident!("{name}") }
    }
}
