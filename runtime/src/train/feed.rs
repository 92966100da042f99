//! Mini-batches, in a new order every epoch.

#[cfg(feature = "data")]
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ops::Range;

use crate::batch::BatchBuffer;
use crate::distributed::Part;
use crate::error::Error;
use crate::generator::Generator;
use crate::kernel::real::Real;
use crate::model::{Model, Reduction};

/// The training rows of a batch or a stream, cut into mini-batches.
pub struct Feed<'a, M: Model> {
    /// The training rows, which may be some of the batch.
    rows: usize,
    size: usize,
    /// How many mini-batches make a step.
    together: usize,
    /// What of each mini-batch is gone over here.
    part: Part,
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
    fn mini_batches(&self) -> usize;

    /// Rows in a mini-batch, from 0.
    fn rows_of(&self, mini_batch: usize) -> usize;

    /// Before the first step: some rows, as many as the longest mini-batch has.
    fn longest(&self) -> Result<M::Batch<'_>, Error>;

    /// A mini-batch of the epoch, from 0, with the rows of its chunk in this order.
    fn mini_batch(&mut self, number: usize, order: &[usize]) -> Result<M::Batch<'_>, Error>;

    /// The loss of all rows.
    fn loss(&mut self, model: &M, workspace: &mut M::Workspace) -> Result<f64, Error>;
}

impl<'a, M: Model> Feed<'a, M> {
    /// A part of mini-batches of up to `size` of the training rows, of which there are so many, with one step for so many `together`.
    pub fn new(batch: M::Batch<'a>, rows: usize, [size, together]: [usize; 2], part: Part) -> Self {
        let size = size.min(rows);
        let source = if size == M::rows(&batch) {
            Source::Batch(batch)
        } else {
            Source::Copy(batch, M::batch_buffer(&batch, part.most(size)))
        };
        Feed { rows, size, together, part, source }
    }

    /// Mini-batches of a stream, with one step for so many `together`.
    #[cfg(feature = "data")]
    pub fn of_stream(stream: impl Stream<M> + 'a, together: usize) -> Self {
        let (rows, size) = (stream.rows(), stream.size());
        let (part, source) = (Part::WHOLE, Source::Stream(Box::new(stream)));
        Feed { rows, size, together, part, source }
    }

    /// Mini-batches in an epoch; the last may be short.
    pub fn mini_batches(&self) -> usize {
        match &self.source {
            Source::Batch(_) | Source::Copy(..) => self.rows.div_ceil(self.size),
            #[cfg(feature = "data")]
            Source::Stream(stream) => stream.mini_batches(),
        }
    }

    /// Steps in an epoch; the last may have fewer mini-batches.
    pub fn steps(&self) -> usize {
        self.mini_batches().div_ceil(self.together)
    }

    /// Which mini-batches of the epoch, from 0, a step takes together.
    pub fn mini_batches_of(&self, step: usize) -> Range<usize> {
        let first = step * self.together;
        first..self.mini_batches().min(first + self.together)
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

    /// Rows, as many as the longest mini-batch has here.
    #[cfg_attr(
        not(feature = "data"),
        expect(clippy::unnecessary_wraps, reason = "only a stream can fail")
    )]
    pub fn longest(&self) -> Result<M::Batch<'_>, Error> {
        match &self.source {
            Source::Batch(batch) | Source::Copy(batch, _) => {
                Ok(M::slice(batch, 0..self.part.most(self.size)))
            }
            #[cfg(feature = "data")]
            Source::Stream(stream) => stream.longest(),
        }
    }

    /// Which training rows a mini-batch, from 0, is of all members together.
    fn range(&self, mini_batch: usize) -> Range<usize> {
        let first = mini_batch * self.size;
        first..self.rows.min(first + self.size)
    }

    /// How many rows a mini-batch has of all members together.
    pub fn rows_of(&self, mini_batch: usize) -> usize {
        match &self.source {
            Source::Batch(_) | Source::Copy(..) => self.range(mini_batch).len(),
            #[cfg(feature = "data")]
            Source::Stream(stream) => stream.rows_of(mini_batch),
        }
    }

    /// A mini-batch of the epoch, from 0: none where other members have all its rows. Its examples have the numbers that they have in all
    /// of it.
    #[cfg_attr(
        not(feature = "data"),
        expect(clippy::unnecessary_wraps, reason = "only a stream can fail")
    )]
    pub fn mini_batch(
        &mut self,
        mini_batch: usize,
        order: &Order,
    ) -> Result<Option<M::Batch<'_>>, Error> {
        let whole = self.range(mini_batch);
        let part = self.part.of(self.rows_of(mini_batch));
        if part.is_empty() {
            return Ok(None);
        }
        Ok(Some(match &mut self.source {
            Source::Batch(batch) => M::slice(batch, part),
            Source::Copy(batch, buffer) => {
                let rows = &order.rows[whole][part.clone()];
                M::numbered_from(&M::gather(batch, rows, buffer), part.start)
            }
            #[cfg(feature = "data")]
            Source::Stream(stream) => stream.mini_batch(mini_batch, &order.rows)?,
        }))
    }

    /// The loss of all training rows that are gone over here, and how many these are.
    pub fn loss(
        &mut self,
        order: &Order,
        model: &M,
        workspace: &mut M::Workspace,
    ) -> Result<(f64, usize), Error> {
        match &mut self.source {
            Source::Batch(batch) | Source::Copy(batch, _) if self.rows == M::rows(batch) => {
                return Ok(loss_of_part(self.part, batch, model, workspace));
            }
            Source::Batch(_) | Source::Copy(..) => {}
            #[cfg(feature = "data")]
            Source::Stream(stream) => return Ok((stream.loss(model, workspace)?, self.rows)),
        }
        let mut total = Total::new(M::REDUCTION);
        for mini_batch in 0..self.mini_batches() {
            if let Some(mini_batch) = self.mini_batch(mini_batch, order)? {
                let loss = model.loss_into(&mini_batch, workspace).to_f64();
                total.add(loss, M::rows(&mini_batch));
            }
        }
        Ok((total.loss(), total.rows))
    }
}

/// The loss of a part of a batch, and how many rows this is: 0 where it is none.
pub fn loss_of_part<M: Model>(
    part: Part,
    batch: &M::Batch<'_>,
    model: &M,
    workspace: &mut M::Workspace,
) -> (f64, usize) {
    let rows = part.of(M::rows(batch));
    if rows.is_empty() {
        return (0.0, 0);
    }
    let count = rows.len();
    (model.loss_into(&M::slice(batch, rows), workspace).to_f64(), count)
}

/// The loss of several mini-batches together, reduced as the model reduces it.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    pub(super) reduction: Reduction,
    pub(super) loss: f64,
    pub(super) rows: usize,
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

    /// The rows so far.
    pub fn rows(&self) -> usize {
        self.rows
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
