//! Mini-batches, in a new order every epoch.

use crate::batch::BatchBuffer;
use crate::error::Error;
use crate::generator::Generator;
use crate::kernel::real::Real;
use crate::model::{Model, Reduction};

/// The training rows of a batch or a stream, cut into mini-batches.
pub struct Feed<'a, M: Model> {
    /// The training rows, which may be some of the batch.
    rows: usize,
    size: usize,
    source: Source<'a, M>,
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
enum Source<'a, M: Model> {
    /// The batch itself: it is the only mini-batch.
    Batch(M::Batch<'a>),
    /// A copy of the rows of a batch whose turn it is.
    Copy(M::Batch<'a>, BatchBuffer<M::Scalar>),
    /// Rows that come in chunks.
    #[cfg(feature = "data")]
    Stream(Box<dyn Stream<M> + 'a>),
}

/// Rows that come in chunks, the same in each epoch.
#[cfg(feature = "data")]
pub trait Stream<M: Model> {
    /// Rows in an epoch.
    fn rows(&self) -> usize;

    /// Rows in the longest mini-batch.
    fn size(&self) -> usize;

    /// Mini-batches in an epoch.
    fn steps(&self) -> usize;

    /// Before the first step: some rows, as many as the longest mini-batch has.
    fn longest(&self) -> Result<M::Batch<'_>, Error>;

    /// The mini-batch of a step, from 0, with the rows of its chunk in this order.
    fn mini_batch(&mut self, step: usize, order: &[usize]) -> Result<M::Batch<'_>, Error>;

    /// The loss of all rows.
    fn loss(&mut self, model: &M, workspace: &mut M::Workspace) -> Result<f64, Error>;
}

impl<'a, M: Model> Feed<'a, M> {
    /// Mini-batches of up to `size` of the training rows, of which there are so many.
    pub fn new(batch: M::Batch<'a>, rows: usize, size: usize) -> Self {
        let size = size.min(rows);
        let source = if size == M::rows(&batch) {
            Source::Batch(batch)
        } else {
            Source::Copy(batch, M::batch_buffer(&batch, size))
        };
        Feed { rows, size, source }
    }

    /// Mini-batches of a stream.
    #[cfg(feature = "data")]
    pub fn of_stream(stream: impl Stream<M> + 'a) -> Self {
        let (rows, size) = (stream.rows(), stream.size());
        Feed { rows, size, source: Source::Stream(Box::new(stream)) }
    }

    /// Mini-batches in an epoch; the last may be short.
    pub fn steps(&self) -> usize {
        match &self.source {
            Source::Batch(_) | Source::Copy(..) => self.rows.div_ceil(self.size),
            #[cfg(feature = "data")]
            Source::Stream(stream) => stream.steps(),
        }
    }

    /// Rows in an epoch.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Puts the rows in the order of the next epoch.
    pub fn shuffle(&self, order: &mut Order) {
        if !matches!(self.source, Source::Batch(_)) {
            order.generator.shuffle(&mut order.rows);
        }
    }

    /// Rows, as many as the longest mini-batch has.
    #[cfg_attr(
        not(feature = "data"),
        expect(clippy::unnecessary_wraps, reason = "only a stream can fail")
    )]
    pub fn longest(&self) -> Result<M::Batch<'_>, Error> {
        match &self.source {
            Source::Batch(batch) | Source::Copy(batch, _) => Ok(M::slice(batch, 0..self.size)),
            #[cfg(feature = "data")]
            Source::Stream(stream) => stream.longest(),
        }
    }

    /// The mini-batch of a step, from 0.
    #[cfg_attr(
        not(feature = "data"),
        expect(clippy::unnecessary_wraps, reason = "only a stream can fail")
    )]
    pub fn mini_batch(&mut self, step: usize, order: &Order) -> Result<M::Batch<'_>, Error> {
        match &mut self.source {
            Source::Batch(batch) => Ok(M::slice(batch, 0..self.size)),
            Source::Copy(batch, buffer) => {
                let first = step * self.size;
                let end = self.rows.min(first + self.size);
                Ok(M::gather(batch, &order.rows[first..end], buffer))
            }
            #[cfg(feature = "data")]
            Source::Stream(stream) => stream.mini_batch(step, &order.rows),
        }
    }

    /// The loss of all training rows.
    pub fn loss(
        &mut self,
        order: &Order,
        model: &M,
        workspace: &mut M::Workspace,
    ) -> Result<f64, Error> {
        match &mut self.source {
            Source::Batch(batch) | Source::Copy(batch, _) if self.rows == M::rows(batch) => {
                return Ok(model.loss_into(batch, workspace).to_f64());
            }
            Source::Batch(_) | Source::Copy(..) => {}
            #[cfg(feature = "data")]
            Source::Stream(stream) => return stream.loss(model, workspace),
        }
        let mut total = Total::new(M::REDUCTION);
        for step in 0..self.steps() {
            let mini_batch = self.mini_batch(step, order)?;
            let loss = model.loss_into(&mini_batch, workspace).to_f64();
            total.add(loss, M::rows(&mini_batch));
        }
        Ok(total.loss())
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
