//! Running a function as often and as long as an input asks for, with the time each run took.

use std::time::{Duration, Instant};

use chainrule::Model;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::protocol::{Evaluated, Outcome, unknown};

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

/// What a problem answers after `runs`.
pub fn evaluated(output: impl Into<Value>, runs: Vec<u64>) -> Evaluated {
    Evaluated { output: output.into(), runs }
}

/// The loss of a model as the function called `loss`, and its gradient, all of it in one vector, as the function called `gradient`.
pub fn loss_or_gradient<M: Model<Scalar = f64>>(
    function: &str,
    [loss, gradient]: [&str; 2],
    input: &RawValue,
    model: &M,
    batch: &M::Batch<'_>,
) -> Outcome {
    let mut workspace = model.workspace();
    if function == loss {
        let mut value = 0.0;
        let runs = time(input, || value = model.loss_into(batch, &mut workspace))?;
        Ok(evaluated(value, runs))
    } else if function == gradient {
        let mut slopes = vec![0.0; model.parameters().len()];
        let runs = time(input, || {
            model.loss_and_gradient_into(batch, &mut slopes, &mut workspace);
        })?;
        Ok(evaluated(slopes, runs))
    } else {
        unknown(function)
    }
}
