//! What a member has to say beside its numbers.

use crate::error::Error;
use crate::train::StopReason;

use super::DistributedError;

/// Why training may end on the wish of one member, the most urgent first.
const REASONS: [StopReason; 3] = [StopReason::Observer, StopReason::Asked, StopReason::TimeLimit];
/// How many numbers news is: a count for each reason, the failures, and the sum of the ranks that failed, each plus one.
pub const LENGTH: usize = REASONS.len() + 2;

/// What has happened to a member that the others do not know yet.
#[derive(Debug, Default)]
pub struct News {
    /// It wants training to end.
    pub stop: Option<StopReason>,
    /// It cannot go on.
    pub failure: Option<Error>,
}

impl News {
    /// As numbers that can be added.
    pub fn numbers(&self, rank: usize) -> [f64; LENGTH] {
        let mut numbers = [0.0; LENGTH];
        for (number, reason) in numbers.iter_mut().zip(REASONS) {
            *number = f64::from(u8::from(self.stop == Some(reason)));
        }
        if self.failure.is_some() {
            numbers[REASONS.len()] = 1.0;
            numbers[REASONS.len() + 1] = (rank + 1) as f64;
        }
        numbers
    }

    /// What the sums over all members say, by which this member's news is known to all.
    pub fn heed(&mut self, sums: [f64; LENGTH]) -> Result<Option<StopReason>, Error> {
        self.stop = None;
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        let [failures, ranks] = [sums[REASONS.len()], sums[REASONS.len() + 1]];
        if failures != 0.0 {
            let rank = (failures == 1.0).then(|| ranks as usize - 1);
            return Err(Error::Distributed(DistributedError::OtherFailed { rank }));
        }
        Ok(REASONS.into_iter().zip(sums).find(|(_, count)| *count != 0.0).map(|(reason, _)| reason))
    }
}
