//! What a program that declares and trains models uses: `use chainrule::prelude::*;`.
//!
//! [`Error`](crate::Error) is not among it, so that `std::error::Error` keeps its name: write `chainrule::Error`.

pub use crate::axes::{Data, Index, Input, Loss, Output, Param, Tensor};
#[cfg(feature = "alloc")]
pub use crate::check::check_gradient;
pub use crate::derivatives::{
    GaussNewton, Hessian, HessianVectorProduct, InputDerivatives, InputJacobian, Jacobian,
    JacobianVectorProduct, Residuals, VectorJacobianProduct,
};
#[cfg(feature = "fit")]
pub use crate::fit::Fit;
#[cfg(feature = "minimize")]
pub use crate::minimize::Minimize;
pub use crate::model::Model;
#[cfg(feature = "alloc")]
pub use crate::optimizer::{AdaDelta, AdaGrad, Adam, AdamW, Lion, NAdam, RmsProp};
pub use crate::optimizer::{GradientDescent, Optimizer};
pub use crate::predict::Predict;
#[cfg(feature = "alloc")]
pub use crate::train::{Epoch, History, Schedule, StopReason, Trainer};
pub use chainrule_macros::model;
