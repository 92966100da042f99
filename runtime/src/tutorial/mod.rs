//! Twelve models, from a line to a transformer block: what to write, and why it is written so.
//!
//! Each page is one program that runs, tested as it stands. They build on one another; the functions they use are listed in the
//! [`reference`](crate::reference).

pub mod line;

pub mod formula;

pub mod odds;

pub mod perceptron;

pub mod classes;

pub mod factorization;

pub mod pieces;

pub mod recurrent;

pub mod pendulum;

pub mod physics;

pub mod gaussian_process;

pub mod transformer;
