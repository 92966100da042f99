//! One thread and two, side by side: loss and gradient of a three-layer perceptron at eight sizes, and of a formula over a million points.
//!
//! ```sh
//! cargo run --release -p chainrule-benches --features rayon --bin threads
//! cargo run --release -p chainrule-benches --bin threads    # without the feature: what it costs where one thread wins
//! ```
//!
//! An argument chooses the lines that contain it. The contestants take short turns, and the best turn of each counts, which a busy machine
//! disturbs least. `outside` calls from a thread that is not in a pool, as a program does that knows nothing of threads; the others are inside pools of one thread and of two. The results
//! are compared bit by bit before they are timed; the sum of all bits at the end of a line is the same with the feature and without it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use chainrule::prelude::*;
use chainrule_benches::numbers;

/// Three layers.
#[model(loss = squared_error)]
fn net<const D: usize, const H1: usize, const H2: usize, const O: usize>(
    x: Input<D>,
    w1: Param<D, H1>,
    b1: Param<H1>,
    w2: Param<H1, H2>,
    b2: Param<H2>,
    w3: Param<H2, O>,
    b3: Param<O>,
) -> Output<O> {
    let hidden1 = sigmoid(x.dot(w1) + b1);
    let hidden2 = sigmoid(hidden1.dot(w2) + b2);
    hidden2.dot(w3) + b3
}

/// A peak on a sloping line.
#[model(loss = squared_error)]
fn peak(t: Input, #[init(constant(1.0))] theta: Param<5>) -> Output {
    theta[0] * exp(-square((t - theta[1]) / theta[2])) + theta[3] + theta[4] * t
}

/// The time of a turn, in which a call is made as often as fits.
const TURN: Duration = Duration::from_micros(400);
/// Turns of each contestant.
const TURNS: usize = 200;

/// A way to call a step.
struct Way {
    name: &'static str,
    #[cfg(feature = "rayon")]
    pool: Option<rayon::ThreadPool>,
}

#[cfg(feature = "rayon")]
fn ways() -> Vec<Way> {
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok();
    vec![
        Way { name: "outside", pool: None },
        Way { name: "one", pool: pool(1) },
        Way { name: "two", pool: pool(2) },
    ]
}

#[cfg(not(feature = "rayon"))]
fn ways() -> Vec<Way> {
    vec![Way { name: "without" }]
}

#[cfg(feature = "rayon")]
fn call<R: Send>(way: &Way, run: impl FnOnce() -> R + Send) -> R {
    match &way.pool {
        Some(pool) => pool.install(run),
        None => run(),
    }
}

#[cfg(not(feature = "rayon"))]
fn call<R: Send>(_way: &Way, run: impl FnOnce() -> R + Send) -> R {
    run()
}

/// The best time of a call in a turn, in nanoseconds.
fn turn(way: &Way, step: &mut (dyn FnMut() -> f32 + Send)) -> f64 {
    call(way, || {
        let start = Instant::now();
        black_box(step());
        let once = start.elapsed();
        let count = (TURN.as_nanos() / once.as_nanos().max(1)).clamp(1, 1000) as u32;
        let start = Instant::now();
        for _ in 0..count {
            black_box(step());
        }
        start.elapsed().as_secs_f64() * 1e9 / f64::from(count)
    })
}

/// Times a model's step in every way and prints a line.
fn run<M: Model<Scalar = f32> + Sync>(label: &str, ways: &[Way], model: &M, batch: &M::Batch<'_>)
where
    M::Workspace: Send,
    for<'a> M::Batch<'a>: Sync,
{
    if std::env::args().nth(1).is_some_and(|wanted| !label.contains(&wanted)) {
        return;
    }
    let mut bits: Vec<u64> = Vec::new();
    let mut best = vec![f64::INFINITY; ways.len()];
    let mut memory: Vec<(Vec<f32>, M::Workspace)> =
        ways.iter().map(|_| (model.parameters().to_vec(), model.workspace())).collect();
    for (way, (gradient, workspace)) in ways.iter().zip(&mut memory) {
        let loss = call(way, || model.loss_and_gradient_into(batch, gradient, workspace));
        let sum = gradient.iter().chain([&loss]).map(|value| u64::from(value.to_bits()));
        bits.push(sum.fold(0, |sum, bits| sum.wrapping_mul(31).wrapping_add(bits)));
    }
    assert!(bits.iter().all(|found| *found == bits[0]), "threads change the bits");
    let start = Instant::now();
    for _ in 0..TURNS {
        for ((way, best), (gradient, workspace)) in ways.iter().zip(&mut best).zip(&mut memory) {
            let mut step = || model.loss_and_gradient_into(batch, gradient, workspace);
            *best = best.min(turn(way, &mut step));
        }
        if start.elapsed() > Duration::from_secs(5) {
            break;
        }
    }
    let times: Vec<String> = best.iter().map(|time| format!("{:>12.3}", time / 1e3)).collect();
    let times = times.concat();
    let ratio = if best.len() > 1 { best[1] / best[2] } else { 1.0 };
    println!("{label:<30}{times}{ratio:>8.2}   {:016x}", bits[0]);
}

fn perceptron<const D: usize, const H1: usize, const H2: usize, const O: usize>(
    ways: &[Way],
    rows: usize,
) {
    let cast = |values: Vec<f64>| -> Vec<f32> { values.iter().map(|&x| x as f32).collect() };
    let (x, y) = (cast(numbers(rows * D, 1, 1.0)), cast(numbers(rows * O, 2, 1.0)));
    let model = Net::<D, H1, H2, O>::seeded(3);
    let batch = Net::<D, H1, H2, O>::batch(&x, &y).expect("the lengths fit");
    run(&format!("{D}-{H1}-{H2}-{O} @ {rows}"), ways, &model, &batch);
}

fn main() {
    let ways = ways();
    let names: Vec<String> = ways.iter().map(|way| format!("{:>12}", way.name)).collect();
    let names = names.concat();
    println!("{:<30}{names}{:>8}   bits", "loss and gradient, f32, µs", "one/two");
    perceptron::<2, 8, 8, 1>(&ways, 1);
    perceptron::<2, 8, 8, 1>(&ways, 32);
    perceptron::<4, 16, 16, 1>(&ways, 256);
    perceptron::<32, 64, 64, 8>(&ways, 32);
    perceptron::<32, 64, 64, 8>(&ways, 1024);
    perceptron::<128, 256, 256, 10>(&ways, 128);
    perceptron::<128, 256, 256, 10>(&ways, 1024);
    perceptron::<784, 512, 512, 10>(&ways, 128);
    perceptron::<1024, 1024, 1024, 1024>(&ways, 512);
    for rows in [1000, 10_000, 20_000, 30_000, 40_000, 60_000, 100_000, 1_000_000] {
        let t: Vec<f32> = numbers(rows, 5, 3.0).iter().map(|&t| t as f32).collect();
        let y: Vec<f32> = t.iter().map(|t| (-t * t).exp() + 0.1 * t).collect();
        let batch = Peak::batch(&t, &y).expect("the lengths fit");
        run(&format!("a peak over {rows} points"), &ways, &Peak::seeded(1), &batch);
    }
}
