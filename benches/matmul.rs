//! The matrix product against the `matrixmultiply` crate, on one thread, at the shapes of training steps.
//!
//! `cargo run --release -p chainrule-benches --bin matmul [filter]`. Every figure is the median of rounds in which the two take turns, in
//! billions of floating-point operations a second; `ns` is the time of one call of ours. `peak` is what this processor reaches with
//! independent fused multiply-adds in registers.

#![allow(
    clippy::inline_always,
    reason = "a kernel has to become part of the function that enables its instructions"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use chainrule::kernel::arch::{Isa, Kernel, dispatch};
use chainrule::kernel::matmul::{Matrix, Update, matmul, matmul_scratch};
use chainrule::kernel::real::Real;

/// Layers as units, and the examples of a tile.
const NETS: [(&[usize], usize); 10] = [
    (&[2, 8, 8, 1], 1),
    (&[2, 8, 8, 1], 32),
    (&[4, 16, 16, 1], 256),
    (&[32, 64, 64, 8], 32),
    (&[32, 64, 64, 8], 512),
    (&[128, 256, 256, 10], 128),
    (&[784, 512, 512, 10], 128),
    (&[1024, 1024, 1024, 1024], 512),
    (&[784, 512, 10], 1),
    (&[50, 100, 10], 7),
];
const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(8);

/// The three products of a layer.
#[derive(Clone, Copy, Debug)]
enum Step {
    Forward,
    Backward,
    Weights,
}

/// One product: extents, strides of `A`, strides of `B`, and what becomes of `C`.
#[derive(Clone, Copy)]
struct Shape {
    extents: [usize; 3],
    a: [usize; 2],
    b: [usize; 2],
    update: Update,
}

impl Shape {
    fn new(step: Step, inputs: usize, outputs: usize, examples: usize) -> Shape {
        let (d, h, t) = (inputs, outputs, examples);
        match step {
            Step::Forward => {
                Shape { extents: [h, d, t], a: [1, h], b: [t, 1], update: Update::Set }
            }
            Step::Backward => {
                Shape { extents: [d, h, t], a: [h, 1], b: [t, 1], update: Update::Set }
            }
            Step::Weights => {
                Shape { extents: [d, t, h], a: [t, 1], b: [1, t], update: Update::Add }
            }
        }
    }
}

trait Other: Real {
    /// The product of the other crate.
    fn other(shape: &Shape, a: &[Self], b: &[Self], c: &mut [Self]);
}

macro_rules! other {
    ($type:ty, $gemm:ident) => {
        impl Other for $type {
            fn other(shape: &Shape, a: &[Self], b: &[Self], c: &mut [Self]) {
                let [m, k, n] = shape.extents;
                let [a_row, a_column, b_row, b_column] =
                    [shape.a[0], shape.a[1], shape.b[0], shape.b[1]].map(|stride| stride as isize);
                let beta = if shape.update == Update::Add { 1.0 } else { 0.0 };
                let (a, b, c) = (a.as_ptr(), b.as_ptr(), c.as_mut_ptr());
                // SAFETY: the slices were made for these extents and strides.
                unsafe {
                    matrixmultiply::$gemm(
                        m, k, n, 1.0, a, a_row, a_column, b, b_row, b_column, beta, c, n as isize,
                        1,
                    );
                }
            }
        }
    };
}

other!(f32, sgemm);
other!(f64, dgemm);

/// Our product, called often within one function of the instruction set, as a step calls it.
struct Ours<'a, T> {
    shape: &'a Shape,
    calls: usize,
    a: &'a [T],
    b: &'a [T],
    c: &'a mut [T],
    scratch: &'a mut [T],
}

impl<T: Real> Kernel for Ours<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) {
        let shape = *self.shape;
        for _ in 0..self.calls {
            let a = Matrix { values: self.a, row_stride: shape.a[0], column_stride: shape.a[1] };
            let b = Matrix { values: self.b, row_stride: shape.b[0], column_stride: shape.b[1] };
            matmul(isa, shape.extents, a, b, self.c, shape.extents[2], shape.update, self.scratch);
        }
    }
}

