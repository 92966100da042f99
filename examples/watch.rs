//! Watching a perceptron learn handwritten digits: a progress bar, metrics after every epoch, curves, TensorBoard, and a confusion matrix.
//!
//! `cargo run --release --example watch [folder]`; then, if you have it, `tensorboard --logdir target/watch`.

use std::error::Error;
use std::path::PathBuf;

use chainrule::metrics::{Averaging, Evaluation};
use chainrule::observe::{Curves, Progress, TensorBoard};
use chainrule::prelude::*;
use chainrule_examples::digits;

const SEED: u64 = 42;

/// The scores of the ten digits are weighted sums of 32 features, and the features are learnt too.
#[model(loss = cross_entropy)]
fn reader(
    pixels: Input<64>,
    #[init(he_uniform)] w1: Param<64, 32>,
    b1: Param<32>,
    w2: Param<32, 10>,
    b2: Param<10>,
) -> Output<10> {
    relu(pixels.dot(w1) + b1).dot(w2) + b2
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is of one lifetime of its batch"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map_or("target/watch".into(), PathBuf::from);
    let (train, test) = digits::load(SEED)?;
    let batch = Reader::batch(&train.pixels, &train.labels)?;
    let held_out = Reader::batch(&test.pixels, &test.labels)?;

    let curves = folder.join("curves.svg");
    let mut model = Reader::seeded(SEED);
    let history = Trainer::new(AdamW::new(0.005))
        .schedule(Schedule::cosine(0.01))
        .epochs(40)
        .seed(SEED)
        .validation(&held_out)
        .metric("accuracy", |evaluation| evaluation.accuracy())
        .metric("top 2", |evaluation| evaluation.top_k(2))
        .observer(Progress::new("digits"))
        .observer(Curves::new(&curves, "A perceptron reads handwritten digits"))
        .observer(TensorBoard::new(&folder).every_steps(10))
        .fit(&mut model, &batch)?;
    println!("{history}\n");

    let matrix = Evaluation::of(&model, &held_out)?.confusion()?;
    println!("{matrix}");
    println!("F1 score, the mean of the digits: {:.4}", matrix.average(Averaging::Macro).f1);
    matrix.plot(folder.join("confusion.svg"), "What each digit is taken for")?;
    println!("{} and confusion.svg beside it", curves.display());
    Ok(())
}
