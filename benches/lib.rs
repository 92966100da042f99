//! Measuring: interleaved runs and medians.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds of a comparison; odd, so that the median is one of them.
pub const ROUNDS: usize = 15;

/// The median time of one call of each contestant, in nanoseconds; they take turns, so that a slow phase of the machine meets all.
pub fn compare<const K: usize>(mut contestants: [&mut dyn FnMut() -> f64; K]) -> [f64; K] {
    let target = Duration::from_millis(20);
    let repeats = contestants.each_mut().map(|run| {
        let start = Instant::now();
        let mut count = 0_u32;
        while start.elapsed() < target {
            black_box(run());
            count += 1;
        }
        count
    });
    let mut times = [const { Vec::new() }; K];
    for _ in 0..ROUNDS {
        for (index, run) in contestants.iter_mut().enumerate() {
            let start = Instant::now();
            for _ in 0..repeats[index] {
                black_box(run());
            }
            times[index].push(start.elapsed().as_secs_f64() * 1e9 / f64::from(repeats[index]));
        }
    }
    times.map(|mut sample: Vec<f64>| {
        sample.sort_by(f64::total_cmp);
        sample[ROUNDS / 2]
    })
}

/// Numbers between −`scale` and `scale`, the same every time.
pub fn numbers(count: usize, seed: u64, scale: f64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..count).map(|_| (2.0 * next() - 1.0) * scale).collect()
}