/// Nanoseconds of one call of ours and of theirs.
fn measure<T: Other>(shape: &Shape) -> [f64; 2] {
    let [m, k, n] = shape.extents;
    let numbers = |count: usize| {
        (0..count).map(|i| T::from_f64((i % 17) as f64 / 17.0 - 0.5)).collect::<Vec<T>>()
    };
    let (a, b, mut c) = (numbers(m * k), numbers(k * n), vec![T::ZERO; m * n]);
    let mut scratch = vec![T::ZERO; matmul_scratch::<T>(shape.extents)];
    let mut run = |ours: bool, calls: usize| {
        let start = Instant::now();
        if ours {
            dispatch(Ours { shape, calls, a: &a, b: &b, c: &mut c, scratch: &mut scratch });
        } else {
            for _ in 0..calls {
                T::other(shape, &a, &b, &mut c);
            }
        }
        start.elapsed()
    };
    let mut times = [const { Vec::new() }; 2];
    let calls = [true, false].map(|ours| {
        let mut calls = 1;
        while run(ours, calls) < ROUND / 2 {
            calls *= 2;
        }
        calls
    });
    for _ in 0..ROUNDS {
        for (side, ours) in [true, false].into_iter().enumerate() {
            times[side].push(run(ours, calls[side]).as_secs_f64() * 1e9 / calls[side] as f64);
        }
    }
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[ROUNDS / 2]
    })
}

/// Twenty-four independent chains of sixteen lanes.
struct Peak(usize);

impl Kernel for Peak {
    type Output = f32;

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) -> f32 {
        let (x, y) = (black_box(0.999_f32), black_box(0.001_f32));
        let mut chains = [[0.0_f32; 16]; 24];
        for _ in 0..self.0 {
            for lane in chains.as_flattened_mut() {
                *lane = lane.mul_add_if(isa, x, y);
            }
        }
        chains.as_flattened().iter().sum()
    }
}

fn peak() -> f64 {
    let rounds = 2_000_000;
    let best = (0..5).map(|_| {
        let start = Instant::now();
        black_box(dispatch(Peak(rounds)));
        rounds as f64 * 24.0 * 16.0 * 2.0 / start.elapsed().as_nanos() as f64
    });
    best.fold(0.0, f64::max)
}

fn row<T: Other>(scalar: &str, layer: &str, step: Step, shape: &Shape) {
    let [m, k, n] = shape.extents;
    let flops = 2.0 * m as f64 * k as f64 * n as f64;
    let [ours, other] = measure::<T>(shape);
    println!(
        "{scalar} {layer:<26} {:<9} {:>17} {:>9.1} {:>9.1} {:>7.2} {ours:>11.1} ns",
        format!("{step:?}"),
        format!("{m}×{k}×{n}"),
        flops / ours,
        flops / other,
        other / ours,
    );
}

fn main() {
    let filter = std::env::args().nth(1).unwrap_or_default();
    println!("peak f32 {:.1} GF/s", peak());
    println!(
        "{:<30} {:<9} {:>17} {:>9} {:>9} {:>7}",
        "net@examples, layer", "step", "m×k×n", "ours", "other", "ratio"
    );
    for (units, examples) in NETS {
        let name = units.iter().map(ToString::to_string).collect::<Vec<_>>().join("-");
        for (layer, pair) in units.windows(2).enumerate() {
            for step in [Step::Forward, Step::Backward, Step::Weights] {
                let shape = Shape::new(step, pair[0], pair[1], examples);
                let label = format!("{name}@{examples} {}", layer + 1);
                for scalar in ["f32", "f64"] {
                    if !format!("{scalar} {label} {step:?}").contains(&filter)
                        || layer == 2 && pair[0] == pair[1]
                    {
                        continue;
                    }
                    match scalar {
                        "f32" => row::<f32>(scalar, &label, step, &shape),
                        _ => row::<f64>(scalar, &label, step, &shape),
                    }
                }
            }
        }
    }
}
