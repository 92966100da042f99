//! Training on rows that come in chunks, because all of them do not fit in memory.

use crate::data::DataError;
use crate::distributed::Exchange;
use crate::error::Error;
use crate::generator::Generator;
use crate::kernel::real::Real;
use crate::model::{Model, require_dims};
use crate::optimizer::Optimizer;

use super::feed::{Feed, Order, Stream, Total};
use super::groups::Stretches;
use super::history::History;
use super::run::Run;
use super::{Trainer, Validation};

/// Rows that are in memory together: a vector for each input, row by row.
///
/// Vectors of numbers or indices are chunks, and so are tuples of chunks: `(Vec<f32>, Vec<u32>)` of an input and a class target. A slice
/// among them is data that all rows share.
pub trait Chunk: Default {
    /// Overwrites `into` with the rows that `order` lists, of the `rows` there are.
    ///
    /// # Panics
    /// If `order` lists a row past the last.
    fn gather(&self, rows: usize, order: &[usize], into: &mut Self);
}

impl<U: Copy> Chunk for Vec<U> {
    fn gather(&self, rows: usize, order: &[usize], into: &mut Self) {
        let width = self.len() / rows;
        into.clear();
        for row in order {
            into.extend_from_slice(&self[row * width..][..width]);
        }
    }
}

impl<U> Chunk for &[U] {
    fn gather(&self, _: usize, _: &[usize], into: &mut Self) {
        *into = self;
    }
}

macro_rules! chunks {
    ($(($($part:ident $place:tt),+))+) => {
        $(impl<$($part: Chunk),+> Chunk for ($($part,)+) {
            fn gather(&self, rows: usize, order: &[usize], into: &mut Self) {
                $(self.$place.gather(rows, order, &mut into.$place);)+
            }
        })+
    };
}

chunks! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
}

