//! What the contests compute on: made once, here, and read by contestants of other languages from files.

use std::fmt::Debug;
use std::fs;
use std::path::Path;

use crate::race::numbers;

mod points;
mod regression;
mod sequences;

pub use points::{DOSE, POINTS, points};
pub use regression::{DIGITS, Target, digits};
pub use sequences::{ATTENTION, LSTM, attention, lstm};

/// The learning rate of a step.
pub const RATE: f64 = 1e-4;

/// The layers of the perceptrons and the number of examples.
pub const PERCEPTRONS: [[usize; 5]; 8] = [
    [2, 8, 8, 1, 1],
    [2, 8, 8, 1, 32],
    [4, 16, 16, 1, 256],
    [32, 64, 64, 8, 32],
    [32, 64, 64, 8, 1024],
    [128, 256, 256, 10, 128],
    [784, 512, 512, 10, 128],
    [1024, 1024, 1024, 1024, 512],
];

/// An array with a name, row-major.
pub struct Array<T> {
    pub name: &'static str,
    pub shape: Vec<usize>,
    pub values: Vec<T>,
}

impl<T> Array<T> {
    pub fn new(name: &'static str, shape: &[usize], values: Vec<T>) -> Self {
        assert_eq!(shape.iter().product::<usize>(), values.len(), "{name}");
        Array { name, shape: shape.to_vec(), values }
    }
}

/// Examples, what is to be predicted for them, and the parameters to start from, in the order of the model's signature.
pub struct Problem<T> {
    pub x: Array<T>,
    pub y: Array<T>,
    pub parameters: Vec<Array<T>>,
}

impl<T: Scalar> Problem<T> {
    /// All parameters, one after the other.
    pub fn theta(&self) -> Vec<T> {
        self.parameters.iter().flat_map(|one| one.values.iter().copied()).collect()
    }

    /// Writes each array as a file of NumPy into the folder `name`.
    fn write(&self, folder: &Path, name: &str) {
        let folder = folder.join(name);
        fs::create_dir_all(&folder).expect("the folder can be written");
        for (place, array) in [&self.x, &self.y].into_iter().chain(&self.parameters).enumerate() {
            let path = folder.join(format!("{place}_{}.npy", array.name));
            fs::write(path, numpy(array)).expect("the folder can be written");
        }
    }
}

/// A kind of number that NumPy has too.
pub trait Scalar: Copy + Debug + 'static {
    const NUMPY: &'static str;
    fn from_f64(value: f64) -> Self;
    fn to_f64(self) -> f64;
    fn bytes(self) -> impl IntoIterator<Item = u8>;
}

macro_rules! scalar {
    ($type:ident, $numpy:literal) => {
        impl Scalar for $type {
            const NUMPY: &'static str = $numpy;

            fn from_f64(value: f64) -> Self {
                value as $type
            }

            fn to_f64(self) -> f64 {
                self.into()
            }

            fn bytes(self) -> impl IntoIterator<Item = u8> {
                self.to_le_bytes()
            }
        }
    };
}

scalar!(f32, "<f4");
scalar!(f64, "<f8");

/// The bytes of a file in NumPy's format, version 1.0: a header of 128 bytes, then the values.
fn numpy<T: Scalar>(array: &Array<T>) -> Vec<u8> {
    let shape: String = array.shape.iter().map(|extent| format!("{extent}, ")).collect();
    let header =
        format!("{{'descr': '{}', 'fortran_order': False, 'shape': ({shape}), }}", T::NUMPY);
    let mut bytes = b"\x93NUMPY\x01\x00\x76\x00".to_vec();
    bytes.extend(format!("{header:<117}\n").into_bytes());
    bytes.extend(array.values.iter().flat_map(|&value| value.bytes()));
    bytes
}

/// Numbers between −`scale` and `scale`.
fn spread<T: Scalar>(name: &'static str, shape: &[usize], seed: u64, scale: f64) -> Array<T> {
    let values = numbers(shape.iter().product(), seed);
    let values = values.into_iter().map(|u| T::from_f64((2.0 * u - 1.0) * scale)).collect();
    Array::new(name, shape, values)
}

/// A weight whose products keep the size of what they are applied to.
fn weight(name: &'static str, [inputs, outputs]: [usize; 2], seed: u64) -> Array<f32> {
    spread(name, &[inputs, outputs], seed, (inputs as f64).powf(-0.5))
}

/// A perceptron with two hidden layers.
pub fn perceptron([d, h1, h2, o, rows]: [usize; 5]) -> Problem<f32> {
    Problem {
        x: spread("x", &[rows, d], 1, 1.0),
        y: spread("y", &[rows, o], 2, 1.0),
        parameters: vec![
            weight("w1", [d, h1], 3),
            spread("b1", &[h1], 4, 0.1),
            weight("w2", [h1, h2], 5),
            spread("b2", &[h2], 6, 0.1),
            weight("w3", [h2, o], 7),
            spread("b3", &[o], 8, 0.1),
        ],
    }
}

pub fn perceptron_name([d, h1, h2, o, rows]: [usize; 5]) -> String {
    format!("perceptron/{d}-{h1}-{h2}-{o}@{rows}")
}

/// The layers and the examples that a name stands for.
pub fn perceptron_of(name: &str) -> Option<[usize; 5]> {
    PERCEPTRONS.into_iter().find(|&size| perceptron_name(size) == name)
}

/// Writes all problems, each into a folder of its name.
pub fn write(folder: &Path) {
    for size in PERCEPTRONS {
        perceptron(size).write(folder, &perceptron_name(size));
    }
    for target in [Target::IsOdd, Target::Digit] {
        digits(target).write(folder, target.name());
    }
    for (name, size) in LSTM {
        lstm(size).write(folder, name);
    }
    for (name, size) in ATTENTION {
        attention(size).write(folder, name);
    }
    points::<f32>(POINTS).write(folder, "points/f32");
    points::<f64>(POINTS).write(folder, "points/f64");
    crate::logistic::problem::<f32>().write(folder, "hessian/f32");
    crate::logistic::problem::<f64>().write(folder, "hessian/f64");
    crate::voigt::problem().write(folder, "fit/voigt");
}
