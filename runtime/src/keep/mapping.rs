//! How the tensors of a file that others wrote become parameters.

use std::path::Path;

use crate::error::Error;
use crate::model::Model;
use crate::parameters::ParameterLayout;

use super::weights;

/// How parameters lie in a file: under which names, and with which of them transposed.
///
/// A parameter that is not mentioned lies there under its own name and as it is. `PyTorch`'s `nn.Linear(3, 4).weight` has the shape
/// `[4, 3]`, outputs first; a model with `x.dot(w)` has `w: Param<3, 4>`, so it is [`transposed`](Self::transposed).
///
/// # Examples
/// ```
/// use chainrule::keep::Mapping;
/// use chainrule::prelude::*;
///
/// #[model(loss = mean_squared_error)]
/// fn network(x: Input<3>, w1: Param<3, 4>, b1: Param<4>, w2: Param<4>, b2: Param) -> Output {
///     relu(x.dot(w1) + b1).dot(w2) + b2
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// // What `nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1))` calls them.
/// let torch = Mapping::new()
///     .rename("w1", "0.weight")
///     .transposed("w1")
///     .rename("b1", "0.bias")
///     .rename("w2", "2.weight")
///     .shaped("w2", &[1, 4])
///     .rename("b2", "2.bias")
///     .shaped("b2", &[1]);
/// # let path = std::env::temp_dir().join(format!("chainrule_mapping_{}.safetensors", std::process::id()));
/// let model = Network::seeded(7);
/// torch.save(&model, &path)?;
/// let mut other = Network::zeros();
/// torch.load(&mut other, &path)?;
/// assert_eq!(other.parameters(), model.parameters());
/// # std::fs::remove_file(&path).expect("the file is there");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    renamed: Vec<(String, String)>,
    arranged: Vec<(String, Arrangement)>,
    pub(super) converts: bool,
    pub(super) ignores_others: bool,
    pub(super) any_definition: bool,
}

/// How the elements of a parameter lie in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Arrangement {
    /// As in the model.
    Same,
    /// With its two axes exchanged.
    Transposed,
    /// In the same order, with these extents.
    Shaped(Vec<usize>),
}

/// A parameter and where it lies in the file.
pub(super) struct Place {
    pub parameter: ParameterLayout,
    pub tensor: String,
    pub arrangement: Arrangement,
    /// The extents in the file.
    pub shape: Vec<usize>,
}

impl Mapping {
    /// Every parameter under its own name and as it is, in numbers of the model's scalar type, and nothing else in the file.
    pub fn new() -> Self {
        Mapping::default()
    }

    /// Says what the tensor of a parameter is called.
    pub fn rename(mut self, parameter: &str, tensor: &str) -> Self {
        self.renamed.push((parameter.to_owned(), tensor.to_owned()));
        self
    }

    /// Says that the tensor of a parameter of two axes has them exchanged.
    pub fn transposed(mut self, parameter: &str) -> Self {
        self.arranged.push((parameter.to_owned(), Arrangement::Transposed));
        self
    }

    /// Says that the tensor of a parameter has other extents, for the same elements in the same order.
    pub fn shaped(mut self, parameter: &str, extents: &[usize]) -> Self {
        self.arranged.push((parameter.to_owned(), Arrangement::Shaped(extents.to_vec())));
        self
    }

    /// Takes numbers of other types than the model's scalar too: F16, BF16, F32 and F64.
    ///
    /// All are exact but F64 in a model of `f32`, which takes the nearest number and refuses those outside its range.
    pub fn converting(mut self) -> Self {
        self.converts = true;
        self
    }

    /// Takes files that have other tensors too.
    pub fn ignoring_others(mut self) -> Self {
        self.ignores_others = true;
        self
    }

    /// Takes files of models that are defined otherwise, as long as names, shapes and types fit.
    pub fn any_definition(mut self) -> Self {
        self.any_definition = true;
        self
    }

    /// Gives the model the parameters of a file.
    ///
    /// # Errors
    /// As [`load_weights`](super::load_weights); [`Error::UnknownParameter`] and [`Error::Shape`] if the mapping does not fit the model.
    pub fn load<M: Model>(&self, model: &mut M, path: impl AsRef<Path>) -> Result<(), Error> {
        weights::load(self, model, path.as_ref())
    }

    /// Writes the parameters to a file that lies as this says, in numbers of the model's scalar type.
    ///
    /// # Errors
    /// As [`save_weights`](super::save_weights); [`Error::UnknownParameter`] and [`Error::Shape`] if the mapping does not fit the model.
    pub fn save<M: Model>(&self, model: &M, path: impl AsRef<Path>) -> Result<(), Error> {
        weights::save(self, model, path.as_ref())
    }

    /// Where each parameter lies.
    pub(super) fn places(&self, layout: Vec<ParameterLayout>) -> Result<Vec<Place>, Error> {
        let renamed = self.renamed.iter().map(|(parameter, _)| parameter);
        for name in renamed.chain(self.arranged.iter().map(|(parameter, _)| parameter)) {
            if layout.iter().all(|parameter| parameter.name != name) {
                let known = layout.iter().map(|parameter| parameter.name).collect();
                return Err(Error::UnknownParameter { name: name.clone(), known });
            }
        }
        layout.into_iter().map(|parameter| self.place(parameter)).collect()
    }

    fn place(&self, parameter: ParameterLayout) -> Result<Place, Error> {
        fn last<'l, V>(list: &'l [(String, V)], name: &str) -> Option<&'l V> {
            list.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
        }
        let name = parameter.name;
        let tensor = last(&self.renamed, name).map_or(name, String::as_str).to_owned();
        let arrangement = last(&self.arranged, name).cloned().unwrap_or(Arrangement::Same);
        let shape = match (&arrangement, parameter.shape.as_slice()) {
            (Arrangement::Same, shape) => shape.to_vec(),
            (Arrangement::Transposed, &[rows, columns]) => vec![columns, rows],
            (Arrangement::Shaped(shape), own) if count(shape) == count(own) => shape.clone(),
            (Arrangement::Transposed, own) => {
                let found = format!("`{name}` of shape {own:?}");
                let requirement = "a parameter of two axes";
                return Err(Error::Setting { name: "transposed", requirement, found });
            }
            (Arrangement::Shaped(shape), own) => {
                return Err(Error::Shape { name, expected: own.to_vec(), found: shape.clone() });
            }
        };
        Ok(Place { parameter, tensor, arrangement, shape })
    }
}

/// How many elements there are; none where they cannot be counted.
fn count(shape: &[usize]) -> Option<usize> {
    shape.iter().try_fold(1_usize, |count, &extent| count.checked_mul(extent))
}

impl Place {
    /// Puts the numbers of the file where they lie in the parameter.
    pub fn read<T: Copy>(&self, numbers: &[T], parameter: &mut [T]) {
        match (&self.arrangement, self.shape.as_slice()) {
            (Arrangement::Transposed, &[rows, columns]) => {
                for (position, number) in parameter.iter_mut().enumerate() {
                    *number = numbers[position % rows * columns + position / rows];
                }
            }
            _ => parameter.copy_from_slice(numbers),
        }
    }

    /// The numbers of the parameter in the order of the file.
    pub fn write<T: Copy>(&self, parameter: &[T]) -> Vec<T> {
        match (&self.arrangement, self.shape.as_slice()) {
            (Arrangement::Transposed, &[rows, columns]) => {
                let place = |position| position % columns * rows + position / columns;
                (0..parameter.len()).map(|position| parameter[place(position)]).collect()
            }
            _ => parameter.to_vec(),
        }
    }
}
