//! The place of checkpoints where the feature `checkpoint` is off: nothing is written down, and no run goes on.

use crate::error::Error;
use crate::model::Model;
use crate::optimizer::Optimizer;

use super::Settings;
use super::history::Resumed;
use super::progress::Progress;

/// No checkpoints.
pub struct Keeping;

#[allow(
    clippy::unused_self,
    clippy::unnecessary_wraps,
    reason = "these are the methods of what stands here with the feature"
)]
impl Keeping {
    /// None.
    pub fn none() -> Self {
        Keeping
    }

    /// Nothing is written anyway.
    pub fn only_read(&mut self) {}

    /// Nothing is out of range.
    pub fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Nothing is to be compared later.
    pub fn note(&mut self, _: &Settings, _: usize, _: usize, _: usize) {}

    /// There is no earlier run.
    pub fn resume<M: Model>(
        &mut self,
        _: usize,
        _: &mut M,
        _: &mut dyn Optimizer<M::Scalar>,
        _: &mut Progress<M::Scalar>,
    ) -> Result<Option<Resumed>, Error> {
        Ok(None)
    }

    /// Nothing is written.
    pub fn after_step<M: Model>(
        &mut self,
        _: &M,
        _: &dyn Optimizer<M::Scalar>,
        _: &Progress<M::Scalar>,
    ) -> Result<(), Error> {
        Ok(())
    }

    /// Nothing is written.
    pub fn after_epoch<M: Model>(
        &mut self,
        _: &M,
        _: &dyn Optimizer<M::Scalar>,
        _: &Progress<M::Scalar>,
    ) -> Result<(), Error> {
        Ok(())
    }

    /// Nothing is written.
    pub fn end<M: Model>(
        &mut self,
        _: &M,
        _: &dyn Optimizer<M::Scalar>,
        _: &Progress<M::Scalar>,
    ) -> Result<(), Error> {
        Ok(())
    }
}
