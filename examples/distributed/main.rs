//! Handwritten digits, learnt by several processes together, and by one alone to compare.
//!
//! ```console
//! $ cargo build --release -p chainrule-examples --features mpi --example distributed
//! $ mpirun -n 2 target/release/examples/distributed
//! $ mpirun -n 2 target/release/examples/distributed --scaling
//! ```
mod scaling;

use std::error::Error;

use chainrule::distributed::{Group, Mpi, agree};
use chainrule::prelude::*;
use chainrule_examples::table;

const EPOCHS: usize = 20;
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

fn main() -> Result<(), Box<dyn Error>> {
    let group = Mpi::initialize()?;
    if std::env::args().any(|argument| argument == "--scaling") {
        return Ok(scaling::print(&group)?);
    }
    let table = table::read::<u32>("digits.csv")?;
    let pixels: Vec<f64> = table.inputs.iter().map(|&ink| f64::from(ink) / 16.0).collect();
    let batch = agree(&group, Perceptron::batch(&pixels, &table.targets))?;

    let (rank, size) = (group.rank(), group.size());
    let mut model = Perceptron::seeded(SEED);
    let history = trainer().distributed(&group).fit(&mut model, &batch)?;
    println!("rank {rank} of {size}: final loss {}", history.final_loss());
    if rank > 0 {
        return Ok(());
    }
    let alone = trainer().fit(&mut Perceptron::seeded(SEED), &batch)?;
    let difference = (history.final_loss() / alone.final_loss() - 1.0).abs();
    println!("one process: final loss {}, {difference:.1e} apart", alone.final_loss());
    if difference > ROUNDING {
        return Err(format!("{size} ranks are {difference} apart from one process").into());
    }
    Ok(())
}

fn trainer<'t>() -> Trainer<'t, Perceptron, AdamW<f64>> {
    Trainer::new(AdamW::new(0.005)).epochs(EPOCHS).batch_size(64).seed(SEED)
}
