//! What the compiler found out about a network of three layers: its mathematics, its cost, and where its parameters lie.
use chainrule::prelude::*;

/// Three layers: `L(θ) = Σᵢ (yᵢ − (σ(σ(xᵢ·W1 + b1)·W2 + b2)·W3 + b3))²`.
#[model(loss = squared_error, reduction = sum)]
fn net(
    x: Input<2>,
    W1: Param<2, 8>,
    b1: Param<8>,
    W2: Param<8, 8>,
    b2: Param<8>,
    W3: Param<8, 1>,
    b3: Param<1>,
) -> Output<1> {
    math!("σ(σ(x·W1 + b1)·W2 + b2)·W3 + b3")
}

fn main() -> Result<(), chainrule::Error> {
    println!("{}", Net::equations());
    println!("{}", Net::plan());

    let model = Net::seeded(42);
    println!("{} parameters in one vector θ:", model.parameters().len());
    for parameter in model.layout() {
        let (shape, range) = (format!("{:?}", parameter.shape), parameter.range());
        println!("  {:<4} {shape:<8} θ[{range:?}]", parameter.name);
    }
    println!("{} bytes of workspace for a step", model.workspace().bytes());

    let batch = Net::batch(&[0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0], &[0.0, 1.0, 1.0, 0.0])?;
    let (loss, gradient) = model.loss_and_gradient(&batch);
    println!("\non the four rows of exclusive or, the loss is {loss} and ∂L/∂W3 is");
    println!("  {:?}", gradient.w3());
    println!("{}", check_gradient(&model, &batch)?);
    Ok(())
}
