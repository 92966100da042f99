//! Training that ends well when it is interrupted, and goes on where it was.
//!
//! ```text
//! cargo run --release -p chainrule-examples --features interrupt --example interrupt -- FOLDER
//! ```
//!
//! Press Ctrl-C, or send it SIGTERM: it ends after the step at hand, writes a checkpoint to the folder, and prints its history. Run it again, and
//! it goes on to the bits of a run that nobody interrupted.
//!
//! Everything that a run may have is in it: groups of parameters, an average, a schedule. The last line shows whether the bits are the same.
use std::env;
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use chainrule::generator::Generator;
use chainrule::keep::Checkpoints;
use chainrule::prelude::*;
use chainrule::train::{Average, Group};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::register;

/// A network of two hidden layers.
#[model(loss = mean_squared_error)]
fn surface(
    x: Input<2>,
    w1: Param<2, 64>,
    b1: Param<64>,
    w2: Param<64, 64>,
    b2: Param<64>,
    w3: Param<64>,
    b3: Param,
) -> Output {
    tanh(tanh(x.dot(w1) + b1).dot(w2) + b2).dot(w3) + b3
}

/// Points of the square, and a surface over them.
fn points(count: usize) -> (Vec<f32>, Vec<f32>) {
    let mut generator = Generator::new(5);
    let x: Vec<f32> = (0..2 * count).map(|_| 2.0 * generator.uniform() as f32 - 1.0).collect();
    let y = x.chunks_exact(2).map(|p| (4.0 * p[0]).sin() * (3.0 * p[1]).cos()).collect();
    (x, y)
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args_os().nth(1).map_or_else(|| "checkpoints".into(), PathBuf::from);
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        register(signal, Arc::clone(&stop))?;
    }
    let (x, y) = points(20_000);
    let batch = Surface::batch(&x, &y)?;
    let mut model = Surface::seeded(1);
    let history = Trainer::new(AdamW::new(0.002))
        .epochs(600)
        .batch_size(50)
        .validation_split(0.1)
        .schedule(Schedule::one_cycle(0.3, 0.04, 0.001))
        .group(["b1", "b2", "b3"], Group::new().weight_decay(0.0))
        .group(["w3"], Group::new().learning_rate_factor(0.5))
        .average(Average::exponential(0.999))
        .checkpoints(Checkpoints::in_folder(&folder).every_epochs(100).resume())
        .stop_when(&stop)
        .stop_after(Duration::from_secs(3600))
        .observe(|epoch| {
            let loss = epoch.validation_loss.unwrap_or(epoch.loss);
            if epoch.epoch % 50 == 0 {
                println!("epoch {} of {}: {loss:.3e} in validation", epoch.epoch, epoch.epochs);
            }
        })
        .fit(&mut model, &batch)?;
    println!("{history}");
    let bits =
        model.parameters().iter().fold(0, |sum: u32, theta| sum.rotate_left(5) ^ theta.to_bits());
    println!("the bits of the parameters: {bits:08x}");
    Ok(())
}
