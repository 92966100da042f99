//! Running a function as often and as long as an input asks for, with the time each run took.

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::protocol::{Evaluated, Outcome};

/// The fields of an input that say how often to run: both must be reached.
#[derive(Deserialize)]
struct Runs {
    #[serde(default)]
    min_runs: usize,
    #[serde(default)]
    min_seconds: f64,
}

/// Runs `function` and times it; at least once, since its results are what is reported.
///
/// What `function` does is all that is timed, so what depends on the input alone is made before.
pub fn time(input: &RawValue, mut function: impl FnMut()) -> serde_json::Result<Vec<u64>> {
    let Runs { min_runs, min_seconds } = serde_json::from_str(input.get())?;
    let mut runs = Vec::new();
    let mut total = Duration::ZERO;
    while runs.len() < min_runs.max(1) || total.as_secs_f64() < min_seconds {
        let start = Instant::now();
        function();
        let elapsed = start.elapsed();
        total += elapsed;
        runs.push(u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX));
    }
    Ok(runs)
}

/// What a problem answers after `runs` runs.
pub fn evaluated(output: impl Into<Value>, runs: Vec<u64>) -> Outcome {
    Ok(Evaluated { output: output.into(), runs })
}