impl<M: Model, O: Optimizer<M::Scalar>> Trainer<'_, M, O> {
    /// Trains `model` on rows that come in chunks, such as those of a file that is larger than memory.
    ///
    /// `open` begins a pass over the chunks, which must be the same each time; `batch` makes a batch of a chunk, or of some of its rows.
    /// There is a pass for each epoch, one before the first, in which all rows are counted and checked, and one after the last, for the
    /// final loss; with [`early_stopping`](Trainer::early_stopping) and no validation batch, one after each epoch.
    ///
    /// A mini-batch has rows of one chunk, so the last one of a chunk may be short. In each epoch the rows of chunks are put in a new order by
    /// the seed, the same in all chunks; the chunks stay in theirs. A file whose rows are sorted by their target is to be shuffled before.
    ///
    /// Memory is that of two chunks: the one in use and the one being read; of as many more as are [read
    /// ahead](crate::data::read_ahead).
    ///
    /// # Errors
    /// Those of [`fit`](Trainer::fit), and
    /// - whatever `open`, its chunks, and `batch` return; the model has the parameters of the last finished step;
    /// - [`Error::Data`]: there are no rows, or a pass yields other chunks than the first;
    /// - [`Error::Setting`]: a [`validation_split`](Trainer::validation_split) is wanted, but rows that are not in memory cannot be set aside;
    ///   or a [`group`](Trainer::group), whose members would have to share the chunks.
    ///
    /// # Examples
    /// ```
    /// use chainrule::data::{Csv, read_ahead};
    /// use chainrule::prelude::*;
    ///
    /// #[model(loss = mean_squared_error)]
    /// fn line(x: Input, slope: Param, offset: Param) -> Output {
    ///     slope * x + offset
    /// }
    ///
    /// # fn main() -> Result<(), chainrule::Error> {
    /// # let path = std::env::temp_dir().join(format!("chainrule stream {}.csv", std::process::id()));
    /// # let rows: String = (0..1000).fold("x,y\n".to_owned(), |rows, x| format!("{rows}{},{}\n", x % 7, 2 * (x % 7) + 1));
    /// # std::fs::write(&path, rows).unwrap();
    /// let mut model = Line::seeded(7);
    /// let open = || {
    ///     let chunks = Csv::new().chunks(&path, 256)?;
    ///     let chunks = chunks.map(|chunk| {
    ///         let chunk = chunk?;
    ///         Ok((chunk.inputs(["x"])?, chunk.target("y")?))
    ///     });
    ///     read_ahead(2, chunks)
    /// };
    /// let trainer = Trainer::new(Adam::new(0.05)).epochs(20);
    /// let history = trainer.fit_stream(&mut model, open, |(x, y)| Line::batch(x, y))?;
    /// println!("{history}");
    /// assert!((model.slope() - 2.0).abs() < 1e-2 && (model.offset() - 1.0).abs() < 1e-2);
    /// # std::fs::remove_file(&path).unwrap();
    /// # Ok(())
    /// # }
    /// ```
    pub fn fit_stream<C: Chunk, I: Iterator<Item = Result<C, Error>>>(
        self,
        model: &mut M,
        open: impl FnMut() -> Result<I, Error>,
        batch: impl for<'c> Fn(&'c C) -> Result<M::Batch<'c>, Error>,
    ) -> Result<History, Error> {
        self.check(model)?;
        if self.group.is_some() {
            let (name, requirement) = ("group", "no group where rows come in a stream");
            return Err(Error::Setting { name, requirement, found: "set".to_owned() });
        }
        let Trainer { optimizer, settings, validation, mut observers, keeping, stopping, .. } =
            self;
        let validation = match validation {
            Validation::None => None,
            Validation::Batch(rows) => Some(rows),
            Validation::Share(share) => {
                let requirement =
                    "`validation` with a batch, as the rows of a stream are not in memory";
                let found = share.to_string();
                return Err(Error::Setting { name: "validation_split", requirement, found });
            }
        };
        let chunks = Chunks::count(&*model, settings.batch_size, open, batch)?;
        let rows = (0..chunks.longest_chunk()).collect();
        let order = Order { rows, generator: Generator::new(settings.seed) };
        let mut feed = Feed::of_stream(chunks, settings.accumulate);
        let stretches =
            Stretches::resolve(&settings.groups, &model.layout(), &settings.limits, &optimizer)?;
        let exchange = Exchange::new(None, model.parameters().len());
        let run =
            Run::new(model, optimizer, &settings, stretches, order, &feed.longest()?, exchange)
                .kept_in(keeping)
                .stopped_by(stopping.start());
        run.train(&mut feed, validation.as_ref(), &mut observers)
    }
}

/// A stream, with the chunk whose turn it is.
struct Chunks<C, I, F, B> {
    open: F,
    batch: B,
    /// What is left of this pass.
    source: Option<I>,
    /// The chunks of this pass that have been taken.
    taken: usize,
    /// The last one of them.
    chunk: C,
    mini: C,
    places: Vec<usize>,
    /// The rows of each chunk.
    lengths: Vec<usize>,
    /// The first mini-batch of each chunk.
    starts: Vec<usize>,
    batch_size: usize,
    mini_batches: usize,
}

