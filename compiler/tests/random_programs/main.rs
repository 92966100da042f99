//! Random well-shaped programs: each stage keeps their values, their derivatives are right, and their plans compute them.

mod differences;
mod environment;
mod execute;
mod expression;
mod generate;
mod memory;
mod noise;
mod properties;
mod random;

use self::generate::program;
use self::properties::{Outcome, check};

/// Programs checked; `CHAINRULE_PROGRAMS` asks for another number, `CHAINRULE_SEED` for another first seed.
const PROGRAMS: u64 = 2000;

#[test]
fn stages_keep_values_and_derivatives_are_right() {
    let number = |name: &str, otherwise: u64| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let (first, count) = (number("CHAINRULE_SEED", 0), number("CHAINRULE_PROGRAMS", PROGRAMS));
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    let (mut failures, mut skipped) = (Vec::new(), 0);
    std::thread::scope(|scope| {
        let share = |thread: u64| (first + thread..first + count).step_by(threads as usize);
        let running: Vec<_> =
            (0..threads).map(|thread| scope.spawn(move || check_all(share(thread)))).collect();
        for thread in running {
            let (found, unfit) = thread.join().expect("a check does not panic");
            failures.extend(found);
            skipped += unfit;
        }
    });
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n\n"));
    assert!(skipped * 4 < count.max(100), "{skipped} of {count} programs are not fit for a check");
}

/// What fails, as text, and how many programs are not fit for a check.
fn check_all(seeds: impl Iterator<Item = u64>) -> (Vec<String>, u64) {
    let (mut failures, mut skipped) = (Vec::new(), 0);
    for seed in seeds {
        let program = program("random", seed);
        match check(&program, seed) {
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
