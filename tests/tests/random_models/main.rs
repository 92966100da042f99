//! Random models and every function and loss, compiled for real, against the interpreter: loss, gradient and prediction, in both scalar types, on every
//! instruction set, for batches of one example and of several tiles.
#![allow(mixed_script_confusables, reason = "`σ` is a name of the sigmoid")]

#[path = "../../../compiler/tests/random_programs/catalogue.rs"]
mod catalogue;
#[path = "../../../compiler/tests/random_programs/environment.rs"]
mod environment;
mod expected;
#[path = "../../../compiler/tests/random_programs/expression.rs"]
mod expression;
#[path = "../../../compiler/tests/random_programs/generate.rs"]
mod generate;
#[path = "../../../compiler/tests/random_programs/inside.rs"]
mod inside;
#[path = "../../../compiler/tests/random_programs/loops.rs"]
mod loops;
#[path = "../../../compiler/tests/random_programs/noise.rs"]
mod noise;
#[path = "../../../compiler/tests/random_programs/places.rs"]
mod places;
#[path = "../../../compiler/tests/random_programs/placing.rs"]
mod placing;
#[path = "../../../compiler/tests/random_programs/random.rs"]
mod random;

use std::collections::BTreeMap;
use std::process::Command;

use chainrule::kernel::real::Real;

use self::expected::{Expected, Precision, expected};
use self::generate::Program;

/// What a model works on.
struct Values<T> {
    /// θ.
    parameters: Vec<T>,
    /// Inputs in rows, and data, by argument.
    reals: BTreeMap<usize, Vec<T>>,
    /// Index inputs by argument.
    indices: BTreeMap<usize, Vec<u32>>,
    target: Vec<T>,
    classes: Vec<u32>,
}

/// What a model computes.
struct Found<T> {
    loss: T,
    loss_alone: T,
    gradient: Vec<T>,
    prediction: Vec<T>,
}

type Run<T> = fn(&Values<T>) -> Result<Found<T>, chainrule::Error>;

