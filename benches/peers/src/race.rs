//! Contestants that take turns, and the medians of their times.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds of a contest; odd, so that the median is one of them.
const ROUNDS: usize = 401;
/// How long a contestant runs in a round: shorter than what the system gives a process before another runs, so that on a machine with
/// other work most turns are undisturbed.
const TURN: Duration = Duration::from_micros(300);

/// One way to compute the same thing.
pub struct Contestant<'a> {
    name: &'a str,
    call: Box<dyn FnMut() -> f64 + 'a>,
}

impl<'a> Contestant<'a> {
    /// A contestant; what `call` returns keeps its work from being optimized away.
    pub fn new(name: &'a str, call: impl FnMut() -> f64 + 'a) -> Self {
        Contestant { name, call: Box::new(call) }
    }
}

/// The median and the least time of a call of each, in nanoseconds.
pub fn race(contestants: &mut [Contestant]) -> Vec<[f64; 2]> {
    let repeats: Vec<u32> = contestants.iter_mut().map(|one| repeats(&mut one.call)).collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); contestants.len()];
    for _ in 0..ROUNDS {
        for ((one, &repeats), times) in contestants.iter_mut().zip(&repeats).zip(&mut times) {
            times.push(time(&mut one.call, repeats));
        }
    }
    times.into_iter().map(median_and_least).collect()
}

/// Runs the contest and prints a row for each; the first is ours, and the others' ratios are to it.
pub fn table(title: &str, contestants: &mut [Contestant]) {
    let times = race(contestants);
    println!("{title} (medians and their ratios; minima and theirs)");
    let [ours, our_least] = times[0];
    for (one, [time, least]) in contestants.iter().zip(&times) {
        println!(
            "  {:<48} {:>10.2} µs {:>7.2} × {:>10.2} µs {:>7.2} ×",
            one.name,
            time / 1e3,
            time / ours,
            least / 1e3,
            least / our_least
        );
    }
}

/// The time of one call among `repeats`, in nanoseconds.
fn time(call: &mut dyn FnMut() -> f64, repeats: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..repeats {
        black_box(call());
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(repeats)
}

fn repeats(call: &mut dyn FnMut() -> f64) -> u32 {
    let start = Instant::now();
    let mut count = 0_u32;
    while count < 2 || start.elapsed() < 50 * TURN {
        black_box(call());
        count += 1;
    }
    count.div_ceil(50)
}

fn median_and_least(mut times: Vec<f64>) -> [f64; 2] {
    times.sort_by(f64::total_cmp);
    [times[times.len() / 2], times[0]]
}

/// What rounding explains, where each number is a sum of a thousand.
pub const ROUNDING: f64 = 1e-11;

/// Numbers between 0 and 1, the same every time.
pub fn numbers(count: usize, seed: u64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..count).map(|_| next()).collect()
}

/// # Panics
/// Where two of the numbers differ by more than this part of the largest.
pub fn assert_close(ours: &[f64], theirs: &[f64], tolerance: f64) {
    assert_eq!(ours.len(), theirs.len());
    let scale = ours.iter().fold(0.0_f64, |scale, value| scale.max(value.abs()));
    for (one, other) in ours.iter().zip(theirs) {
        assert!((one - other).abs() <= tolerance * scale.max(1.0), "{one} and {other} differ");
    }
}
