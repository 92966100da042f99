//! Tables from CSV and memory, split and prepared for training.
//!
//! A [`Dataset`] has columns by name. From it to a model it is four steps: split the rows, learn on the part for training how columns are
//! prepared, prepare all parts alike, choose columns as inputs and target.
//!
//! ```
//! use chainrule::data::{Csv, Missing, Parts, Prepare, Split};
//! use chainrule::prelude::*;
//!
//! /// The price of a flat by its area and its city, one of two.
//! #[model(loss = mean_squared_error)]
//! fn price(x: Input<3>, w: Param<3>, b: Param) -> Output {
//!     x.dot(w) + b
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let file = "area,city,price\n50,Bonn,200\n80,Rome,400\nNA,Rome,450\n120,Bonn,480\n60,Rome,300\n100,Bonn,400\n";
//! let flats = Csv::new().read_from("flats.csv", file.as_bytes())?;
//! let Parts { train, test, .. } = Split::new().test(0.3).stratify("city").seed(7).apply(&flats)?;
//!
//! let preparation = Prepare::new()
//!     .standardize(["area", "price"])
//!     .one_hot(["city"])
//!     .missing("area", Missing::Mean)
//!     .fit(&train)?;
//! let (train, test) = (preparation.apply(&train)?, preparation.apply(&test)?);
//!
//! let columns = ["area", "city"];
//! let (x, y) = (train.inputs(columns)?, train.target("price")?);
//! let mut model = Price::seeded(42);
//! Trainer::new(Adam::new(0.1)).fit(&mut model, &Price::batch(&x, &y)?)?;
//!
//! let mut prices = model.predict(&test.inputs(columns)?)?;
//! preparation.undo("price", &mut prices)?;
//! println!("{prices:?}");
//! # Ok(())
//! # }
//! ```
//!
//! Whatever is wrong with a file, a column or a row is an [`Error::Data`](crate::Error::Data) that names it; no row is dropped and no value
//! filled in unless [`Missing`] says so, and then a [`Summary`] counts them.
//!
//! What does not fit in memory comes in [chunks](Csv::chunks), [read ahead](read_ahead) by a thread, to
//! [`Trainer::fit_stream`](crate::train::Trainer::fit_stream). [`class_weights`] are for classes that are rare.

mod column;
mod dataset;
mod error;
mod fault;
mod summary;

mod collect;
mod csv;
#[cfg(feature = "ndarray_0_17")]
mod ndarray_0_17;

mod folds;
mod split;
mod strata;

mod preparation;
mod read_ahead;
mod weights;

pub use self::csv::{Csv, CsvChunks};
pub use self::dataset::Dataset;
pub use self::error::DataError;
pub use self::fault::{Fault, Faults, Problem, Unit};
pub use self::folds::{Fold, Folds};
pub use self::preparation::{Missing, Preparation, Prepare, Unknown};
pub use self::read_ahead::{ReadAhead, read_ahead};
pub use self::split::{Parts, Split};
pub use self::summary::{MissingValues, Summary};
pub use self::weights::{class_weights, example_weights};

#[cfg(test)]
mod tests;
