//! From a CSV file to a model that names the species of an iris: columns by name, split, standardized, trained, tested, kept.
//!
//! `cargo run --release --example csv [iris.csv]`
use std::error::Error;
use std::path::{Path, PathBuf};

use chainrule::data::{Csv, Dataset, Folds, Parts, Preparation, Prepare, Split};
use chainrule::metrics::{ConfusionMatrix, accuracy, most_likely};
use chainrule::prelude::*;

const SEED: u64 = 42;
const MEASURES: [&str; 4] =
    ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"];

/// The score of each species, from four measures and eight features of them.
#[model(loss = cross_entropy)]
fn iris(x: Input<4>, w1: Param<4, 8>, b1: Param<8>, w2: Param<8, 3>, b2: Param<3>) -> Output<3> {
    tanh(x.dot(w1) + b1).dot(w2) + b2
}

fn main() -> Result<(), Box<dyn Error>> {
    let included = || Path::new(env!("CARGO_MANIFEST_DIR")).join("data/iris.csv");
    let path = std::env::args_os().nth(1).map_or_else(included, PathBuf::from);
    let flowers = Csv::new().read(path)?;
    println!("{} flowers: {}", flowers.rows(), flowers.names().collect::<Vec<_>>().join(", "));

    let Parts { train, validation, test } =
        Split::new().validation(0.15).test(0.2).stratify("target").seed(SEED).apply(&flowers)?;
    let (model, preparation, history) = fit(&train, &validation)?;
    println!("{history}\n");
    let (found, species) = named(&model, &preparation, &test)?;
    println!("{:.1} % of the test, {} flowers:", 100.0 * accuracy(&found, &species)?, test.rows());
    println!("{}", ConfusionMatrix::of(&found, &species, 3)?);

    let mut shares = Vec::new();
    for fold in Folds::new(5).stratify("target").seed(SEED).apply(&flowers)? {
        let (model, preparation, _) = fit(&fold.train, &fold.validation)?;
        let (found, species) = named(&model, &preparation, &fold.validation)?;
        shares.push(100.0 * accuracy(&found, &species)?);
    }
    println!("each fifth held out in turn: {shares:.1?} %");

    // What was learnt about the columns belongs to the model, and is kept beside it.
    let text = preparation.to_text();
    print!("\n{text}");
    let again = Preparation::from_text(&text)?;
    assert_eq!(again, preparation);
    Ok(())
}

/// Learns from one part how columns are standardized, trains on it, and stops when the other part is named no better.
fn fit(
    train: &Dataset,
    validation: &Dataset,
) -> Result<(Iris, Preparation, History), chainrule::Error> {
    let preparation = Prepare::new().standardize(MEASURES).fit(train)?;
    let (x, y) = examples(&preparation, train)?;
    let (held_out_x, held_out_y) = examples(&preparation, validation)?;
    let mut model = Iris::seeded(SEED);
    let history = Trainer::new(Adam::new(0.02))
        .epochs(300)
        .batch_size(16)
        .seed(SEED)
        .validation(&Iris::batch(&held_out_x, &held_out_y)?)
        .early_stopping(30)
        .fit(&mut model, &Iris::batch(&x, &y)?)?;
    Ok((model, preparation, history))
}

/// Prepared inputs, and classes.
fn examples(
    preparation: &Preparation,
    flowers: &Dataset,
) -> Result<(Vec<f32>, Vec<u32>), chainrule::Error> {
    let prepared = preparation.apply(flowers)?;
    Ok((prepared.inputs(MEASURES)?, prepared.classes("target")?))
}

/// Which species the flowers are taken for, and which they are.
fn named(
    model: &Iris,
    preparation: &Preparation,
    flowers: &Dataset,
) -> Result<(Vec<u32>, Vec<u32>), chainrule::Error> {
    let (x, y) = examples(preparation, flowers)?;
    Ok((most_likely(&model.predict(&x)?, 3)?, y))
}
