//! The race: derivatives written by `#[model]` against what people use for them today.
//!
//! `./run` builds and runs all. Contests among Rust programs run in this process: `cargo run --release -- formula`, `jacobian`,
//! `product`. The others are between processes: `race.py` starts `serve` for each contestant, those of Python beside it, and asks them
//! to take turns.

use std::path::Path;

mod bounds;
mod by_hand;
mod formula;
#[cfg(feature = "burn")]
mod in_burn;
#[cfg(feature = "candle")]
mod in_candle;
mod jacobian;
mod logistic;
mod ours;
mod problem;
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
        ["problems", folder] => problem::write(Path::new(folder)),
        ["serve", contestant] => serve(contestant),
        _ => eprintln!("{USAGE}"),
    }
}

const USAGE: &str =
    "usage: chainrule-peers formula | jacobian | product | problems <folder> | serve <contestant>";

fn serve(contestant: &str) {
    match contestant {
        "ours" => serve::run(ours::prepare),
        "by-hand" => serve::run(by_hand::prepare),
        "bound-exp" => serve::run(bounds::exponentials),
        "bound-memory" => serve::run(bounds::memory),
        #[cfg(feature = "candle")]
        "candle" => serve::run(in_candle::prepare),
        #[cfg(feature = "burn")]
        "burn" => serve::run(in_burn::prepare),
        _ => serve::missing(&format!("built without the feature {contestant}")),
    }
}
