//! What a program that declares and trains models uses: `use chainrule::prelude::*;`.
//!
//! [`Error`](crate::Error) is not among it, so that `std::error::Error` keeps its name: write `chainrule::Error`.

pub use crate::axes::{Data, Index, Input, Loss, Output, Param, Tensor};
pub use crate::check::check_gradient;
pub use crate::derivatives::{
    GaussNewton, Hessian, HessianVectorProduct, InputDerivatives, InputJacobian, Jacobian,
    JacobianVectorProduct, Residuals, VectorJacobianProduct,
};
#[cfg(feature = "fit")]
pub use crate::fit::Fit;
pub use crate::model::Model;
pub use crate::optimizer::{
    AdaDelta, AdaGrad, Adam, AdamW, GradientDescent, Lion, NAdam, Optimizer, RmsProp,
};
pub use crate::predict::Predict;
pub use crate::train::{Epoch, History, Schedule, StopReason, Trainer};
pub use chainrule_macros::model;
