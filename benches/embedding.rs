//! What a training step costs on a table of which it reads some rows: the same for any number of rows.
//!
//! ```sh
//! cargo run --release -p chainrule-benches --bin embedding
//! ```
//!
//! Word vectors by the products of neighbours: mini-batches of 32 examples, 32 numbers a row. `touched` is plain gradient descent, which goes
//! over the rows of the mini-batch: what grows with the table is the way to memory, for rows that are in no cache. `whole` is gradient
//! descent with momentum, which goes over all of the table.

use std::time::Instant;

use chainrule::prelude::*;
use chainrule_benches::numbers;

#[model(loss = squared_error, dims(V))]
fn neighbours(word: Index<V>, other: Index<V>, table: Param<V, 32>, bias: Param<V>) -> Output {
    table[word].dot(table[other]) + bias[word]
}

const STEPS: usize = 200;
const BATCH: usize = 32;

/// Nanoseconds a step, in the fastest of some epochs; setting up and the losses of the ends are in none.
fn step_time(words: u32, optimizer: GradientDescent<f32>) -> f64 {
    let dims = NeighboursDims { v: words as usize };
    let mut model = Neighbours::seeded(dims, 1).expect("the dimensions are positive");
    let rows = STEPS * BATCH;
    let places = |seed| -> Vec<u32> {
        let drawn = numbers(rows, seed, 0.5).into_iter();
        drawn.map(|x| ((x + 0.5).clamp(0.0, 1.0) * f64::from(words - 1)) as u32).collect()
    };
    let (word, other) = (places(1), places(2));
    let y: Vec<f32> = numbers(rows, 3, 1.0).iter().map(|&y| y as f32).collect();
    let batch = Neighbours::batch(dims, &word, &other, &y).expect("the lengths fit");
    let mut fastest = f64::INFINITY;
    let mut last = None;
    Trainer::new(optimizer)
        .epochs(8)
        .batch_size(BATCH)
        .observe(|_| {
            let now = Instant::now();
            if let Some(last) = last.replace(now) {
                fastest = fastest.min(now.duration_since(last).as_nanos() as f64 / STEPS as f64);
            }
        })
        .fit(&mut model, &batch)
        .expect("training converges");
    fastest
}

fn main() {
    println!("a step of gradient descent, {BATCH} examples, rows of 32 f32");
    println!("{:>12} {:>12} {:>12}", "rows", "touched µs", "whole µs");
    for words in [1_000, 100_000, 1_000_000] {
        let plain = GradientDescent::new(0.01);
        let touched = step_time(words, plain.clone());
        let whole = step_time(words, plain.momentum(0.5));
        println!("{words:>12} {:>12.1} {:>12.1}", touched / 1e3, whole / 1e3);
    }
}
