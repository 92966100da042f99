//! A run that goes on where it was: `cargo run --example resume --features checkpoint -- FOLDER EPOCHS`.
//!
//! Kill it at any moment, or let it end and ask for more epochs, and run it again with the same folder: it ends with the same bits as one
//! that ran at once. The weights are then in `FOLDER/circle.safetensors`, as `PyTorch` has those of
//! `nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1))`.
use std::path::PathBuf;

use chainrule::generator::Generator;
use chainrule::keep::{Checkpoints, Mapping};
use chainrule::prelude::*;

/// Whether a point is within a circle, as the logarithm of the odds.
#[model(loss = binary_cross_entropy)]
fn circle(x: Input<2>, w1: Param<2, 16>, b1: Param<16>, w2: Param<16>, b2: Param) -> Output {
    tanh(x.dot(w1) + b1).dot(w2) + b2
}

fn main() -> Result<(), chainrule::Error> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().map_or_else(|| "circle".into(), PathBuf::from);
    let epochs = arguments.next().and_then(|epochs| epochs.to_str()?.parse().ok()).unwrap_or(50);

    let mut generator = Generator::new(1);
    let x: Vec<f32> = (0..2 * 400).map(|_| generator.normal() as f32).collect();
    let is_within = |point: &[f32]| f32::from(point[0].hypot(point[1]) < 1.0);
    let y: Vec<f32> = x.chunks(2).map(is_within).collect();
    let batch = Circle::batch(&x, &y)?;
    let mut model = Circle::seeded(7);
    let checkpoints = Checkpoints::in_folder(&folder).every_steps(20).keep(3).resume();
    let history = Trainer::new(Adam::new(0.01))
        .epochs(epochs)
        .batch_size(20)
        .validation_split(0.2)
        .checkpoints(checkpoints)
        .fit(&mut model, &batch)?;
    println!("{history}");

    let torch = Mapping::new()
        .rename("w1", "0.weight")
        .transposed("w1")
        .rename("b1", "0.bias")
        .rename("w2", "2.weight")
        .shaped("w2", &[1, 16])
        .rename("b2", "2.bias")
        .shaped("b2", &[1]);
    torch.save(&model, folder.join("circle.safetensors"))?;
    let bits =
        model.parameters().iter().fold(0, |bits: u32, theta| bits.rotate_left(5) ^ theta.to_bits());
    println!("the bits of the parameters come to {bits:08x}");
    Ok(())
}
