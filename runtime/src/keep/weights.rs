//! Parameters to a file, and back.

use std::path::Path;

use crate::error::Error;
use crate::model::Model;

use super::content::Content;
use super::error::{KeepError, Problem};
use super::mapping::{Mapping, Place};
use super::{file, numbers};

/// What the names of tensors begin with that hold a state of training; no parameter is called so.
pub const TRAINING: &str = "training/";

/// Writes the parameters as `mapping` says.
pub fn save<M: Model>(mapping: &Mapping, model: &M, path: &Path) -> Result<(), Error> {
    let mut content = content(mapping, model)?;
    let bytes = content.encode().map_err(|problem| KeepError::new(path, problem))?;
    Ok(file::replace(path, &bytes)?)
}

/// Reads the parameters as `mapping` says; the model changes when all is well.
pub fn load<M: Model>(mapping: &Mapping, model: &mut M, path: &Path) -> Result<(), Error> {
    let places = mapping.places(model.layout())?;
    let bytes = file::read(path)?;
    let theta = Content::from_bytes(&bytes)
        .and_then(|content| theta::<M>(mapping, &places, model.parameters(), &content))
        .map_err(|problem| KeepError::new(path, problem))?;
    model.parameters_mut().copy_from_slice(&theta);
    Ok(())
}

/// A file of the model's parameters, with what tells the model.
pub fn content<M: Model>(mapping: &Mapping, model: &M) -> Result<Content<'static>, Error> {
    let mut content = Content::default();
    content.set("version", env!("CARGO_PKG_VERSION"));
    content.set("definition", format!("{:016x}", M::DEFINITION_HASH));
    for place in mapping.places(model.layout())? {
        let values = place.write(&model.parameters()[place.parameter.range()]);
        content.add(place.tensor, numbers::real_tensor(place.shape, values));
    }
    Ok(content)
}

/// The parameters in a file, if it has all of them and is of this model.
pub fn theta<M: Model>(
    mapping: &Mapping,
    places: &[Place],
    current: &[M::Scalar],
    content: &Content<'_>,
) -> Result<Vec<M::Scalar>, Problem> {
    if !mapping.any_definition {
        require_definition(M::DEFINITION_HASH, content)?;
    }
    if !mapping.ignores_others {
        require_no_others(places, content)?;
    }
    let mut theta = current.to_vec();
    for place in places {
        let name = &place.tensor;
        let Some(tensor) = content.tensor(name) else {
            let found = content.names().filter(|name| !name.starts_with(TRAINING));
            let found = found.map(str::to_owned).collect();
            return Err(Problem::Missing { tensor: name.clone(), found });
        };
        if tensor.shape != place.shape {
            let (expected, found) = (place.shape.clone(), tensor.shape.clone());
            return Err(Problem::Shape { tensor: name.clone(), expected, found });
        }
        let values = if mapping.converts {
            numbers::converted(name, tensor)?
        } else {
            numbers::reals(name, tensor)?
        };
        place.read(&values, &mut theta[place.parameter.range()]);
    }
    Ok(theta)
}

/// Refuses a file of a model that is defined otherwise; one that does not say what it is for is taken.
fn require_definition(expected: u64, content: &Content<'_>) -> Result<(), Problem> {
    let Some(text) = content.property("definition") else { return Ok(()) };
    let found = u64::from_str_radix(text, 16).unwrap_or(0);
    if expected == found || expected == 0 || found == 0 {
        return Ok(());
    }
    Err(Problem::Definition { expected, found })
}

fn require_no_others(places: &[Place], content: &Content<'_>) -> Result<(), Problem> {
    let is_known = |name: &str| places.iter().any(|place| place.tensor == name);
    let mut others = content.names().filter(|name| !name.starts_with(TRAINING) && !is_known(name));
    let Some(other) = others.next() else { return Ok(()) };
    let expected = places.iter().map(|place| place.tensor.clone()).collect();
    Err(Problem::Unexpected { tensor: other.to_owned(), expected })
}

#[cfg(test)]
mod tests;
