//! From a counter to words, from words to numbers: nothing but operations that every processor rounds alike.

#[cfg(not(feature = "std"))]
use crate::float::Float;

/// The low and the high half.
#[inline(always)]
pub(super) fn halves(bits: u64) -> [u32; 2] {
    [bits as u32, (bits >> 32) as u32]
}

/// Philox4x32 with ten rounds.
#[inline(always)]
pub(super) fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    const ROUNDS: u32 = 10;
    let [mut a, mut b, mut c, mut d] = counter;
    for round in 0..ROUNDS {
        let [k, l] = [
            key[0].wrapping_add(round.wrapping_mul(0x9e37_79b9)),
            key[1].wrapping_add(round.wrapping_mul(0xbb67_ae85)),
        ];
        let [low, high] = halves(u64::from(a) * 0xd251_1f53);
        let [other_low, other_high] = halves(u64::from(c) * 0xcd9e_8d57);
        [a, b, c, d] = [other_high ^ b ^ k, other_low, high ^ d ^ l, low];
    }
    [a, b, c, d]
}

/// The middle of one of 2²³ equal parts of the interval from 0 to 1.
#[inline(always)]
pub(super) fn uniform(word: u32) -> f64 {
    (f64::from(word >> 9) + 0.5) * (1.0 / 8_388_608.0)
}

/// Two independent normal numbers: `√(−2·ln u)·(cos 2πv, sin 2πv)`.
///
/// `u` is the middle of one of 2³² parts of the interval from 0 to 1, so no number is beyond 6.8 in magnitude.
#[inline(always)]
pub(super) fn normals(radius: u32, angle: u32) -> [f64; 2] {
    let radius = (-2.0 * ln_of_uniform(radius)).sqrt();
    let [cosine, sine] = turn(angle);
    [radius * cosine, radius * sine]
}

/// `ln((2·word + 1)/2³³)`: `ln(2ᵉ·m) = e·ln 2 + 2·atanh((m − 1)/(m + 1))`, with `m` between √½ and √2.
#[inline(always)]
pub(super) fn ln_of_uniform(word: u32) -> f64 {
    const SQRT_HALF: u64 = core::f64::consts::FRAC_1_SQRT_2.to_bits();
    /// The mantissa of a number and its sign.
    const FRACTION: u64 = (1 << 52) - 1;
    let bits = (2.0 * f64::from(word) + 1.0).to_bits() - SQRT_HALF;
    let exponent = f64::from((bits >> 52) as i32 - 33);
    let mantissa = f64::from_bits((bits & FRACTION) + SQRT_HALF);
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let series = horner(
        square,
        [
            1.0 / 23.0,
            1.0 / 21.0,
            1.0 / 19.0,
            1.0 / 17.0,
            1.0 / 15.0,
            1.0 / 13.0,
            1.0 / 11.0,
            1.0 / 9.0,
            1.0 / 7.0,
            1.0 / 5.0,
            1.0 / 3.0,
        ],
    );
    exponent * core::f64::consts::LN_2 + (2.0 * ratio + 2.0 * ratio * square * series)
}

/// Cosine and sine of `word/2³²` of a full turn: Taylor's polynomials on an eighth of a turn to both sides of the nearest quarter.
#[inline(always)]
pub(super) fn turn(word: u32) -> [f64; 2] {
    let quarter = word.wrapping_add(1 << 29) >> 30;
    let rest = word.wrapping_sub(quarter << 30) as i32;
    let x = f64::from(rest) * (core::f64::consts::TAU / 4_294_967_296.0);
    let square = x * x;
    let sine = horner(
        square,
        [
            -1.0 / 1_307_674_368_000.0,
            1.0 / 6_227_020_800.0,
            -1.0 / 39_916_800.0,
            1.0 / 362_880.0,
            -1.0 / 5_040.0,
            1.0 / 120.0,
            -1.0 / 6.0,
            1.0,
        ],
    ) * x;
    let cosine = horner(
        square,
        [
            1.0 / 20_922_789_888_000.0,
            -1.0 / 87_178_291_200.0,
            1.0 / 479_001_600.0,
            -1.0 / 3_628_800.0,
            1.0 / 40_320.0,
            -1.0 / 720.0,
            1.0 / 24.0,
            -0.5,
            1.0,
        ],
    );
    let is_odd = quarter & 1 != 0;
    let along = if is_odd { sine } else { cosine };
    let across = if is_odd { cosine } else { sine };
    [negated_if(along, quarter.wrapping_add(1) & 2), negated_if(across, quarter & 2)]
}

/// `−x` where `two` is 2, `x` where it is 0.
#[inline(always)]
fn negated_if(x: f64, two: u32) -> f64 {
    f64::from_bits(x.to_bits() ^ (u64::from(two) << 62))
}

/// A polynomial, its highest coefficient first, every step rounded.
#[inline(always)]
fn horner<const K: usize>(x: f64, coefficients: [f64; K]) -> f64 {
    let mut sum = coefficients[0];
    let mut next = 1;
    while next < K {
        sum = sum * x + coefficients[next];
        next += 1;
    }
    sum
}
