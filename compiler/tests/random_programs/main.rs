//! Random well-shaped programs: each stage keeps their values, their derivatives are right, and their plans compute them.

mod algebra;
mod catalogue;
mod choices;
mod curvature;
mod derivatives;
mod differences;
mod environment;
mod equations;
mod execute;
mod expression;
mod generate;
mod inside;
mod loops;
mod matrices;
mod memory;
mod noise;
mod places;
mod placing;
mod properties;
mod random;
mod second;

use std::num::NonZeroUsize;

use chainrule_compiler::functions::matrix::matrix_functions;

use self::catalogue::catalogue;
use self::curvature::Orders;
use self::generate::{Program, program};
use self::properties::{Outcome, check};

/// Programs checked; `CHAINRULE_PROGRAMS` asks for another number, `CHAINRULE_SEED` for another first seed.
const PROGRAMS: u64 = 2000;
/// The relative error of gradients. Central differences with steps of 1e-4, extrapolated, are good to about 1e-9 of the loss.
const DERIVATIVES: f64 = 1e-6;
/// The same for one function at a time, where nothing amplifies.
const DERIVATIVES_OF_ONE: f64 = 1e-7;
/// Samples of each function; some fall so near a kink that differences reach across it.
const SAMPLES: u64 = 8;

/// Programs with Hessians, Jacobians and products.
const SECOND: u64 = 60;
/// Programs that are differentiated inside.
const DIFFERENTIATED: u64 = 60;

#[test]
fn stages_keep_values_and_derivatives_are_right() {
    let (first, count) = (number("CHAINRULE_SEED", 0), number("CHAINRULE_PROGRAMS", PROGRAMS));
    let (mut failures, mut skipped) = (Vec::new(), 0);
    for (found, unfit) in on_all_threads(|thread, threads| {
        check_all((first + thread as u64..first + count).step_by(threads))
    }) {
        failures.extend(found);
        skipped += unfit;
    }
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n\n"));
    assert!(skipped * 4 < count.max(100), "{skipped} of {count} programs are not fit for a check");
}

#[test]
fn every_function_definition_and_loss_has_the_right_gradient() {
    let mut failures = Vec::new();
    for (name, program) in catalogue() {
        let outcomes: Result<Vec<Outcome>, String> =
            (0..SAMPLES).map(|seed| check(&program, seed, DERIVATIVES_OF_ONE)).collect();
        match outcomes {
            Err(problem) => failures.push(format!("{name}: {problem}\n{}", program.item)),
            Ok(outcomes) => {
                let held = outcomes.iter().filter(|one| **one == Outcome::Holds).count();
                if held * 2 < outcomes.len() {
                    failures.push(format!("{name}: only {held} samples are fit for a check"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn derivatives_inside_a_model_agree_with_differences() {
    let mut failures = Vec::new();
    let functions = catalogue().into_iter().chain(derivatives::forms());
    let functions = functions.map(|(name, program)| (name, 3, program));
    let programs = (0..DIFFERENTIATED).map(|seed| {
        let name = format!("random_{seed}");
        (name, seed, program("random", seed))
    });
    let mut compared = 0;
    for (name, seed, program) in functions.chain(programs) {
        match derivatives::check(&program, seed) {
            Ok(count) => compared += count,
            Err(problem) => failures.push(format!(
                "{name}: {problem}\n#[model({})]\n{}\n{:?}",
                program.attribute, program.item, program.extents
            )),
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n\n"));
    assert!(compared > 3000, "only {compared} derivatives are fit for a comparison");
}

#[test]
fn derivatives_beyond_the_gradient_agree_with_each_other_and_with_differences() {
    let (first, count) = (number("CHAINRULE_SEED", 0), number("CHAINRULE_PROGRAMS", SECOND));
    let functions = catalogue().into_iter().chain(derivatives::forms());
    let functions = functions.map(|(name, program)| (name, 3, program));
    let programs = (first..first + count)
        .map(|seed| (format!("random_{seed}"), seed, program("random", seed)));
    let all: Vec<_> = functions.chain(programs).collect();
    let found = on_all_threads(|thread, threads| {
        let share = all.iter().skip(thread).step_by(threads);
        let checked = share.map(|(name, seed, program)| {
            second::check(program, *seed).map_err(|problem| {
                let generate::Program { attribute, item, extents } = program;
                format!("{name}: {problem}\n#[model({attribute})]\n{item}\n{extents:?}")
            })
        });
        checked.collect::<Vec<_>>()
    });
    let (mut failures, mut compared) = (Vec::new(), 0);
    for found in found.into_iter().flatten() {
        match found {
            Ok(count) => compared += count,
            Err(problem) => failures.push(problem),
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n\n"));
    assert!(compared > 3000, "only {compared} derivatives are fit for a comparison");
}

#[test]
fn hessians_of_loops_agree_with_differences() {
    let both = |(name, program)| (name, program, Orders::Both);
    let loops = loops::loops().into_iter().chain(derivatives::forms()).map(both);
    let matrices = matrix_functions().filter(|row| row.public).flat_map(catalogue::of_matrices);
    let programs: Vec<(String, Program, Orders)> =
        loops.chain(curvature::curved()).chain(matrices.map(both)).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (mut failures, mut compared) = (Vec::new(), 0);
    std::thread::scope(|scope| {
        let check = |first: usize| {
            let share = programs.iter().skip(first).step_by(threads);
            let checked = share.map(|(name, program, orders)| {
                let found = curvature::check(program, *orders, 3);
                found.map_err(|problem| format!("{name}: {problem}\n{}", program.item))
            });
            checked.collect::<Vec<Result<usize, String>>>()
        };
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || check(first))).collect();
        for found in running.into_iter().flat_map(|one| one.join().expect("no panic")) {
            match found {
                Ok(count) => compared += count,
                Err(problem) => failures.push(problem),
            }
        }
    });
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n\n"));
    assert!(compared > 500, "only {compared} derivatives are fit for a comparison");
}

/// A number from the environment.
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// What each thread makes of its share, the thread's number and how many there are.
fn on_all_threads<T: Send>(work: impl Fn(usize, usize) -> T + Sync) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    std::thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> =
            (0..threads).map(|thread| scope.spawn(move || work(thread, threads))).collect();
        running.into_iter().map(|thread| thread.join().expect("a check does not panic")).collect()
    })
}

/// What fails, as text, and how many programs are not fit for a check.
fn check_all(seeds: impl Iterator<Item = u64>) -> (Vec<String>, u64) {
    let (mut failures, mut skipped) = (Vec::new(), 0);
    for seed in seeds {
        let program = program("random", seed);
        match check(&program, seed, DERIVATIVES) {
            Ok(Outcome::Holds) => {}
            Ok(Outcome::Skipped) => skipped += 1,
            Err(problem) => failures.push(format!(
                "random_{seed}: {problem}\n#[model({})]\n{}\n{:?}",
                program.attribute, program.item, program.extents
            )),
        }
    }
    (failures, skipped)
}
