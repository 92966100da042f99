//! The progress of a run as named lists of numbers, and back.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::error::Error;
use crate::kernel::real::Real;
use crate::optimizer::OptimizerState;

use super::average::Mean;
use super::feed::{Order, Total};
use super::history::Epoch;
use super::progress::Progress;
use super::undo::Undo;
use super::watch::Watch;

/// What stands between the names of metrics.
const SEPARATOR: &str = "\0";

/// Where lists are written down.
pub trait Sink<T> {
    /// Writes integers.
    fn words(&mut self, name: &str, words: &[u64]);
    /// Writes numbers that are of double precision whatever the model's scalar type is.
    fn doubles(&mut self, name: &str, numbers: &[f64]);
    /// Writes numbers of the model's scalar type.
    fn reals(&mut self, name: &str, numbers: &[T]);
    /// Writes a text.
    fn text(&mut self, name: &str, text: &str);
}

/// Where lists are read from; that there is none of a name, or of another kind, is an error.
pub trait Source<T> {
    /// Reads integers.
    fn words(&self, name: &str) -> Result<Vec<u64>, Error>;
    /// Reads numbers of double precision.
    fn doubles(&self, name: &str) -> Result<Vec<f64>, Error>;
    /// Reads numbers of the model's scalar type.
    fn reals(&self, name: &str) -> Result<Vec<T>, Error>;
    /// Reads a text.
    fn text(&self, name: &str) -> Result<String, Error>;
    /// What to say of a list that does not fit.
    fn misfit(&self, name: &str, requirement: String) -> Error;
}

impl<T: Real> Progress<T> {
    /// Writes everything down.
    pub fn write(&self, sink: &mut impl Sink<T>) {
        // Whatever is added to the progress of a run must be written and read.
        let Progress { epoch, step, total, order, last_finite_loss, undo, watch, average, epochs } =
            self;
        let Total { reduction: _, loss, rows } = total;
        sink.words("position", &[*epoch as u64, *step as u64]);
        sink.doubles("loss", &[*loss]);
        sink.words("loss.rows", &[*rows as u64]);
        let Order { rows, generator } = order;
        sink.words("order", &words_of(rows));
        sink.words("generator", &generator.state());
        sink.doubles("last_finite_loss", last_finite_loss.as_slice());
        undo.write(sink);
        watch.write(sink);
        write_average(average.as_ref(), sink);
        write_epochs(epochs, sink);
    }

    /// Reads everything, for a run that is `self` before its first step, of so many steps in each epoch and so many parameters.
    pub fn read(
        &self,
        source: &impl Source<T>,
        steps: usize,
        parameters: usize,
    ) -> Result<Self, Error> {
        let [epoch, step] = exactly(source, "position")?;
        if step > steps {
            return Err(source.misfit("position", format!("at most {steps} steps in an epoch")));
        }
        let [rows] = exactly(source, "loss.rows")?;
        let [loss] = source.doubles("loss")?.try_into().map_err(|_| one(source, "loss"))?;
        Ok(Progress {
            epoch,
            step,
            total: Total { reduction: self.total.reduction, loss, rows },
            order: self.order.read(source)?,
            last_finite_loss: source.doubles("last_finite_loss")?.first().copied(),
            undo: Undo::read(source, parameters)?,
            watch: self.watch.read(source, epoch, parameters)?,
            average: read_average(source, self.average.is_some(), parameters)?,
            epochs: read_epochs(source, epoch)?,
        })
    }
}

impl Order {
    /// Another order of the same rows.
    fn read<T>(&self, source: &impl Source<T>) -> Result<Self, Error> {
        let rows = positions(source, "order")?;
        let sorted = |rows: &[usize]| {
            let mut sorted = rows.to_vec();
            sorted.sort_unstable();
            sorted
        };
        if sorted(&rows) != sorted(&self.rows) {
            let requirement = format!("an order of the {} training rows", self.rows.len());
            return Err(source.misfit("order", requirement));
        }
        let state = exactly_words(source, "generator")?;
        if state == [0; 4] {
            return Err(source.misfit("generator", "a state other than 0".to_owned()));
        }
        Ok(Order { rows, generator: crate::generator::Generator::with_state(state) })
    }
}

impl<T: Real> Undo<T> {
    fn write(&self, sink: &mut impl Sink<T>) {
        let bounds = self.parts().ranges().iter().flat_map(|part| [part.start, part.end]);
        sink.words("undo.parts", &words_of(&bounds.collect::<Vec<_>>()));
        sink.reals("undo", self.values());
    }

