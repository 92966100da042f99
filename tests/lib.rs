//! Root of the unpublished tests package; the code of the README is among its tests.

#[doc = include_str!("../README.md")]
#[cfg(doctest)]
pub struct Readme;
