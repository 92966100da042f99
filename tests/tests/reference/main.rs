//! Losses and gradients of models of growing difficulty against values that do not come from this code: `tests/reference/make.py`
//! computes them with 60 digits from the textbooks' formulas. A file a family, here and there.

mod compare;
mod second;
mod values;

mod algebra;
mod choices;
mod structure;

mod losses;
mod perceptrons;

mod attention;
mod convolution;
mod sequences;

mod derivatives;
mod finance;
mod likelihoods;
mod linear_algebra;
mod physics;