    fn read(source: &impl Source<T>, parameters: usize) -> Result<Self, Error> {
        let (bounds, values) = (positions(source, "undo.parts")?, source.reals("undo")?);
        let are_apart = bounds.is_sorted() && bounds.last().is_none_or(|&end| end <= parameters);
        if bounds.len() % 2 != 0 || !are_apart {
            let requirement = format!("ascending parts of {parameters} parameters");
            return Err(source.misfit("undo.parts", requirement));
        }
        let (pairs, _) = bounds.as_chunks::<2>();
        let ranges: Vec<_> = pairs.iter().map(|&[start, end]| start..end).collect();
        let count: usize = ranges.iter().map(ExactSizeIterator::len).sum();
        if values.len() != count {
            return Err(source.misfit("undo", format!("the {count} numbers of `undo.parts`")));
        }
        Ok(Undo::of(ranges, values))
    }
}

impl<T: Real> Watch<T> {
    fn write(&self, sink: &mut impl Sink<T>) {
        let Watch { patience: _, best_epoch, best_loss, improved_epoch, improved_loss, parameters } =
            self;
        sink.words("best.epochs", &words_of(&[*best_epoch, *improved_epoch]));
        sink.doubles("best.losses", &[*best_loss, *improved_loss]);
        sink.reals("best.parameters", parameters);
    }

    fn read(&self, source: &impl Source<T>, epoch: usize, count: usize) -> Result<Self, Error> {
        let epochs = exactly(source, "best.epochs")?;
        if epochs.iter().any(|&best| best > epoch) {
            return Err(source.misfit("best.epochs", format!("at most the {epoch} epochs done")));
        }
        let losses = source.doubles("best.losses")?.try_into();
        let losses = losses.map_err(|_| source.misfit("best.losses", "2 numbers".to_owned()))?;
        let parameters = source.reals("best.parameters")?;
        let expected = if self.patience.is_some() { count } else { 0 };
        if parameters.len() != expected {
            return Err(source.misfit("best.parameters", format!("{expected} numbers")));
        }
        let ([best_epoch, improved_epoch], [best_loss, improved_loss]) = (epochs, losses);
        let patience = self.patience;
        Ok(Watch { patience, best_epoch, best_loss, improved_epoch, improved_loss, parameters })
    }
}

fn write_average<T>(average: Option<&Mean>, sink: &mut impl Sink<T>) {
    let (values, count) = average.map_or((&[][..], 0), |mean| (&mean.values, mean.count));
    sink.doubles("average", values);
    sink.words("average.count", &[count]);
}

/// Reads the average of a run that has one, or has none, of so many parameters.
fn read_average<T>(
    source: &impl Source<T>,
    has_average: bool,
    parameters: usize,
) -> Result<Option<Mean>, Error> {
    let (values, [count]) = (source.doubles("average")?, exactly_words(source, "average.count")?);
    let expected = if has_average { parameters } else { 0 };
    if values.len() != expected || values.iter().any(|value| !value.is_finite()) {
        return Err(source.misfit("average", format!("{expected} finite numbers")));
    }
    Ok(has_average.then_some(Mean { values, count }))
}

/// Writes the epochs as columns; no validation loss is NaN, which no validation loss can be.
fn write_epochs<T>(epochs: &[Epoch], sink: &mut impl Sink<T>) {
    let column = |of: &dyn Fn(&Epoch) -> f64| epochs.iter().map(of).collect::<Vec<f64>>();
    let words = |of: &dyn Fn(&Epoch) -> usize| words_of(&epochs.iter().map(of).collect::<Vec<_>>());
    sink.words("history.epochs", &words(&|epoch| epoch.epochs));
    sink.words("history.steps", &words(&|epoch| epoch.steps));
    sink.doubles("history.loss", &column(&|epoch| epoch.loss));
    sink.doubles("history.learning_rate", &column(&|epoch| epoch.learning_rate));
    let validation = column(&|epoch| epoch.validation_loss.unwrap_or(f64::NAN));
    sink.doubles("history.validation_loss", &validation);
    let metrics = || epochs.iter().flat_map(|epoch| &epoch.metrics);
    let mut names: Vec<&str> = Vec::new();
    let places = metrics().map(|(name, _)| {
        names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        })
    });
    let places = words_of(&places.collect::<Vec<_>>());
    sink.words("history.metrics.count", &words(&|epoch| epoch.metrics.len()));
    sink.words("history.metrics.name", &places);
    sink.doubles("history.metrics", &metrics().map(|&(_, value)| value).collect::<Vec<_>>());
    sink.text("history.metrics.names", &names.join(SEPARATOR));
}

