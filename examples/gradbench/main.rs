//! A tool for `GradBench`, the open benchmark of automatic differentiation: each of its problems as an annotated model.
//!
//! It reads a message of the protocol from each line of the standard input and answers with a line of JSON on the standard output:
//! `{"id": 2, "kind": "evaluate", "module": "hello", "function": "double", "input": 3}` with `{"id":2,"output":6.0,"success":true,..}`.
//! Protocol and problems are specified in its repository, <https://github.com/gradbench/gradbench>: `CONTRIBUTING.md`, `evals/*/README.md`.

mod protocol;
mod runs;

mod ba;
mod det;
mod gmm;
mod hello;
mod kmeans;
mod llsq;
mod lse;
mod lstm;
mod ode;

#[cfg(test)]
mod tests;

use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        writeln!(output, "{}", protocol::answer(&line?))?;
        output.flush()?;
    }
    Ok(())
}
