//! Nanoseconds per element of the elementwise functions on 8192 elements, beside the same with the functions of std.
//!
//! `cargo run --release -p chainrule-benches --bin math`; `CHAINRULE_ISA` lowers the instruction set. Every figure is the median of
//! runs that are interleaved with those of the other column. Where std lacks a function, its formula is written with those it has.

#![allow(clippy::inline_always, reason = "only what is inlined into a loop is vectorized with it")]

use std::hint::black_box;
use std::time::Instant;

use chainrule::kernel::arch::{Isa, Kernel, dispatch};
use chainrule::kernel::math;
use chainrule::kernel::real::Real;

const ELEMENTS: usize = 8192;
const RUNS: usize = 41;

/// A function of one operand, for every instruction set.
trait Function<T> {
    fn apply<I: Isa>(&self, isa: I, x: T) -> T;
}

/// A loop that stores a function of every element of `x` in `y`.
struct Map<'a, F, T> {
    function: F,
    x: &'a [T],
    y: &'a mut [T],
}

impl<F: Function<T>, T: Real> Kernel for Map<'_, F, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) {
        for (y, &x) in self.y.iter_mut().zip(self.x) {
            *y = self.function.apply(isa, x);
        }
    }
}

/// Nanoseconds per element of one run.
fn time<T: Real>(run: &dyn Fn(&[T], &mut [T]), x: &[T], y: &mut [T]) -> f64 {
    let start = Instant::now();
    run(black_box(x), black_box(&mut *y));
    black_box(y);
    start.elapsed().as_secs_f64() * 1e9 / ELEMENTS as f64
}

/// The medians of both, run in turns on elements that are spread over `range` in a fixed order.
fn compare<T: Real>(
    ours: &dyn Fn(&[T], &mut [T]),
    std: &dyn Fn(&[T], &mut [T]),
    [low, high]: [f64; 2],
) -> [f64; 2] {
    let place = |i: usize| ((i * 2477 % ELEMENTS) as f64 + 0.5) / ELEMENTS as f64;
    let x: Vec<T> = (0..ELEMENTS).map(|i| T::from_f64(low + (high - low) * place(i))).collect();
    let mut y = vec![T::ZERO; ELEMENTS];
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        times[0].push(time(ours, &x, &mut y));
        times[1].push(time(std, &x, &mut y));
    }
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    })
}

/// One function in one scalar: the medians of ours and of the expression with std's functions.
macro_rules! column {
    ($name:ident($($second:expr)?), $x:ident, $std:expr, $real:ty, $range:expr) => {{
        struct Ours;

        impl Function<$real> for Ours {
            #[inline(always)]
            fn apply<I: Isa>(&self, isa: I, x: $real) -> $real {
                math::$name(isa, x $(, $second)?)
            }
        }

        let std = |x: &[$real], y: &mut [$real]| {
            for (y, &$x) in y.iter_mut().zip(x) {
                *y = $std;
            }
        };
        compare::<$real>(&|x, y| dispatch(Map { function: Ours, x, y }), &std, $range)
    }};
}

/// Prints a line for each function.
macro_rules! table {
    ($x:ident; $($name:ident $(($second:expr))? on $range:expr, std: $std:expr;)*) => {
        $({
            let [ours32, std32] = column!($name($($second)?), $x, $std, f32, $range);
            let [ours64, std64] = column!($name($($second)?), $x, $std, f64, $range);
            println!(
                "{:12} {ours32:8.3} {std32:8.3} {:7.1} {ours64:8.3} {std64:8.3} {:7.1}",
                stringify!($name), std32 / ours32, std64 / ours64
            );
        })*
    };
}

fn main() {
    println!("ns/element       f32      std   ratio      f64      std   ratio");
    table! { x;
        sqrt on [0.0, 10.0], std: x.sqrt();
        exp on [-20.0, 20.0], std: x.exp();
        exp2 on [-20.0, 20.0], std: x.exp2();
        exp_m1 on [-10.0, 10.0], std: x.exp_m1();
        ln on [0.001, 1000.0], std: x.ln();
        ln_1p on [-0.5, 10.0], std: x.ln_1p();
        log2 on [0.001, 1000.0], std: x.log2();
        log10 on [0.001, 1000.0], std: x.log10();
        sin on [-10.0, 10.0], std: x.sin();
        cos on [-10.0, 10.0], std: x.cos();
        tan on [-10.0, 10.0], std: x.tan();
        asin on [-1.0, 1.0], std: x.asin();
        acos on [-1.0, 1.0], std: x.acos();
        atan on [-5.0, 5.0], std: x.atan();
        sinh on [-5.0, 5.0], std: x.sinh();
        cosh on [-5.0, 5.0], std: x.cosh();
        tanh on [-5.0, 5.0], std: x.tanh();
        asinh on [-5.0, 5.0], std: x.asinh();
        acosh on [1.0, 10.0], std: x.acosh();
        atanh on [-0.99, 0.99], std: x.atanh();
        powf(2.5) on [0.01, 10.0], std: x.powf(black_box(2.5));
        hypot(0.5) on [-10.0, 10.0], std: x.hypot(0.5);
        atan2(0.5) on [-10.0, 10.0], std: x.atan2(0.5);
        cbrt on [-10.0, 10.0], std: x.cbrt();
        erf on [-4.0, 4.0], std: Real::from_f64(libm::erf(x.to_f64()));
        erfc on [-4.0, 4.0], std: Real::from_f64(libm::erfc(x.to_f64()));
        sigmoid on [-10.0, 10.0], std: 1.0 / (1.0 + (-x).exp());
        gelu on [-5.0, 5.0], std: Real::from_f64(x.to_f64() * libm::erfc(-x.to_f64()));
        silu on [-10.0, 10.0], std: x / (1.0 + (-x).exp());
        mish on [-10.0, 10.0], std: x * x.exp().ln_1p().tanh();
        softplus on [-10.0, 10.0], std: x.max(0.0) + (-x.abs()).exp().ln_1p();
        log_sigmoid on [-10.0, 10.0], std: x.min(0.0) - (-x.abs()).exp().ln_1p();
        log_cosh on [-5.0, 5.0], std: x.cosh().ln();
        selu on [-5.0, 5.0], std: if x > 0.0 { 1.050_701 * x } else { 1.758_099_3 * x.exp_m1() };
        softsign on [-5.0, 5.0], std: x / (1.0 + x.abs());
        digamma on [0.1, 20.0], std: x.ln() - 0.5 / x;
        lgamma on [0.1, 20.0], std: Real::from_f64(libm::lgamma(x.to_f64()));
    }
}