fn read_epochs<T>(source: &impl Source<T>, count: usize) -> Result<Vec<Epoch>, Error> {
    let misfit = |name: &str| source.misfit(name, format!("a number for each of {count} epochs"));
    let words = |name: &str| -> Result<Vec<usize>, Error> {
        let words = positions(source, name)?;
        if words.len() == count { Ok(words) } else { Err(misfit(name)) }
    };
    let doubles = |name: &str| -> Result<Vec<f64>, Error> {
        let numbers = source.doubles(name)?;
        if numbers.len() == count { Ok(numbers) } else { Err(misfit(name)) }
    };
    let (asked, steps) = (words("history.epochs")?, words("history.steps")?);
    let (losses, rates) = (doubles("history.loss")?, doubles("history.learning_rate")?);
    let validation = doubles("history.validation_loss")?;
    let counts = words("history.metrics.count")?;
    let mut metrics = read_metrics(source)?.into_iter();
    let epochs = (0..count).map(|place| Epoch {
        epoch: place + 1,
        epochs: asked[place],
        steps: steps[place],
        loss: losses[place],
        validation_loss: Some(validation[place]).filter(|loss| !loss.is_nan()),
        metrics: metrics.by_ref().take(counts[place]).collect(),
        learning_rate: rates[place],
    });
    Ok(epochs.collect())
}

fn read_metrics<T>(source: &impl Source<T>) -> Result<Vec<(Cow<'static, str>, f64)>, Error> {
    let values = source.doubles("history.metrics")?;
    let names = source.text("history.metrics.names")?;
    let (names, places): (Vec<&str>, _) =
        (names.split(SEPARATOR).collect(), positions(source, "history.metrics.name")?);
    if places.len() != values.len() || places.iter().any(|&place| place >= names.len()) {
        return Err(source.misfit("history.metrics.name", format!("{} names", values.len())));
    }
    let named = places.iter().zip(&values);
    Ok(named.map(|(&place, &value)| (names[place].to_owned().into(), value)).collect())
}

impl<T: Real> OptimizerState<T> {
    /// Writes the state down.
    pub(crate) fn write(&self, sink: &mut impl Sink<T>) {
        let OptimizerState { name, numbers, vectors } = self;
        let (numbers, vectors) = (numbers.as_slice(), vectors.as_slice());
        sink.text("optimizer", name);
        sink.text("optimizer.numbers.names", &names(numbers));
        sink.text("optimizer.vectors.names", &names(vectors));
        let values: Vec<f64> = numbers.iter().map(|&(_, value)| value).collect();
        sink.doubles("optimizer.numbers", &values);
        for (name, values) in vectors {
            sink.reals(&vector_name(name), values);
        }
    }

    /// Reads a state.
    pub(crate) fn read(source: &impl Source<T>) -> Result<Self, Error> {
        let lines = |name: &str| -> Result<Vec<String>, Error> {
            Ok(source.text(name)?.lines().map(str::to_owned).collect())
        };
        let names = lines("optimizer.numbers.names")?;
        let values = source.doubles("optimizer.numbers")?;
        if names.len() != values.len() {
            let requirement = format!("{} numbers, as many as have names", names.len());
            return Err(source.misfit("optimizer.numbers", requirement));
        }
        let vectors = lines("optimizer.vectors.names")?.into_iter().map(|name| {
            let values = source.reals(&vector_name(&name))?;
            Ok((name, values))
        });
        Ok(OptimizerState {
            name: source.text("optimizer")?,
            numbers: names.into_iter().zip(values).collect(),
            vectors: vectors.collect::<Result<_, Error>>()?,
        })
    }
}

fn names<V>(named: &[(String, V)]) -> String {
    named.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("\n")
}

fn vector_name(name: &str) -> String {
    format!("optimizer.vector.{name}")
}

fn words_of(numbers: &[usize]) -> Vec<u64> {
    numbers.iter().map(|&number| number as u64).collect()
}

/// Integers that count or name something in memory.
fn positions<T>(source: &impl Source<T>, name: &str) -> Result<Vec<usize>, Error> {
    let words = source.words(name)?.into_iter().map(usize::try_from);
    let words: Result<_, _> = words.collect();
    words.map_err(|_| source.misfit(name, "numbers that this machine can address".to_owned()))
}

fn exactly<T, const N: usize>(source: &impl Source<T>, name: &str) -> Result<[usize; N], Error> {
    let many = |_| source.misfit(name, format!("{N} numbers"));
    positions(source, name)?.try_into().map_err(many)
}

fn exactly_words<T, const N: usize>(
    source: &impl Source<T>,
    name: &str,
) -> Result<[u64; N], Error> {
    source.words(name)?.try_into().map_err(|_| source.misfit(name, format!("{N} numbers")))
}

fn one<T>(source: &impl Source<T>, name: &str) -> Error {
    source.misfit(name, "one number".to_owned())
}
