//! Handwritten digits, learnt by several processes together, and by one alone to compare.
//!
//! ```console
//! $ cargo build --release -p chainrule-examples --features mpi --example distributed
//! $ mpirun -n 2 target/release/examples/distributed
//! $ mpirun -n 2 target/release/examples/distributed --epochs 200 --checkpoints target/checkpoints
//! $ mpirun -n 2 target/release/examples/distributed --scaling
//! ```
mod scaling;

use std::error::Error;

use chainrule::distributed::{Group, Mpi};
use chainrule::keep::Checkpoints;
use chainrule::prelude::*;
use chainrule_examples::table;

const USAGE: &str = "distributed [--epochs N] [--checkpoints FOLDER] | --scaling";
const SEED: u64 = 42;

/// Sums in another order are rounded otherwise, and 580 steps magnify the 2⁻⁵³ of the first.
const ROUNDING: f64 = 1e-9;

/// The scores of the digits are weighted sums of 64 features, and the features are learnt too.
#[model(loss = cross_entropy, scalar = f64)]
fn perceptron(
    pixels: Input<64>,
    #[init(he_uniform)] w1: Param<64, 64>,
    b1: Param<64>,
    w2: Param<64, 10>,
    b2: Param<10>,
) -> Output<10> {
    relu(pixels.dot(w1) + b1).dot(w2) + b2
}

fn main() -> Result<(), chainrule::Error> {
    Mpi::run(|group| {
        let options = read_options()?;
        if options.is_scaling { Ok(scaling::print(group)?) } else { train(group, &options) }
    })
}

fn train(group: &Mpi, options: &Options) -> Result<(), Box<dyn Error>> {
    let (rank, size) = (group.rank(), group.size());
    println!("rank {rank} of {size}: process {}", std::process::id());
    let table = table::read::<u32>("digits.csv")?;
    let pixels: Vec<f64> = table.inputs.iter().map(|&ink| f64::from(ink) / 16.0).collect();
    let batch = Perceptron::batch(&pixels, &table.targets)?;

    let mut model = Perceptron::seeded(SEED);
    let mut trainer = options.trainer().distributed(group);
    if let Some(folder) = &options.checkpoints {
        trainer = trainer.checkpoints(Checkpoints::in_folder(folder).every_steps(100).resume());
    }
    let history = trainer.fit(&mut model, &batch)?;
    if let (0, Some(resumed)) = (rank, history.resumed()) {
        println!("went on from {}", resumed.file);
    }
    println!("rank {rank} of {size}: final loss {}", history.final_loss());
    if rank > 0 || options.checkpoints.is_some() {
        return Ok(());
    }
    let alone = options.trainer().fit(&mut Perceptron::seeded(SEED), &batch)?;
    let difference = (history.final_loss() / alone.final_loss() - 1.0).abs();
    println!("one process: final loss {}, {difference:.1e} apart", alone.final_loss());
    if difference > ROUNDING {
        return Err(format!("{size} ranks are {difference} apart from one process").into());
    }
    Ok(())
}

/// What the program was asked for.
struct Options {
    is_scaling: bool,
    epochs: usize,
    checkpoints: Option<String>,
}

impl Options {
    fn trainer<'t>(&self) -> Trainer<'t, Perceptron, AdamW<f64>> {
        Trainer::new(AdamW::new(0.005)).epochs(self.epochs).batch_size(64).seed(SEED)
    }
}

fn read_options() -> Result<Options, String> {
    let mut options = Options { is_scaling: false, epochs: 20, checkpoints: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match (argument.as_str(), arguments.next()) {
            ("--scaling", None) => options.is_scaling = true,
            ("--epochs", Some(count)) => {
                options.epochs = count.parse().map_err(|_| format!("{count} epochs"))?;
            }
            ("--checkpoints", Some(folder)) => options.checkpoints = Some(folder),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(options)
}
