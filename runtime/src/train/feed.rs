//! Mini-batches, in a new order every epoch.

use crate::batch::BatchBuffer;
use crate::generator::Generator;
use crate::kernel::real::Real;
use crate::model::{Model, Reduction};

/// The training rows of a batch, cut into mini-batches.
pub struct Feed<'a, M: Model> {
    batch: M::Batch<'a>,
    /// The training rows, which may be some of the batch.
    rows: usize,
    size: usize,
    source: Source<M>,
}

/// The order in which training rows are used, and what shuffles them.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The rows.
    pub rows: Vec<usize>,
    /// At the state that makes the next order.
    pub generator: Generator,
}

/// Where mini-batches are read from.
enum Source<M: Model> {
    /// The batch itself: it is the only mini-batch.
    Batch,
    /// A copy of the rows whose turn it is.
    Copy(BatchBuffer<M::Scalar>),
}

impl<'a, M: Model> Feed<'a, M> {
    /// Mini-batches of up to `size` of the training rows, of which there are so many.
    pub fn new(batch: M::Batch<'a>, rows: usize, size: usize) -> Self {
        let size = size.min(rows);
        let source = if size == M::rows(&batch) {
            Source::Batch
        } else {
            Source::Copy(M::batch_buffer(&batch, size))
        };
        Feed { batch, rows, size, source }
    }

    /// Mini-batches in an epoch; the last may be short.
    pub fn steps(&self) -> usize {
        self.rows.div_ceil(self.size)
    }

    /// Rows in an epoch.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Puts the rows in the order of the next epoch.
    pub fn shuffle(&self, order: &mut Order) {
        if let Source::Copy(_) = self.source {
            order.generator.shuffle(&mut order.rows);
        }
    }

    /// Rows of the batch, as many as the longest mini-batch has.
    pub fn longest(&self) -> M::Batch<'_> {
        M::slice(&self.batch, 0..self.size)
    }

    /// The mini-batch of a step, from 0.
    pub fn mini_batch(&mut self, step: usize, order: &Order) -> M::Batch<'_> {
        match &mut self.source {
            Source::Batch => M::slice(&self.batch, 0..self.size),
            Source::Copy(buffer) => {
                let first = step * self.size;
                let end = self.rows.min(first + self.size);
                M::gather(&self.batch, &order.rows[first..end], buffer)
            }
        }
    }

    /// The loss of all training rows.
    pub fn loss(&mut self, order: &Order, model: &M, workspace: &mut M::Workspace) -> f64 {
        if self.rows == M::rows(&self.batch) {
            return model.loss_into(&self.batch, workspace).to_f64();
        }
        let mut total = Total::new(M::REDUCTION);
        for step in 0..self.steps() {
            let mini_batch = self.mini_batch(step, order);
            let loss = model.loss_into(&mini_batch, workspace).to_f64();
            total.add(loss, M::rows(&mini_batch));
        }
        total.loss()
    }
}

/// The loss of several mini-batches together, reduced as the model reduces it.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    reduction: Reduction,
    loss: f64,
    rows: usize,
}

impl Total {
    /// The loss of no mini-batch.
    pub fn new(reduction: Reduction) -> Self {
        Total { reduction, loss: 0.0, rows: 0 }
    }

    /// Makes this the loss of no mini-batch again.
    pub fn clear(&mut self) {
        (self.loss, self.rows) = (0.0, 0);
    }

    /// Adds a mini-batch of so many rows.
    pub fn add(&mut self, loss: f64, rows: usize) {
        self.rows += rows;
        self.loss += match self.reduction {
            Reduction::Sum => loss,
            Reduction::Mean => (loss - self.loss) * (rows as f64 / self.rows as f64),
        };
    }

    /// The loss so far.
    pub fn loss(&self) -> f64 {
        self.loss
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Reduction;

    use super::Total;

    #[test]
    fn losses_are_reduced_as_the_model_reduces_them() {
        let total = |reduction| {
            let mut total = Total::new(reduction);
            total.add(6.0, 1);
            total.add(2.0, 3);
            total.loss()
        };
        assert_eq!((total(Reduction::Mean), total(Reduction::Sum)), (3.0, 8.0));
    }
}
