//! Activations of neural networks.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

use super::basic::clamp;
use super::exponential::exp_m1;

/// The logistic function `1/(1 + e⁻ˣ)`.
#[inline(always)]
pub fn sigmoid<I: Isa, T: Real>(_isa: I, x: T) -> T {
    let v = x.to_f64();
    T::from_f64(1.0 / (1.0 + libm::exp(-v)))
}

/// `x·Φ(x)` with the distribution function Φ of the standard normal distribution.
#[inline(always)]
pub fn gelu<I: Isa, T: Real>(_isa: I, x: T) -> T {
    let v = x.to_f64();
    T::from_f64(if v == f64::NEG_INFINITY {
        -0.0
    } else {
        v * 0.5 * libm::erfc(-v * std::f64::consts::FRAC_1_SQRT_2)
    })
}

/// `x·σ(x)`.
#[inline(always)]
pub fn silu<I: Isa, T: Real>(_isa: I, x: T) -> T {
    let v = x.to_f64();
    T::from_f64(if v == f64::NEG_INFINITY { -0.0 } else { v / (1.0 + libm::exp(-v)) })
}

/// `x·tanh(softplus(x))`.
#[inline(always)]
pub fn mish<I: Isa, T: Real>(_isa: I, x: T) -> T {
    let v = x.to_f64();
    T::from_f64(if v == f64::NEG_INFINITY {
        -0.0
    } else {
        v * libm::tanh(v.max(0.0) + libm::log1p(libm::exp(-v.abs())))
    })
}

/// `ln(1 + eˣ)`.
#[inline(always)]
pub fn softplus<I: Isa, T: Real>(_isa: I, x: T) -> T {
    let v = x.to_f64();
    T::from_f64(if v.is_nan() { v } else { v.max(0.0) + libm::log1p(libm::exp(-v.abs())) })
}

/// `ln σ(x) = −softplus(−x)`.
#[inline(always)]
pub fn log_sigmoid<I: Isa, T: Real>(_isa: I, x: T) -> T {
    let v = x.to_f64();
    T::from_f64(if v.is_nan() { v } else { (v.min(0.0)) - libm::log1p(libm::exp(-v.abs())) })
}

/// `ln cosh x`, finite where `cosh x` is not.
#[inline(always)]
pub fn log_cosh<I: Isa, T: Real>(_isa: I, x: T) -> T {
    let v = x.to_f64().abs();
    let half = libm::sinh(if v < 1.0 { 0.5 * v } else { 0.0 });
    let far = v + libm::log1p(libm::exp(-2.0 * v)) - std::f64::consts::LN_2;
    T::from_f64(if v < 1.0 { libm::log1p(2.0 * half * half) } else { far })
}

/// `max(x, 0)`.
#[inline(always)]
pub fn relu<I: Isa, T: Real>(_isa: I, x: T) -> T {
    if x <= T::ZERO { T::ZERO } else { x }
}

/// `x` for `x > 0`, else `slope·x`.
#[inline(always)]
pub fn leaky_relu<I: Isa, T: Real>(_isa: I, x: T, slope: T) -> T {
    if x > T::ZERO { x } else { slope * x }
}

/// `x` for `x > 0`, else `alpha·(eˣ − 1)`.
#[inline(always)]
pub fn elu<I: Isa, T: Real>(isa: I, x: T, alpha: T) -> T {
    let below = alpha * exp_m1(isa, if x > T::ZERO { T::ZERO } else { x });
    if x > T::ZERO { x } else { below }
}

/// The self-normalizing `λ·x` for `x > 0`, else `λ·α·(eˣ − 1)`.
#[inline(always)]
pub fn selu<I: Isa, T: Real>(isa: I, x: T) -> T {
    T::from_f64(1.050_700_987_355_480_5) * elu(isa, x, T::from_f64(1.673_263_242_354_377_2))
}

/// `x/(1 + |x|)`.
#[inline(always)]
pub fn softsign<I: Isa, T: Real>(_isa: I, x: T) -> T {
    x / (T::ONE + x.abs())
}

/// `x/6 + 1/2` brought into `[0, 1]`.
#[inline(always)]
pub fn hard_sigmoid<I: Isa, T: Real>(isa: I, x: T) -> T {
    let line = x / T::from_f64(6.0) + T::from_f64(0.5);
    clamp(isa, line, T::ZERO, T::ONE)
}
