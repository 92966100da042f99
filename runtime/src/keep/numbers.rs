//! Numbers to the bytes of a tensor, and back.

use std::borrow::Cow;

use safetensors::Dtype;

use crate::kernel::real::Real;

use super::content::Tensor;
use super::error::Problem;

/// The type of tensors that hold a model's numbers as they are.
pub fn dtype_of<T: Real>() -> Dtype {
    if size_of::<T>() == size_of::<f32>() { Dtype::F32 } else { Dtype::F64 }
}

/// A tensor of these numbers.
pub fn real_tensor<T: Real>(
    shape: Vec<usize>,
    numbers: impl IntoIterator<Item = T>,
) -> Tensor<'static> {
    let dtype = dtype_of::<T>();
    let mut bytes = Vec::with_capacity(shape.iter().product::<usize>() * size_of::<T>());
    for number in numbers {
        match dtype {
            Dtype::F32 => bytes.extend_from_slice(&(number.to_f64() as f32).to_le_bytes()),
            _ => bytes.extend_from_slice(&number.to_f64().to_le_bytes()),
        }
    }
    Tensor { dtype, shape, bytes: Cow::Owned(bytes) }
}

/// A tensor of these integers.
#[cfg(any(test, feature = "checkpoint"))]
pub fn word_tensor(words: &[u64]) -> Tensor<'static> {
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    Tensor { dtype: Dtype::U64, shape: vec![words.len()], bytes: Cow::Owned(bytes) }
}

/// The integers of a tensor.
#[cfg(any(test, feature = "checkpoint"))]
pub fn words(name: &str, tensor: &Tensor<'_>) -> Result<Vec<u64>, Problem> {
    require_type(name, tensor, Dtype::U64, "U64")?;
    Ok(tensor.bytes.as_chunks().0.iter().map(|&bytes| u64::from_le_bytes(bytes)).collect())
}

/// The numbers of a tensor that holds numbers of this very type.
pub fn reals<T: Real>(name: &str, tensor: &Tensor<'_>) -> Result<Vec<T>, Problem> {
    let expected = if dtype_of::<T>() == Dtype::F32 { "F32" } else { "F64" };
    require_type(name, tensor, dtype_of::<T>(), expected)?;
    converted(name, tensor)
}

/// The numbers of a tensor of another type of real numbers.
///
/// F16 and BF16 are exact in both scalar types, F32 in `f64`; of F64 the nearest `f32` is taken.
pub fn converted<T: Real>(name: &str, tensor: &Tensor<'_>) -> Result<Vec<T>, Problem> {
    let bytes = &*tensor.bytes;
    let doubles: Box<dyn Iterator<Item = f64>> = match tensor.dtype {
        Dtype::F64 => Box::new(bytes.as_chunks().0.iter().map(|&bits| f64::from_le_bytes(bits))),
        Dtype::F32 => {
            Box::new(bytes.as_chunks().0.iter().map(|&bits| f32::from_le_bytes(bits).into()))
        }
        Dtype::F16 => {
            Box::new(bytes.as_chunks().0.iter().map(|&bits| half(u16::from_le_bytes(bits))))
        }
        Dtype::BF16 => {
            Box::new(bytes.as_chunks().0.iter().map(|&bits| brain(u16::from_le_bytes(bits))))
        }
        other => {
            let (tensor, found) = (name.to_owned(), other.to_string());
            return Err(Problem::Type { tensor, expected: "F16, BF16, F32 or F64", found });
        }
    };
    doubles
        .enumerate()
        .map(|(position, value)| {
            let number = T::from_f64(value);
            if value.is_finite() && !number.to_f64().is_finite() {
                return Err(Problem::Range { tensor: name.to_owned(), position, value });
            }
            Ok(number)
        })
        .collect()
}

fn require_type(
    name: &str,
    tensor: &Tensor<'_>,
    dtype: Dtype,
    expected: &'static str,
) -> Result<(), Problem> {
    if tensor.dtype == dtype {
        return Ok(());
    }
    let (tensor, found) = (name.to_owned(), tensor.dtype.to_string());
    Err(Problem::Type { tensor, expected, found })
}

/// The number that a half-precision float is: one bit of sign, five of exponent, ten of significand (IEEE 754-2008, binary16).
fn half(bits: u16) -> f64 {
    let sign = if bits >> 15 == 0 { 1.0 } else { -1.0 };
    let (exponent, significand) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    sign * match exponent {
        0 => significand * 2_f64.powi(-24),
        0x1f if significand == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => (significand + 1024.0) * 2_f64.powi(exponent - 25),
    }
}

/// The number that a brain float is: the upper half of a single-precision float.
fn brain(bits: u16) -> f64 {
    f32::from_bits(u32::from(bits) << 16).into()
}

#[cfg(test)]
mod tests;
