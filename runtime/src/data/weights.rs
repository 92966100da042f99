//! Weights that make rare classes count as much as frequent ones.

use crate::error::Error;
use crate::kernel::real::Real;

use super::error::DataError;

/// A weight for each class, so that all classes together weigh the same and the mean over the examples is 1: `n / (K·n_k)`, where `n` is
/// the number of examples, `K` that of classes, and `n_k` that of the examples of class `k`.
///
/// # Errors
/// [`Error::Data`]: a target is not below `classes`, or a class has no example.
///
/// # Examples
/// ```
/// use chainrule::data::{class_weights, example_weights};
///
/// let targets = [0, 0, 0, 1];
/// let weights: Vec<f32> = class_weights(&targets, 2)?;
/// assert_eq!(weights, [4.0 / 6.0, 2.0]);
/// assert_eq!(example_weights(&targets, &weights)?, [4.0 / 6.0, 4.0 / 6.0, 4.0 / 6.0, 2.0]);
/// # Ok::<(), chainrule::Error>(())
/// ```
///
/// # References
/// King & Zeng (2001), *Logistic Regression in Rare Events Data*, Political Analysis 9(2), section 4.
pub fn class_weights<T: Real>(targets: &[u32], classes: usize) -> Result<Vec<T>, Error> {
    let mut counts = vec![0_usize; classes];
    for (row, &class) in targets.iter().enumerate() {
        *find(&mut counts, row, class)? += 1;
    }
    if let Some(class) = counts.iter().position(|&count| count == 0) {
        return Err(DataError::NoExample { class }.into());
    }
    let examples = targets.len() as f64;
    let weight = |&count: &usize| T::from_f64(examples / (classes as f64 * count as f64));
    Ok(counts.iter().map(weight).collect())
}

/// The weight of each example: that of its class.
///
/// # Errors
/// [`Error::Data`]: a target has no weight.
pub fn example_weights<T: Real>(targets: &[u32], weights: &[T]) -> Result<Vec<T>, Error> {
    let mut weights = weights.to_vec();
    let targets = targets.iter().enumerate();
    targets.map(|(row, &class)| find(&mut weights, row, class).copied()).collect()
}

/// What belongs to the class of a row.
fn find<T>(of_classes: &mut [T], row: usize, class: u32) -> Result<&mut T, Error> {
    let classes = of_classes.len();
    let place = of_classes.get_mut(class as usize);
    place.ok_or_else(|| DataError::Class { row, found: class, classes }.into())
}
