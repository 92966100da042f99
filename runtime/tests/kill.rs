//! A training process that is killed at random moments goes on to the bits it would have had.
//!
//! This program starts itself as a child that trains with checkpoints, kills it after a random time, and starts it again, until it has
//! finished; then all over, until there were so many kills. A run may be killed several times, while it begins, computes, writes or ends.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chainrule::generator::Generator;
use chainrule::keep::Checkpoints;
use chainrule::prelude::*;

#[model(loss = mean_squared_error)]
fn network(x: Input<2>, w1: Param<2, 8>, b1: Param<8>, w2: Param<8>, b2: Param) -> Output {
    tanh(dropout(x, 0.1).dot(w1) + b1).dot(w2) + b2
}

const KILLS: usize = 200;
/// The environment variable by which the child knows that it is one, and where its checkpoints are.
const FOLDER: &str = "CHAINRULE_KILL_FOLDER";
/// What the child prints when it begins, and before the outcome.
const BEGUN: &str = "begun";
const OUTCOME: &str = "outcome ";

fn main() {
    match std::env::var_os(FOLDER) {
        Some(folder) => {
            println!("{BEGUN}");
            let checkpoints = Checkpoints::in_folder(folder).every_steps(2).keep(2).resume();
            println!("{OUTCOME}{}", train(Some(checkpoints)));
        }
        None => kill_and_resume(),
    }
}

/// Trains the network; the bits of θ and of all losses in the end.
fn train(checkpoints: Option<Checkpoints>) -> String {
    let mut generator = Generator::new(4);
    let x: Vec<f32> = (0..2 * 60).map(|_| generator.normal() as f32).collect();
    let y: Vec<f32> = x.chunks(2).map(|row| row[0] * row[1]).collect();
    let batch = Network::batch(&x, &y).expect("the rows fit");
    let mut model = Network::seeded(1);
    let mut trainer = Trainer::new(Adam::new(0.02))
        .epochs(20)
        .batch_size(5)
        .seed(3)
        .validation_split(0.2)
        .early_stopping(5);
    if let Some(checkpoints) = checkpoints {
        trainer = trainer.checkpoints(checkpoints);
    }
    let history = trainer.fit(&mut model, &batch).expect("training succeeds");
    let bits: Vec<u32> = model.parameters().iter().map(|theta| theta.to_bits()).collect();
    format!("{bits:?} {:?} {}", history.epochs(), history.final_loss())
}

fn kill_and_resume() {
    let start = Instant::now();
    let folder = scratch().join(format!("chainrule_kill_{}", std::process::id()));
    let expected = train(None);
    let whole = whole_run(&folder, &expected);
    let (mut generator, mut runs, mut begun, mut kills) = (Generator::new(8), 0, 0, 0);
    while kills < KILLS {
        drop(std::fs::remove_dir_all(&folder));
        runs += 1;
        let outcome = loop {
            let child = child(&folder, Some(whole.mul_f64(0.5 * generator.uniform())));
            let Some(outcome) = child.outcome else {
                kills += 1;
                begun += usize::from(child.has_begun);
                continue;
            };
            break outcome;
        };
        assert_eq!(outcome, expected, "run {runs}, after {kills} kills");
    }
    drop(std::fs::remove_dir_all(&folder));
    println!(
        "{kills} kills, {begun} of them in training, in {runs} runs of {} ms, each to the same bits: {} s",
        whole.as_millis(),
        start.elapsed().as_secs()
    );
    assert!(2 * begun > kills, "only {begun} of {kills} kills were in training");
}

/// Where files are in memory, if there is such a place: what a killed process has written stays there too, and the disk is not waited for.
fn scratch() -> &'static Path {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory } else { Path::new(env!("CARGO_TARGET_TMPDIR")) }
}

/// How long a run takes that nobody kills.
fn whole_run(folder: &PathBuf, expected: &str) -> Duration {
    let times = (0..3).map(|_| {
        drop(std::fs::remove_dir_all(folder));
        let start = Instant::now();
        let whole = child(folder, None);
        assert_eq!(whole.outcome.as_deref(), Some(expected));
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

/// What is known of a child that is no more.
struct Child {
    has_begun: bool,
    /// What it ended with, if it was not killed.
    outcome: Option<String>,
}

/// Starts a child, and kills it after a time.
fn child(folder: &PathBuf, after: Option<Duration>) -> Child {
    let program = std::env::current_exe().expect("this program has a path");
    let mut command = Command::new(program);
    command.env(FOLDER, folder).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    if let Some(after) = after {
        std::thread::sleep(after);
        child.kill().expect("a child may be killed");
    }
    let output = child.wait_with_output().expect("the child ends");
    let text = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.is_empty(), "{error}");
    let outcome = text.lines().find_map(|line| line.strip_prefix(OUTCOME));
    let outcome = outcome.filter(|_| output.status.success()).map(str::to_owned);
    Child { has_begun: text.lines().any(|line| line == BEGUN), outcome }
}
