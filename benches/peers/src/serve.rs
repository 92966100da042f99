//! A contestant as a resident process: it waits for a line, works for its turn, and answers with a line.
//!
//! | request | answer |
//! |---|---|
//! | `time <milliseconds> <problem> <mode>` | the median time of a call, in nanoseconds |
//! | `check <calls> <problem> <mode>` | numbers on which all contestants agree after so many calls from the start |
//! | `call <calls> <problem> <mode>` | `called`, after so many calls of what is kept for further turns |
//! | `free` | `free`: what was kept for further turns is dropped |
//!
//! `unsupported` answers what the contestant does not do. The first line is `ready`, or `missing` with the reason.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{BufRead, Write, stdin, stdout};
use std::time::{Duration, Instant};

/// A problem with what is done to it, ready to run.
pub trait Task {
    /// Does it once; a step goes on from where the last one ended.
    fn call(&mut self);

    /// Numbers that show what the last call did.
    fn evidence(&self) -> Vec<f64>;
}

/// What is done to a problem.
#[derive(Clone, Copy, PartialEq)]
pub enum Mode {
    /// The loss, all gradients and gradient descent.
    Step,
    /// The loss and all gradients.
    Gradient,
    /// The predictions.
    Forward,
    /// The matrix of second derivatives, with the gradient.
    Hessian,
    /// The best parameters with their uncertainties.
    Fit,
}

impl Mode {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "step" => Some(Mode::Step),
            "gradient" => Some(Mode::Gradient),
            "forward" => Some(Mode::Forward),
            "hessian" => Some(Mode::Hessian),
            "fit" => Some(Mode::Fit),
            _ => None,
        }
    }
}

/// Makes what a problem's name and a mode stand for, if the contestant does that.
pub type Prepare = fn(&str, Mode) -> Option<Box<dyn Task>>;

/// Answers until the input ends.
pub fn run(prepare: Prepare) {
    say("ready");
    let mut kept = BTreeMap::new();
    for line in stdin().lock().lines() {
        let line = line.expect("the other process writes text");
        match line.split(' ').collect::<Vec<_>>()[..] {
            ["free"] => {
                kept.clear();
                say("free");
            }
            [request, count, problem, mode] => {
                let count = count.parse().expect("a number");
                let name = format!("{problem} {mode}");
                let make = || Mode::parse(mode).and_then(|mode| prepare(problem, mode));
                let answer = match request {
                    "check" => make().map(|mut task| check(&mut *task, count)),
                    _ => kept.entry(name).or_insert_with(make).as_mut().map(|task| match request {
                        "call" => {
                            (0..count).for_each(|_| task.call());
                            "called".into()
                        }
                        _ => turn(&mut **task, count).to_string(),
                    }),
                };
                say(&answer.unwrap_or("unsupported".into()));
            }
            _ => say("unsupported"),
        }
    }
}

/// Says that the contestant is not here.
pub fn missing(reason: &str) {
    say(&format!("missing {reason}"));
}

fn say(line: &str) {
    println!("{line}");
    stdout().flush().expect("the other process listens");
}

fn check(task: &mut dyn Task, calls: u64) -> String {
    for _ in 0..calls {
        task.call();
    }
    let numbers: Vec<String> = task.evidence().iter().map(|one| format!("{one:.12e}")).collect();
    numbers.join(" ")
}

/// How long calls run between two looks at the clock, where one is shorter: less than what the system gives a process before another
/// runs, so that on a machine with other work most are undisturbed.
const STRETCH: Duration = Duration::from_millis(1);

/// The median time of a call in a turn, in nanoseconds.
fn turn(task: &mut dyn Task, milliseconds: u64) -> f64 {
    let mut calls = 1;
    while stretch(task, calls) < STRETCH {
        calls *= 2;
    }
    let mut times = Vec::new();
    let start = Instant::now();
    while times.len() < 3 || start.elapsed() < Duration::from_millis(milliseconds) {
        times.push(stretch(task, calls).as_secs_f64() * 1e9 / f64::from(calls));
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn stretch(task: &mut dyn Task, calls: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..calls {
        task.call();
        black_box(&mut *task);
    }
    start.elapsed()
}

/// The square root of the sum of squares.
pub fn norm(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().map(|value| value * value).sum::<f64>().sqrt()
}
