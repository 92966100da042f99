//! The race: derivatives written by `#[model]` against what people use for them today.
//!
//! `./run` builds and runs all; `cargo run --release -- formula` one contest. What Python does is timed by `peers.py`, which asks `serve`.

mod formula;
mod jacobian;
mod logistic;
mod product;
mod race;
mod serve;
mod voigt;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["formula"] => formula::run(),
        ["jacobian"] => jacobian::run(),
        ["product"] => product::run(),
        ["serve", folder] => serve::run(folder),
        [] => {
            formula::run();
            jacobian::run();
            product::run();
        }
        _ => eprintln!("usage: chainrule-peers [formula | jacobian | product | serve <folder>]"),
    }
}
