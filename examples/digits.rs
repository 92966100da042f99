//! Handwritten digits: softmax regression, then a perceptron, and how well each reads digits it has not seen.
//!
//! `cargo run --release --example digits [curve.svg]`
use std::error::Error;
use std::path::PathBuf;

use chainrule::observe::Progress;
use chainrule::prelude::*;
use chainrule_examples::chart;
use chainrule_examples::digits::{self, Digits};

const EPOCHS: usize = 60;
const SEED: u64 = 42;

/// Softmax regression: the score of each digit is a weighted sum of the pixels.
#[model(loss = cross_entropy)]
fn linear(pixels: Input<64>, w: Param<64, 10>, b: Param<10>) -> Output<10> {
    pixels.dot(w) + b
}

/// A perceptron: the scores are weighted sums of 64 features, and the features are learnt too.
#[model(loss = cross_entropy)]
fn perceptron(
    pixels: Input<64>,
    #[init(he_uniform)] w1: Param<64, 64>,
    b1: Param<64>,
    w2: Param<64, 10>,
    b2: Param<10>,
) -> Output<10> {
    let features = relu(pixels.dot(w1) + b1);
    features.dot(w2) + b2
}

fn main() -> Result<(), Box<dyn Error>> {
    let (train, test) = digits::load(SEED)?;
    println!("{} digits to learn from, {} held out", train.labels.len(), test.labels.len());

    let mut simple = Linear::seeded(SEED);
    let batch = Linear::batch(&train.pixels, &train.labels)?;
    let held_out = Linear::batch(&test.pixels, &test.labels)?;
    let first = fit("softmax regression", &mut simple, &batch, &held_out)?;
    let simple_scores = simple.predict(&test.pixels)?;

    let mut deep = Perceptron::seeded(SEED);
    let batch = Perceptron::batch(&train.pixels, &train.labels)?;
    let held_out = Perceptron::batch(&test.pixels, &test.labels)?;
    let second = fit("perceptron", &mut deep, &batch, &held_out)?;
    let scores = deep.predict(&test.pixels)?;

    show_some(&test, &scores);
    let path = std::env::args_os().nth(1).map_or("target/digits.svg".into(), PathBuf::from);
    let curves = [
        ("regression, training", losses(&first)),
        ("regression, held out", held_out_losses(&first)),
        ("perceptron, training", losses(&second)),
        ("perceptron, held out", held_out_losses(&second)),
    ];
    chart::draw_losses(&path, "Cross entropy of handwritten digits", &curves)?;
    println!("loss curves: {}", path.display());
    println!("softmax regression: {:.2} % of the held-out digits", accuracy(&test, &simple_scores));
    println!("perceptron: {:.2} % of the held-out digits", accuracy(&test, &scores));
    Ok(())
}

/// Trains a model. The held-out digits are only looked at, never learnt from.
fn fit<M: Model<Scalar = f32>>(
    name: &'static str,
    model: &mut M,
    batch: &M::Batch<'_>,
    held_out: &M::Batch<'_>,
) -> Result<History, chainrule::Error> {
    let history = Trainer::new(AdamW::new(0.005))
        .schedule(Schedule::cosine(0.01))
        .epochs(EPOCHS)
        .batch_size(32)
        .seed(SEED)
        .validation(held_out)
        .observer(Progress::new(name))
        .fit(model, batch)?;
    println!("\n{name}\n{history}");
    Ok(history)
}

fn losses(history: &History) -> Vec<f64> {
    history.epochs().iter().map(|epoch| epoch.loss).collect()
}

fn held_out_losses(history: &History) -> Vec<f64> {
    history.epochs().iter().filter_map(|epoch| epoch.validation_loss).collect()
}

/// The digit with the highest score.
fn best(scores: &[f32]) -> u32 {
    (0..10).fold(0, |best, digit| if scores[digit] > scores[best] { digit } else { best }) as u32
}

/// How many labels are read right, in per cent.
fn accuracy(digits: &Digits, scores: &[f32]) -> f64 {
    let read = scores.chunks(10).map(best);
    let right = read.zip(&digits.labels).filter(|(read, label)| read == *label).count();
    100.0 * right as f64 / digits.labels.len() as f64
}

/// Four digits beside each other, and what they are taken for.
fn show_some(digits: &Digits, scores: &[f32]) {
    const INK: [&str; 5] = ["  ", "░░", "▒▒", "▓▓", "██"];
    println!();
    for row in 0..8 {
        for image in digits.pixels.chunks(64).take(4) {
            let line = image[8 * row..][..8].iter().map(|ink| INK[(ink * 4.0).round() as usize]);
            print!("{}    ", line.collect::<String>());
        }
        println!();
    }
    for (label, scores) in digits.labels.iter().zip(scores.chunks(10)).take(4) {
        print!("{:<20}", format!("{label}, read as {}", best(scores)));
    }
    println!("\n");
}