/// Where a model's text comes from.
#[derive(Clone, Copy, Debug)]
enum Source {
    /// A function, a definition or a loss.
    Catalogue(&'static str),
    /// A random program, by its seed.
    Random(u64),
}

impl Source {
    /// The text, and a seed for its values.
    fn program(self) -> (Program, u64) {
        match self {
            Source::Random(seed) => (generate::program("random", seed), seed),
            Source::Catalogue(name) => {
                let found = catalogue::catalogue().into_iter().find(|(known, _)| known == name);
                (found.expect("the catalogue has not changed since the build").1, 1)
            }
        }
    }
}

/// A model, in double precision or in both.
struct Case {
    source: Source,
    double: Run<f64>,
    single: Option<Run<f32>>,
}

include!(concat!(env!("OUT_DIR"), "/random_models.rs"));

/// Sums in another order and polynomials good to a few units in the last place, over tens of operations.
const DOUBLE: Precision = Precision { relative: 1e-10, last_bits: 4e-16 };
/// The same in single precision, whose inputs are rounded to it before either side sees them.
const SINGLE: Precision = Precision { relative: 1e-4, last_bits: 1.2e-7 };

/// Batches: rows, and how often they are repeated, which leaves a mean as it is.
const BATCHES: [(u64, usize); 4] = [(1, 1), (5, 1), (37, 1), (50, 12)];

#[test]
fn models_equal_the_interpreter_on_every_instruction_set() {
    if std::env::var_os("CHAINRULE_ISA").is_some() {
        return compare_all();
    }
    let program = std::env::current_exe().expect("the test knows its program");
    let running: Vec<_> = ["baseline", "avx2", "avx512"]
        .into_iter()
        .map(|isa| {
            let mut command = Command::new(&program);
            command.args(["--exact", "models_equal_the_interpreter_on_every_instruction_set"]);
            (isa, command.env("CHAINRULE_ISA", isa).output())
        })
        .collect();
    for (isa, output) in running {
        let output = output.expect("the program runs");
        assert!(output.status.success(), "{isa}: {}", String::from_utf8_lossy(&output.stdout));
    }
}

fn compare_all() {
    let mut failures = Vec::new();
    let mut compared = 0;
    for case in CASES {
        let mut fit = true;
        for (rows, copies) in BATCHES {
            match compare_both(case, rows, copies) {
                Ok(is_fit) => fit &= is_fit,
                Err(problem) => {
                    failures.push(format!("{:?}, {rows} rows: {problem}", case.source));
                }
            }
        }
        match case.source {
            Source::Random(_) => compared += usize::from(fit),
            Source::Catalogue(name) if !fit => failures.push(format!("{name} is not compared")),
            Source::Catalogue(_) => {}
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
    assert!(compared >= 100, "only {compared} models are fit for a comparison");
}

/// Compares a model on one batch in the scalar types it has.
fn compare_both(case: &Case, rows: u64, copies: usize) -> Result<bool, String> {
    let double = compare(case.source, case.double, rows, copies, DOUBLE)?;
    let single = match case.single {
        Some(run) => compare(case.source, run, rows, copies, SINGLE)?,
        None => true,
    };
    Ok(double && single)
}

/// Compares one model on one batch; `false` where the values are not fit for it.
fn compare<T: Real>(
    source: Source,
    run: Run<T>,
    rows: u64,
    copies: usize,
    precision: Precision,
) -> Result<bool, String> {
    let round = |number: f64| T::from_f64(number).to_f64();
    let (program, seed) = source.program();
    let Some(expected) = expected(&program, seed, rows, precision, &round)? else {
        return Ok(false);
    };
    let found = run(&values(&expected, copies)).map_err(|error| error.to_string())?;
    let scale = if expected.sums { copies as f64 } else { 1.0 };
    let mut results = vec![found.loss.to_f64(), found.loss_alone.to_f64()];
    results.extend(found.gradient.iter().map(|number| number.to_f64()));
    let right = [expected.loss, expected.loss].into_iter().chain(expected.gradient.iter().copied());
    for (place, (found, (right, noise))) in results.iter().zip(right).enumerate() {
        check(place, *found, right * scale, noise * scale, precision)?;
    }
    if results.len() != expected.gradient.len() + 2 {
        return Err("the gradient has another length".into());
    }
    let count = expected.prediction.len();
    if found.prediction.len() != count * copies {
        return Err("the prediction has another length".into());
    }
    for (place, found) in found.prediction.iter().enumerate() {
        let (right, noise) = expected.prediction[place % count];
        check(place, found.to_f64(), right, noise, precision)?;
    }
    Ok(true)
}

fn check(
    place: usize,
    found: f64,
    right: f64,
    noise: f64,
    precision: Precision,
) -> Result<(), String> {
    let allowed = precision.relative * found.abs().max(right.abs()) + noise;
    if found == right || (found - right).abs() <= allowed {
        return Ok(());
    }
    Err(format!("value {place}: {found} where {right} is right, {allowed:e} allowed"))
}

/// What the interpreter worked on, in the scalar type and as rows, repeated.
fn values<T: Real>(expected: &Expected, copies: usize) -> Values<T> {
    let numbers = |from: &[f64]| -> Vec<T> { from.iter().map(|x| T::from_f64(*x)).collect() };
    let classes = |from: &[f64]| -> Vec<u32> { from.iter().map(|x| *x as u32).collect() };
    Values {
        parameters: numbers(&expected.parameters),
        reals: expected
            .reals
            .iter()
            .map(|(index, values)| (*index, numbers(&values.repeated(copies))))
            .collect(),
        indices: expected
            .indices
            .iter()
            .map(|(index, values)| (*index, classes(&values.repeat(copies))))
            .collect(),
        target: numbers(&expected.target.repeat(copies)),
        classes: classes(&expected.classes.repeat(copies)),
    }
}
