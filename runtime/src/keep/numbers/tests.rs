use std::borrow::Cow;

use safetensors::Dtype;

use super::{brain, converted, half, real_tensor, reals, word_tensor, words};
use crate::keep::content::Tensor;

#[test]
fn numbers_keep_their_bits() {
    let numbers = [0.0_f32, -0.0, 1.5, f32::MIN_POSITIVE / 8.0, f32::MAX, f32::INFINITY];
    let tensor = real_tensor(vec![6], numbers);
    let back = reals::<f32>("x", &tensor).unwrap();
    assert_eq!(back.map_bits(), numbers.to_vec().map_bits());
    let numbers = [0.1_f64, -1e300, f64::NAN];
    let back = reals::<f64>("x", &real_tensor(vec![3], numbers)).unwrap();
    assert_eq!(back.map_bits(), numbers.to_vec().map_bits());
    assert_eq!(words("x", &word_tensor(&[7, u64::MAX])).unwrap(), [7, u64::MAX]);
}

/// The bits of numbers, which tell the zeros and the NaNs apart.
trait Bits {
    fn map_bits(self) -> Vec<u64>;
}

impl Bits for Vec<f32> {
    fn map_bits(self) -> Vec<u64> {
        self.into_iter().map(|x| x.to_bits().into()).collect()
    }
}

impl Bits for Vec<f64> {
    fn map_bits(self) -> Vec<u64> {
        self.into_iter().map(f64::to_bits).collect()
    }
}

/// The tables of IEEE 754-2008 and of bfloat16.
#[test]
fn short_floats_are_read_exactly() {
    let halves = [
        (0x3c00, 1.0),
        (0xc000, -2.0),
        (0x7bff, 65504.0),
        (0x0400, 2_f64.powi(-14)),
        (0x0001, 2_f64.powi(-24)),
        (0x03ff, 1023.0 * 2_f64.powi(-24)),
        (0x3555, 0.333_251_953_125),
        (0x7c00, f64::INFINITY),
        (0xfc00, f64::NEG_INFINITY),
    ];
    for (bits, value) in halves {
        assert_eq!(half(bits), value, "{bits:04x}");
    }
    assert!(half(0x7e00).is_nan() && half(0x8000).to_bits() == (-0.0_f64).to_bits());
    assert_eq!([0x3f80, 0xc049, 0x0001].map(brain), [1.0, -3.140_625, 2_f64.powi(-133)]);
}

#[test]
fn types_that_do_not_fit_are_named() {
    let single = real_tensor(vec![1], [1.5_f32]);
    assert_eq!(
        reals::<f64>("w", &single).unwrap_err().to_string(),
        "the tensor `w` has numbers of type F32, expected F64"
    );
    assert_eq!(converted::<f64>("w", &single).unwrap(), [1.5]);
    assert_eq!(
        converted::<f32>("w", &word_tensor(&[1])).unwrap_err().to_string(),
        "the tensor `w` has numbers of type U64, expected F16, BF16, F32 or F64"
    );
    assert_eq!(
        converted::<f32>("w", &real_tensor(vec![2], [0.1, 1e39])).unwrap_err().to_string(),
        "the tensor `w` has 1e39 at position 1, expected a number in the range of the model's scalar type"
    );
    let halves = Tensor {
        dtype: Dtype::F16,
        shape: vec![2],
        bytes: Cow::Borrowed(&[0x00, 0x3c, 0x00, 0xc0]),
    };
    assert_eq!(converted::<f32>("w", &halves).unwrap(), [1.0, -2.0]);
}
