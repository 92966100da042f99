//! `lstm`, against its loops over numbers.

use serde_json::{Value, json};

use super::{assert_same, assert_slopes, number, numbers, output, slopes, wave};

const L: usize = 3;
const T: usize = 5;
const B: usize = 4;

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// One layer: the new state and memory, in place of the old.
fn step(layer: &[f64], state: &mut [f64], x: &mut [f64]) {
    let (weights, biases) = layer.split_at(4 * B);
    let (h, c) = state.split_at_mut(B);
    for i in 0..B {
        let gate = |gate: usize, of: f64| of * weights[gate * B + i] + biases[gate * B + i];
        let (forget, out) = (sigmoid(gate(0, x[i])), sigmoid(gate(2, x[i])));
        let (new, change) = (sigmoid(gate(1, h[i])), gate(3, h[i]).tanh());
        c[i] = c[i] * forget + new * change;
        h[i] = out * c[i].tanh();
        x[i] = h[i];
    }
}

fn loss(theta: &[f64], start: &[f64], text: &[f64]) -> f64 {
    let (layers, ends) = theta.split_at(L * 8 * B);
    let mut states = start.to_vec();
    let mut total = 0.0;
    for t in 0..T - 1 {
        let mut x: Vec<f64> = (0..B).map(|i| text[t * B + i] * ends[i]).collect();
        for (layer, state) in layers.chunks(8 * B).zip(states.chunks_mut(2 * B)) {
            step(layer, state, &mut x);
        }
        let y: Vec<f64> = (0..B).map(|i| x[i] * ends[B + i] + ends[2 * B + i]).collect();
        let normalizer = (2.0 + y.iter().map(|y| y.exp()).sum::<f64>()).ln();
        total += (0..B).map(|i| text[(t + 1) * B + i] * (y[i] - normalizer)).sum::<f64>();
    }
    -total / ((T - 1) * B) as f64
}

fn rows(numbers: &[f64], width: usize) -> Value {
    json!(numbers.chunks(width).collect::<Vec<_>>())
}

#[test]
fn lstm_foretells_characters() {
    let theta = wave(L * 8 * B + 3 * B, 0.6);
    let start = wave(2 * L * B, 1.1);
    let text: Vec<f64> = wave(T * B, 2.3).iter().map(|x| f64::from(u8::from(*x > 0.0))).collect();
    let input = json!({
        "main_params": rows(&theta[..L * 8 * B], 4 * B),
        "extra_params": rows(&theta[L * 8 * B..], B),
        "state": rows(&start, B),
        "sequence": rows(&text, B),
    });
    let value = |theta: &[f64]| loss(theta, &start, &text);
    assert_same(&[number(&output("lstm", "objective", &input))], &[value(&theta)]);
    assert_slopes(&numbers(&output("lstm", "jacobian", &input)), &slopes(&theta, value));
}
