//! `lstm`: how well a recurrent network foretells the characters of a text.
//!
//! A character is a vector of `B` bits. A layer has a state `h` and a memory `c`, and, with all products elementwise,
//! `c′ = c·σ(x·w₀ + b₀) + σ(h·w₁ + b₁)·tanh(h·w₃ + b₃)` and `h′ = σ(x·w₂ + b₂)·tanh c′`; `x` is the character times a vector for the first
//! layer, `h′` of the layer below for the others, and `y`, `h′` of the last times a vector and plus another, foretells the next character:
//! `L = −1/((T − 1)·B)·Σₜ Σᵢ xₜ₊₁,ᵢ·(yₜᵢ − ln(2 + Σⱼ exp yₜⱼ))`.
//!
//! Functions: `objective`, `L`, and `jacobian`, its derivatives for `main_params` `[L, 2, 4, B]` and `extra_params` `[3, B]`, one after the
//! other. The first has weights and biases of each layer, both for the gates forget, in, out and change.

use chainrule::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::protocol::Outcome;
use super::runs::loss_or_gradient;

#[derive(Deserialize)]
struct Given {
    main_params: Vec<Vec<f64>>,
    extra_params: Vec<Vec<f64>>,
    state: Vec<Vec<f64>>,
    sequence: Vec<Vec<f64>>,
}

#[model(scalar = f64, dims(L, T, B))]
fn characters(
    text: Data<T, B>,
    start: Data<L, 2, B>,
    layers: Param<L, 2, 4, B>,
    ends: Param<3, B>,
) -> Loss {
    let mut states = start;
    let mut total = 0.0;
    for t in 0..T - 1 {
        let mut x = text[t] * ends[0];
        states = for layer in 0..L {
            let w = layers[(layer, 0)];
            let b = layers[(layer, 1)];
            let h = states[(layer, 0)];
            let new = sigmoid(h * w[1] + b[1]) * tanh(h * w[3] + b[3]);
            let c = states[(layer, 1)] * sigmoid(x * w[0] + b[0]) + new;
            x = sigmoid(x * w[2] + b[2]) * tanh(c);
            stack(x, c)
        };
        let y = x * ends[1] + ends[2];
        total += sum(text[t + 1] * (y - ln(2.0 + sum(exp(y)))));
    }
    -total / ((T - 1) * B)
}

/// `objective` and `jacobian`, of the parameters, the first state and the text.
pub fn evaluate(function: &str, input: &RawValue) -> Outcome {
    let Given { main_params, extra_params, state, sequence } = serde_json::from_str(input.get())?;
    let b = sequence.first().ok_or("there is no character")?.len();
    let dims = CharactersDims { l: main_params.len() / 2, t: sequence.len(), b };
    let theta = [main_params.concat(), extra_params.concat()].concat();
    let model = Characters::from_parameters(dims, theta)?;
    let (text, start) = (sequence.concat(), state.concat());
    let batch = Characters::batch(dims, &text, &start)?;
    loss_or_gradient(function, ["objective", "jacobian"], input, &model, &batch)
}