impl<C, I, F, B> Chunks<C, I, F, B>
where
    C: Chunk,
    I: Iterator<Item = Result<C, Error>>,
    F: FnMut() -> Result<I, Error>,
{
    /// Takes all chunks once, to see how many rows they have and that each is a batch of the model.
    fn count<M: Model>(model: &M, batch_size: usize, open: F, batch: B) -> Result<Self, Error>
    where
        B: for<'c> Fn(&'c C) -> Result<M::Batch<'c>, Error>,
    {
        let mut chunks = Chunks {
            open,
            batch,
            source: None,
            taken: 0,
            chunk: C::default(),
            mini: C::default(),
            places: Vec::new(),
            lengths: Vec::new(),
            starts: Vec::new(),
            batch_size,
            mini_batches: 0,
        };
        for chunk in (chunks.open)()? {
            let chunk = chunk?;
            let batch = (chunks.batch)(&chunk)?;
            require_dims(model, &batch)?;
            let rows = M::rows(&batch);
            if rows > chunks.longest_chunk() {
                chunks.places = (0..rows.min(batch_size)).collect();
                chunk.gather(rows, &chunks.places, &mut chunks.mini);
            }
            chunks.lengths.push(rows);
            chunks.starts.push(chunks.mini_batches);
            chunks.mini_batches += rows.div_ceil(batch_size);
        }
        if chunks.lengths.is_empty() {
            return Err(DataError::EmptyStream.into());
        }
        Ok(chunks)
    }

    /// The chunk that a mini-batch is of.
    fn index_of(&self, mini_batch: usize) -> usize {
        self.starts.partition_point(|&start| start <= mini_batch) - 1
    }

    fn longest_chunk(&self) -> usize {
        self.lengths.iter().copied().max().unwrap_or(0)
    }

    /// Makes this the chunk whose turn it is.
    fn turn_to<M: Model>(&mut self, index: usize) -> Result<(), Error>
    where
        B: for<'c> Fn(&'c C) -> Result<M::Batch<'c>, Error>,
    {
        if index + 1 < self.taken {
            (self.source, self.taken) = (None, 0);
        }
        while self.taken <= index {
            let source = match &mut self.source {
                Some(source) => source,
                none => none.insert((self.open)()?),
            };
            let changed = |chunk, expected, found| {
                Err(Error::Data(DataError::Stream { chunk, expected, found }))
            };
            let expected = self.lengths[self.taken];
            let Some(chunk) = source.next() else { return changed(self.taken, expected, 0) };
            self.chunk = chunk?;
            let found = M::rows(&(self.batch)(&self.chunk)?);
            if found != expected {
                return changed(self.taken, expected, found);
            }
            self.taken += 1;
            if self.taken == self.lengths.len()
                && let Some(more) = source.next()
            {
                return changed(self.taken, 0, M::rows(&(self.batch)(&more?)?));
            }
        }
        Ok(())
    }
}

impl<M, C, I, F, B> Stream<M> for Chunks<C, I, F, B>
where
    M: Model,
    C: Chunk,
    I: Iterator<Item = Result<C, Error>>,
    F: FnMut() -> Result<I, Error>,
    B: for<'c> Fn(&'c C) -> Result<M::Batch<'c>, Error>,
{
    fn rows(&self) -> usize {
        self.lengths.iter().sum()
    }

    fn size(&self) -> usize {
        self.longest_chunk().min(self.batch_size)
    }

    fn mini_batches(&self) -> usize {
        self.mini_batches
    }

    fn rows_of(&self, mini_batch: usize) -> usize {
        let index = self.index_of(mini_batch);
        let first = (mini_batch - self.starts[index]) * self.batch_size;
        (self.lengths[index] - first).min(self.batch_size)
    }

    fn longest(&self) -> Result<M::Batch<'_>, Error> {
        (self.batch)(&self.mini)
    }

    fn mini_batch(&mut self, number: usize, order: &[usize]) -> Result<M::Batch<'_>, Error> {
        let index = self.index_of(number);
        self.turn_to::<M>(index)?;
        let rows = self.lengths[index];
        let first = (number - self.starts[index]) * self.batch_size;
        self.places.clear();
        if rows == order.len() {
            self.places.extend(order.iter().skip(first).take(self.batch_size));
        } else {
            let places = order.iter().filter(|&&place| place < rows);
            self.places.extend(places.skip(first).take(self.batch_size));
        }
        self.chunk.gather(rows, &self.places, &mut self.mini);
        (self.batch)(&self.mini)
    }

    fn loss(&mut self, model: &M, workspace: &mut M::Workspace) -> Result<f64, Error> {
        let mut total = Total::new(M::REDUCTION);
        for index in 0..self.lengths.len() {
            self.turn_to::<M>(index)?;
            let batch = (self.batch)(&self.chunk)?;
            total.add(model.loss_into(&batch, workspace).to_f64(), M::rows(&batch));
        }
        Ok(total.loss())
    }
}

#[cfg(test)]
mod tests;
