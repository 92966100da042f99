//! How long expansions take: `cargo run [--release] -p chainrule-compiler --example compile_time`.
//!
//! The three-layer network, and generated models with up to 2,000 operations in four forms: one long chain of maps, sums of many terms
//! over one input, layers of a deep network, and bindings that each use the last two.

use std::fmt::Write;
use std::time::{Duration, Instant};

use proc_macro2::TokenStream;

const THREE_LAYERS: &str = "fn net<const D: usize, const H: usize, const K: usize, const O: usize>(
    x: Input<D>, w1: Param<D, H>, b1: Param<H>, w2: Param<H, K>, b2: Param<K>, w3: Param<K, O>, b3: Param<O>,
) -> Output<O> { sigmoid(sigmoid(x.dot(w1) + b1).dot(w2) + b2).dot(w3) + b3 }";

type Form = (&'static str, fn(usize) -> String);

fn main() {
    let time = shortest(THREE_LAYERS, 5);
    println!("three layers: {:.2} ms", milliseconds(time));
    let forms: [Form; 4] =
        [("chain", chain), ("terms", terms), ("layers", layers), ("bindings", bindings)];
    println!("{:>10} {:>10} {:>10} {:>14}", "form", "operations", "ms", "µs/operation");
    for (name, form) in forms {
        for operations in [250, 500, 1000, 2000] {
            let time = shortest(&form(operations), 2);
            let each = 1e3 * milliseconds(time) / operations as f64;
            println!("{name:>10} {operations:>10} {:>10.1} {each:>14.1}", milliseconds(time));
        }
    }
}

/// The shortest of some expansions.
fn shortest(item: &str, runs: usize) -> Duration {
    let item: TokenStream = item.parse().expect("the model is Rust");
    let attribute: TokenStream =
        if item.to_string().contains("Output") { "loss = squared_error" } else { "" }
            .parse()
            .expect("the attribute is Rust");
    let run = || {
        let start = Instant::now();
        let expansion = chainrule_compiler::expand(attribute.clone(), item.clone());
        let time = start.elapsed();
        assert!(!expansion.to_string().contains("compile_error"), "{expansion}");
        time
    };
    (0..runs).map(|_| run()).min().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// `let v = tanh(v*w + b);` over and over: three operations a line.
fn chain(operations: usize) -> String {
    let line = "let v = tanh(v*w + b); ";
    let body = line.repeat(operations / 3);
    format!("fn f(x: Input<8>, w: Param<8>, b: Param<8>) -> Loss {{ let v = x; {body} sum(v) }}")
}

/// `Σ aₖ·sin(k·x + bₖ)` written out, with a few parameters in turn.
fn terms(operations: usize) -> String {
    let mut body = String::new();
    for k in 0..operations / 5 {
        let _ = write!(body, "let s = s + a{}*sin({:?}*x + b{}); ", k % 8, k as f64 + 0.5, k % 7);
    }
    let parameters: Vec<String> =
        (0..8).map(|k| format!("a{k}: Param, #[allow(unused)] b{k}: Param")).collect();
    format!(
        "fn f(x: Input, y: Input, {}) -> Loss {{ let s = 0.0*x; {body} square(s - y) }}",
        parameters.join(", ")
    )
}

/// A network with one matrix, one bias and one activation a layer, all of their own.
fn layers(operations: usize) -> String {
    let mut body = String::new();
    let mut parameters = String::new();
    for layer in 0..operations / 3 {
        let _ = write!(parameters, "w{layer}: Param<H, H>, b{layer}: Param<H>, ");
        let _ = write!(body, "let h = tanh(h.dot(w{layer}) + b{layer}); ");
    }
    format!(
        "fn f<const H: usize>(x: Input<H>, {parameters}) -> Output<H> {{ let h = x; {body} h }}"
    )
}

/// Bindings that each use the two before: without sharing, the expression would have exponential size.
fn bindings(operations: usize) -> String {
    let mut body = String::from("let v0 = x*w; let v1 = x + w; ");
    let count = operations / 3;
    for k in 2..count {
        let _ = write!(body, "let v{k} = sin(v{}) + 0.5*v{}; ", k - 1, k - 2);
    }
    format!("fn f(x: Input<8>, w: Param<8>) -> Loss {{ {body} sum(v{}) }}", count - 1)
}
