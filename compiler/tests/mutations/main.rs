//! Programs that nobody would write: real ones with a few tokens changed, and random tokens. Each is compiled or refused, in time, the same
//! way twice, and the expansion is Rust.
//!
//! `CHAINRULE_SECONDS` says for how long (a few seconds if not), `CHAINRULE_SEED` from which seed on; a seed that fails fails again, of the same commit:
//!
//! ```text
//! CHAINRULE_SECONDS=3600 cargo test --release -p chainrule-compiler --test mutations
//! CHAINRULE_SECONDS=0 CHAINRULE_SEED=1234 cargo test --release -p chainrule-compiler --test mutations
//! ```

#[path = "../random_programs/catalogue.rs"]
mod catalogue;
mod corpus;
#[path = "../random_programs/expression.rs"]
mod expression;
#[allow(dead_code, reason = "nobody runs these programs, so nobody asks for their extents")]
#[path = "../random_programs/generate.rs"]
mod generate;
#[path = "../random_programs/inside.rs"]
mod inside;
mod judge;
#[path = "../random_programs/loops.rs"]
mod loops;
mod mutate;
#[path = "../random_programs/places.rs"]
mod places;
#[path = "../random_programs/placing.rs"]
mod placing;
#[path = "../random_programs/random.rs"]
mod random;
mod tree;
mod watch;

use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;

use self::corpus::{Program, corpus};
use self::random::Random;

/// How long it goes on if nothing else is said.
const SECONDS: u64 = 3;
/// Random well-shaped programs that are changed like the others.
const GENERATED: u64 = 100;
/// After so many failures there is enough to do.
const ENOUGH: usize = 10;
/// Says to a process of this program which seeds are its.
const SHARE: &str = "CHAINRULE_SHARE";

#[test]
fn mutated_programs_are_compiled_or_refused() {
    let (first, seconds) = (number("CHAINRULE_SEED", 0), number("CHAINRULE_SECONDS", SECONDS));
    if let Ok(share) = std::env::var(SHARE) {
        let share: u64 = share.parse().expect("a number");
        return judge_all(first + share, threads(), Duration::from_secs(seconds));
    }
    let name = "mutated_programs_are_compiled_or_refused";
    let running = (0..threads()).map(|share| watch::start(name, &[(SHARE, share)]));
    let running: Vec<_> = running.collect();
    let (mut judged, mut failures) = (0, Vec::new());
    for process in running {
        let ended = process.join().expect("a watch does not panic");
        judged += ended.judged;
        failures.extend(ended.failure.map(|failure| {
            let texts = ended.last.map(|seed| judge::text(&program(&whole_corpus(), seed)));
            format!("{failure}\nThe last program is\n{}", texts.unwrap_or_default())
        }));
    }
    println!("{judged} programs from seed {first} on");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// Judges programs until the time is over, and says before each which it is.
fn judge_all(first: u64, step: u64, time: Duration) {
    let corpus = whole_corpus();
    judge::keep_panics();
    let (started, mut failures) = (Instant::now(), Vec::new());
    for seed in (first..).step_by(step as usize) {
        watch::say(seed);
        let program = program(&corpus, seed);
        if let Err(problem) = judge::judge(&program) {
            failures.push(format!("seed {seed}: {problem}\n{}", judge::text(&program)));
        }
        if started.elapsed() >= time || failures.len() == ENOUGH {
            break;
        }
    }
    drop(std::panic::take_hook());
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// Programs of others, every function and loss, and random programs.
fn whole_corpus() -> Vec<Program> {
    let mut programs = corpus();
    assert!(programs.len() > 300, "only {} programs are found", programs.len());
    let functions = catalogue::catalogue().into_iter().map(|(_, program)| program);
    let random = (0..GENERATED).map(|seed| generate::program("random", seed));
    for generate::Program { attribute, item, .. } in functions.chain(random) {
        let nodes = |text: &str| tree::nodes(text.parse().expect("the text is Rust"));
        programs.push(Program { attribute: nodes(&attribute), item: nodes(&item) });
    }
    programs
}

/// The program of a seed.
fn program(corpus: &[Program], seed: u64) -> Program {
    let mut random = Random::seeded(seed);
    match random.below(16) {
        0 => mutate::noise(&mut random),
        1 | 2 => {
            let text = TokenTree::Literal(Literal::string(&mutate::notation(&mut random)));
            let item = quote! { fn m(x: Input<3>, w: Param<3>, W1: Param<3, 3>, b: Param) -> Loss { math!(#text) } };
            Program { attribute: tree::nodes(TokenStream::new()), item: tree::nodes(item) }
        }
        _ => mutate::program(corpus, &mut random),
    }
}

/// A number from the environment.
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn threads() -> u64 {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get) as u64
}
