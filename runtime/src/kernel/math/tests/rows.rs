//! The functions, the error each may have, and where `f32` is measured: the same in `f64`.

use std::f64::consts::{FRAC_1_SQRT_2, LN_2};

use crate::kernel::arch::Isa;
use crate::kernel::math;
use crate::kernel::real::Real;

use super::{Function, values};

/// The values of a function on every instruction set.
type Values<T> = fn(&[[T; 2]]) -> Vec<(&'static str, Vec<T>)>;

/// A function under test.
pub(super) struct Row {
    pub(super) name: &'static str,
    /// The errors it may have in `f32` and `f64`, in ulp.
    pub(super) bounds: [f64; 2],
    /// Whether it may give zero for what is below the smallest normal number.
    pub(super) flushes: bool,
    pub(super) f32: Values<f32>,
    pub(super) f64: Values<f64>,
    pub(super) reference: fn(f64, f64) -> f64,
}

macro_rules! rows {
    ($table:ident, $isa:ident, $T:ident, $a:ident, $b:ident; $($name:ident $bounds:tt $below:ident: $value:expr => $reference:expr;)*) => {
        pub(super) const $table: &[Row] = &[$({
            #[derive(Clone, Copy)]
            struct Named;

            impl Function for Named {
                #[inline(always)]
                fn apply<I: Isa, $T: Real>($isa: I, $a: $T, $b: $T) -> $T {
                    let _ = $b;
                    $value
                }
            }

            Row {
                name: stringify!($name),
                bounds: $bounds,
                flushes: matches!(stringify!($below).as_bytes(), b"flushes"),
                f32: |operands| values(Named, operands),
                f64: |operands| values(Named, operands),
                reference: |$a, $b| {
                    let _ = ($a, $b);
                    $reference
                },
            }
        }),*];
    };
}

rows! {
    ROWS, isa, T, a, b;
    exp [1.5, 1.5] exact: math::exp(isa, a) => libm::exp(a);
    exp2 [1.5, 1.5] exact: math::exp2(isa, a) => libm::exp2(a);
    exp_m1 [2.0, 1.5] exact: math::exp_m1(isa, a) => libm::expm1(a);
    ln [1.0, 1.0] exact: math::ln(isa, a) => libm::log(a);
    ln_1p [1.0, 1.0] exact: math::ln_1p(isa, a) => libm::log1p(a);
    log2 [2.0, 1.0] exact: math::log2(isa, a) => libm::log2(a);
    log10 [2.0, 1.5] exact: math::log10(isa, a) => libm::log10(a);
    sin [2.0, 1.5] exact: math::sin(isa, a) => libm::sin(a);
    cos [1.5, 1.0] exact: math::cos(isa, a) => libm::cos(a);
    tan [3.5, 2.5] exact: math::tan(isa, a) => libm::tan(a);
    asin [3.0, 2.5] exact: math::asin(isa, a) => libm::asin(a);
    acos [2.5, 3.0] exact: math::acos(isa, a) => libm::acos(a);
    atan [2.5, 1.0] exact: math::atan(isa, a) => libm::atan(a);
    sinh [2.5, 2.0] exact: math::sinh(isa, a) => libm::sinh(a);
    cosh [1.5, 1.5] exact: math::cosh(isa, a) => libm::cosh(a);
    tanh [2.5, 2.0] exact: math::tanh(isa, a) => libm::tanh(a);
    asinh [2.0, 1.5] exact: math::asinh(isa, a) => libm::asinh(a);
    acosh [2.0, 1.5] exact: math::acosh(isa, a) => if a < 1.0 { f64::NAN } else { libm::acosh(a) };
    atanh [2.0, 2.0] exact: math::atanh(isa, a) => libm::atanh(a);
    sqrt [0.5, 0.5] exact: math::sqrt(isa, a) => libm::sqrt(a);
    cbrt [1.0, 1.0] exact: math::cbrt(isa, a) => libm::cbrt(a);
    erf [3.0, 2.0] exact: math::erf(isa, a) => libm::erf(a);
    erfc [3.5, 3.0] exact: math::erfc(isa, a) => libm::erfc(a);
    recip [0.5, 0.5] exact: math::recip(isa, a) => 1.0 / a;
    lgamma [1.0, 3.0] exact: math::lgamma(isa, a) => libm::lgamma(a);
    digamma [1.0, 3.0] exact: math::digamma(isa, a) => super::super::gamma::digamma(a);
    trigamma [1.0, 8.0] exact: math::polygamma(isa, 1, a) => super::super::gamma::polygamma(1, a);
    polygamma_2 [1.0, 8.0] exact: math::polygamma(isa, 2, a) => super::super::gamma::polygamma(2, a);
    // Around a root between two poles two large terms cancel: three digits are lost where the value is a hundredth of either.
    digamma_negative [1.0, 4096.0] exact: math::digamma(isa, a) => super::super::gamma::digamma(a);
    trigamma_negative [1.0, 4096.0] exact: math::polygamma(isa, 1, a) => super::super::gamma::polygamma(1, a);
    polygamma_2_negative [1.0, 4096.0] exact: math::polygamma(isa, 2, a) => super::super::gamma::polygamma(2, a);
    lgamma_negative [1.0, 4096.0] exact: math::lgamma(isa, a) => libm::lgamma(a);
    sigmoid [2.5, 2.5] flushes: math::sigmoid(isa, a) => 1.0 / (1.0 + libm::exp(-a));
    gelu [4.0, 3.5] exact: math::gelu(isa, a) => exact_at_minus_infinity(a, 0.5 * a * libm::erfc(-a * FRAC_1_SQRT_2));
    silu [2.5, 2.5] exact: math::silu(isa, a) => exact_at_minus_infinity(a, a / (1.0 + libm::exp(-a)));
    mish [3.5, 3.0] exact: math::mish(isa, a) => exact_at_minus_infinity(a, a * libm::tanh(softplus(a)));
    softplus [3.0, 2.5] exact: math::softplus(isa, a) => softplus(a);
    softsign [2.0, 1.5] exact: math::softsign(isa, a) => if a.is_infinite() { a.signum() } else { a / (1.0 + a.abs()) };
    hard_sigmoid [1.0, 1.0] exact: math::hard_sigmoid(isa, a) => ((a + 3.0) / 6.0).clamp(0.0, 1.0);
    log_sigmoid [3.0, 2.5] exact: math::log_sigmoid(isa, a) => -softplus(-a);
    log_cosh [2.0, 2.0] exact: math::log_cosh(isa, a) => log_cosh(a);
    elu [1.5, 1.0] exact: math::elu(isa, a, T::ONE) => if a > 0.0 { a } else { libm::expm1(a) };
    selu [2.0, 2.0] exact: math::selu(isa, a) => 1.050_700_987_355_480_5 * if a > 0.0 { a } else { 1.673_263_242_354_377_2 * libm::expm1(a) };
    powf [1.0, 1.5] exact: math::powf(isa, a, b) => libm::pow(a, b);
    powf_near_one [1.0, 1.5] exact: math::powf(isa, a, b) => libm::pow(a, b);
    atan2 [2.5, 2.0] exact: math::atan2(isa, a, b) => libm::atan2(a, b);
    hypot [1.5, 1.5] exact: math::hypot(isa, a, b) => if a.is_nan() || b.is_nan() { f64::NAN } else { libm::hypot(a, b) };
    xlogy [2.0, 2.0] exact: math::xlogy(isa, a, b) => if a == 0.0 && !b.is_nan() { 0.0 } else { a * libm::log(b) };
}

rows! {
    EXACT, isa, T, a, b;
    abs [0.0, 0.0] exact: math::abs(isa, a) => a.abs();
    ceil [0.0, 0.0] exact: math::ceil(isa, a) => a.ceil();
    floor [0.0, 0.0] exact: math::floor(isa, a) => a.floor();
    round [0.0, 0.0] exact: math::round(isa, a) => a.round();
    sign [0.0, 0.0] exact: math::sign(isa, a) => if a == 0.0 { a } else { a.signum() };
    stop [0.0, 0.0] exact: math::stop(isa, a) => a;
    hold [0.0, 0.0] exact: math::hold(isa, a, 0) => a;
    relu [0.0, 0.0] exact: math::relu(isa, a) => if a <= 0.0 { 0.0 } else { a };
    max [0.0, 0.0] exact: math::max(isa, a, b) => if a.is_nan() || a > b { a } else { b };
    min [0.0, 0.0] exact: math::min(isa, a, b) => if a.is_nan() || a < b { a } else { b };
    equal [0.0, 0.0] exact: math::equal(isa, a, b) => f64::from(u8::from(a == b));
    less [0.0, 0.0] exact: math::less(isa, a, b) => f64::from(u8::from(a < b));
    at_most [0.0, 0.0] exact: math::at_most(isa, a, b) => f64::from(u8::from(a <= b));
    pick [0.0, 0.0] exact: math::pick(isa, a, b) => if a == 0.0 { 0.0 } else { b };
    select [0.0, 0.0] exact: math::select(isa, a, b, T::ONE) => if a == 0.0 { 1.0 } else { b };
    leaky_relu [0.0, 0.0] exact: math::leaky_relu(isa, a, T::from_f64(0.25)) => if a > 0.0 { a } else { 0.25 * a };
    clamp [0.0, 0.0] exact: math::clamp(isa, a, -T::ONE, T::from_f64(2.0)) => a.clamp(-1.0, 2.0);
    clamp_nan [0.0, 0.0] exact: math::clamp(isa, a, T::from_f64(f64::NAN), b) => f64::NAN;
    square [0.0, 0.0] exact: math::square(isa, a) => a * a;
    cube [0.0, 0.0] exact: math::powi(isa, a, 3) => a * (a * a);
    powi_zero [0.0, 0.0] exact: math::powi(isa, a, 0) => 1.0;
    powi_negative [0.0, 0.0] exact: math::powi(isa, a, -2) => 1.0 / (a * a);
    powi_lowest [0.0, 0.0] exact: math::powi(isa, a, i32::MIN) => if a.abs() == 1.0 { 1.0 } else if a.is_nan() { a } else if a.abs() < 1.0 { f64::INFINITY } else { 0.0 };
}

/// `value`, and zero at −inf, where the formula would give NaN.
fn exact_at_minus_infinity(x: f64, value: f64) -> f64 {
    if x == f64::NEG_INFINITY { 0.0 } else { value }
}

/// `ln(1 + eˣ)`.
fn softplus(x: f64) -> f64 {
    if x.is_nan() { x } else { x.max(0.0) + libm::log1p(libm::exp(-x.abs())) }
}

/// `ln cosh x`.
fn log_cosh(x: f64) -> f64 {
    let half = libm::sinh(0.5 * x);
    if x.abs() < 1.0 {
        libm::log1p(2.0 * half * half)
    } else {
        softplus(-2.0 * x.abs()) + x.abs() - LN_2
    }
}
