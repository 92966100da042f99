//! A model of which nobody knows what a batch touches.

use std::ops::Range;

use chainrule::batch::BatchBuffer;
use chainrule::model::{Model, Reduction};
use chainrule::parameters::ParameterLayout;

/// The same model without [`touched`](Model::touched): every step goes over all of θ.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense<M>(pub M);

impl<M: Model> Model for Dense<M> {
    type Scalar = M::Scalar;
    type Dims = M::Dims;
    type Batch<'a> = M::Batch<'a>;
    type Workspace = M::Workspace;

    const REDUCTION: Reduction = M::REDUCTION;

    fn parameters(&self) -> &[M::Scalar] {
        self.0.parameters()
    }

    fn parameters_mut(&mut self) -> &mut [M::Scalar] {
        self.0.parameters_mut()
    }

    fn layout(&self) -> Vec<ParameterLayout> {
        self.0.layout()
    }

    fn dims(&self) -> M::Dims {
        self.0.dims()
    }

    fn workspace(&self) -> M::Workspace {
        self.0.workspace()
    }

    fn loss_into(&self, batch: &M::Batch<'_>, workspace: &mut M::Workspace) -> M::Scalar {
        self.0.loss_into(batch, workspace)
    }

    fn loss_and_gradient_into(
        &self,
        batch: &M::Batch<'_>,
        gradient: &mut [M::Scalar],
        workspace: &mut M::Workspace,
    ) -> M::Scalar {
        self.0.loss_and_gradient_into(batch, gradient, workspace)
    }

    fn loss_in_f64(&self, parameters: &[f64], batch: &M::Batch<'_>) -> f64 {
        self.0.loss_in_f64(parameters, batch)
    }

    fn rows(batch: &M::Batch<'_>) -> usize {
        M::rows(batch)
    }

    fn batch_dims(batch: &M::Batch<'_>) -> M::Dims {
        M::batch_dims(batch)
    }

    fn slice<'b, 'a: 'b>(batch: &M::Batch<'a>, rows: Range<usize>) -> M::Batch<'b> {
        M::slice(batch, rows)
    }

    fn batch_buffer(batch: &M::Batch<'_>, rows: usize) -> BatchBuffer<M::Scalar> {
        M::batch_buffer(batch, rows)
    }

    fn gather<'b, 'a: 'b>(
        batch: &M::Batch<'a>,
        order: &[usize],
        buffer: &'b mut BatchBuffer<M::Scalar>,
    ) -> M::Batch<'b> {
        M::gather(batch, order, buffer)
    }
}
