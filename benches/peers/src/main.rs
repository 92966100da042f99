//! The race: derivatives written by `#[model]` against what people use for them today.
//!
//! `./run` builds and runs all; `cargo run --release -- formula` one contest.

mod formula;
mod jacobian;
mod race;
mod voigt;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("formula") => formula::run(),
        Some("jacobian") => jacobian::run(),
        _ => {
            formula::run();
            jacobian::run();
        }
    }
}
