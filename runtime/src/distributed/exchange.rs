//! What the members of a group tell each other in a training run.

use alloc::vec::Vec;
use core::ops::Range;

use crate::error::Error;
use crate::kernel::real::Real;
use crate::model::Reduction;
use crate::train::StopReason;

use super::fingerprint::Fingerprint;
use super::news::{LENGTH, News};
use super::{DistributedError, Group};

/// The place of a member in its group, and its memory for messages. Nothing is sent where it is the only one.
pub(crate) struct Exchange<'g, T> {
    group: Option<&'g dyn Group>,
    total: Vec<T>,
    news: News,
}

/// What all members know after a step's message.
pub(crate) enum Answer {
    /// The loss of all of the mini-batch, whose gradient they have.
    Loss(f64),
    /// Training ends before this step.
    Stop(StopReason),
}

/// Something that must be the same on all members, by its name.
pub(crate) type Topic = (&'static str, Fingerprint);

impl<'g, T: Real> Exchange<'g, T> {
    /// For messages with gradients of so many numbers.
    pub fn new(group: Option<&'g dyn Group>, length: usize) -> Self {
        let group = group.filter(|group| group.size() > 1);
        let room = if group.is_some() { length + 1 + LENGTH } else { 0 };
        Exchange { group, total: Vec::with_capacity(room), news: News::default() }
    }

    /// A gradient of so many zeros that can be sent.
    pub fn gradient(&self, length: usize) -> Vec<T> {
        let mut gradient = Vec::with_capacity(self.total.capacity().max(length));
        gradient.resize(length, T::ZERO);
        gradient
    }

    /// Whether there is nobody to tell anything.
    pub fn is_alone(&self) -> bool {
        self.group.is_none()
    }

    /// Whether this member speaks for all: it alone has observers and writes files.
    pub fn is_first(&self) -> bool {
        self.group.is_none_or(|group| group.rank() == 0)
    }

    /// Which of the members this is.
    pub fn part(&self) -> Part {
        self.group.map_or(Part::WHOLE, |group| Part { rank: group.rank(), size: group.size() })
    }

    /// Ends training on all members with the next message that says so.
    pub fn ask_to_stop(&mut self, reason: StopReason) {
        self.news.stop = Some(reason);
    }

    /// Lets all members know of a failure with the next message that says so, and keeps the error until then.
    pub fn fail(&mut self, error: Error) {
        self.news.failure.get_or_insert(error);
    }

    /// Whether a failure is still to be told.
    pub fn has_failed(&self) -> bool {
        self.news.failure.is_some()
    }

    /// Makes the gradient and loss of `rows` examples, which may be none, those of all `of` examples of a mini-batch: one message.
    ///
    /// # Errors
    /// If any member has failed.
    pub fn sum_gradient(
        &mut self,
        gradient: &mut Vec<T>,
        loss: f64,
        [rows, of]: [usize; 2],
        reduction: Reduction,
    ) -> Result<Answer, Error> {
        let Some(group) = self.group else { return Ok(Answer::Loss(loss)) };
        let length = gradient.len();
        let weight = weight(rows, of, reduction);
        if weight != 1.0 {
            let weight = T::from_f64(weight);
            for g in gradient.iter_mut() {
                *g *= weight;
            }
        }
        gradient.push(T::from_f64(loss * weight));
        gradient.extend(self.news.numbers(group.rank()).map(T::from_f64));
        self.total.resize(gradient.len(), T::ZERO);
        let sent = group.sum_into(T::numbers(gradient), T::numbers_mut(&mut self.total));
        core::mem::swap(gradient, &mut self.total);
        let loss = gradient[length].to_f64();
        let news = core::array::from_fn(|i| gradient[length + 1 + i].to_f64());
        gradient.truncate(length);
        sent?;
        Ok(self.news.heed(news)?.map_or(Answer::Loss(loss), Answer::Stop))
    }

    /// Makes the loss of `rows` examples, which may be none, that of all `of` examples.
    pub fn sum_loss(
        &self,
        loss: f64,
        [rows, of]: [usize; 2],
        reduction: Reduction,
    ) -> Result<f64, Error> {
        let Some(group) = self.group else { return Ok(loss) };
        let own = [loss * weight(rows, of, reduction)];
        let mut total = [0.0];
        group.sum_into(f64::numbers(&own), f64::numbers_mut(&mut total))?;
        Ok(total[0])
    }

    /// Finds out whether all members are well, whether these are the same on all of them, and whether training ends for another reason.
    ///
    /// # Errors
    /// The own one; else that another member has failed, or what is not the same.
    pub fn agree<const N: usize>(
        &mut self,
        epoch: Option<usize>,
        own: Result<(), Error>,
        topics: impl FnOnce() -> [Topic; N],
    ) -> Result<Option<StopReason>, Error> {
        let Some(group) = self.group else { return own.map(|()| None) };
        let topics = own.map(|()| topics()).map_err(|error| self.fail(error)).ok();
        let mut own = vec![0.0; N * 8];
        for (numbers, (_, hash)) in own.chunks_exact_mut(8).zip(topics.iter().flatten()) {
            for (pair, part) in numbers.chunks_exact_mut(2).zip(hash.parts()) {
                pair.copy_from_slice(&[part as f64, (part * part) as f64]);
            }
        }
        own.extend(self.news.numbers(group.rank()));
        let mut total = vec![0.0; own.len()];
        group.sum_into(f64::numbers(&own), f64::numbers_mut(&mut total))?;
        let news = core::array::from_fn(|i| total[N * 8 + i]);
        let stop = self.news.heed(news)?;
        for (numbers, (what, _)) in total.chunks_exact(8).zip(topics.into_iter().flatten()) {
            if !numbers.chunks_exact(2).all(|pair| is_constant(pair, group.size())) {
                return Err(Error::Distributed(DistributedError::Differs { what, epoch }));
            }
        }
        Ok(stop)
    }
}

/// Whether `count` integers with this sum and sum of squares are all the same: `n·Σp² = (Σp)²` (Cauchy and Schwarz), which all members find
/// or none, as comparing with a member's own would not.
fn is_constant(sums: &[f64], count: usize) -> bool {
    let [sum, squares] = [sums[0] as u128, sums[1] as u128];
    count as u128 * squares == sum * sum
}

/// What the loss of a part counts for.
fn weight(rows: usize, of: usize, reduction: Reduction) -> f64 {
    match reduction {
        Reduction::Mean if rows > 0 => rows as f64 / of as f64,
        Reduction::Mean | Reduction::Sum => 1.0,
    }
}

/// Which part of rows a member goes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    rank: usize,
    size: usize,
}

impl Part {
    /// All of them.
    pub const WHOLE: Part = Part { rank: 0, size: 1 };

    /// The part of so many rows: parts follow each other and differ by one row at most.
    pub fn of(self, rows: usize) -> Range<usize> {
        let bound = |rank| (rows as u128 * rank as u128 / self.size as u128) as usize;
        bound(self.rank)..bound(self.rank + 1)
    }

    /// The most rows that any member has of so many.
    pub fn most(self, rows: usize) -> usize {
        rows.div_ceil(self.size)
    }
}
