//! Loops, compiled: code that does not grow with the number of steps, and memory that checkpoints save.

use chainrule::prelude::*;
use proc_macro2::{TokenStream, TokenTree};

/// A state that goes through a long loop.
#[model(scalar = f64, dims(T))]
fn long(x: Input<T>, a: Param, b: Param) -> Loss {
    let mut s = a;
    for t in 0..T {
        s = sin(s * b + x[t]);
    }
    s * s
}

/// The same, with a checkpoint every 16 steps.
#[model(scalar = f64, dims(T))]
fn checkpointed(x: Input<T>, a: Param, b: Param) -> Loss {
    let mut s = a;
    #[checkpoint(every = 16)]
    for t in 0..T {
        s = sin(s * b + x[t]);
    }
    s * s
}

#[test]
fn checkpoints_change_the_memory_and_not_the_gradient() -> Result<(), chainrule::Error> {
    const STEPS: usize = 250;
    let x: Vec<f64> = (0..STEPS * 40).map(|k| (k as f64 * 0.37).sin()).collect();
    let theta = vec![0.3, 0.9];
    let (long, checkpointed) = (LongDims { t: STEPS }, CheckpointedDims { t: STEPS });
    let plain = Long::from_parameters(long, theta.clone())?;
    let spared = Checkpointed::from_parameters(checkpointed, theta)?;
    let (loss, gradient) = plain.loss_and_gradient(&Long::batch(long, &x)?);
    let (other_loss, other) = spared.loss_and_gradient(&Checkpointed::batch(checkpointed, &x)?);
    assert!((loss - other_loss).abs() <= 1e-14 * loss.abs(), "{loss} and {other_loss}");
    for (slope, other) in gradient.parameters().iter().zip(other.parameters()) {
        assert!((slope - other).abs() <= 1e-12 * slope.abs(), "{slope} and {other}");
    }
    // Either reads T inputs for each example; one keeps two values of each step as well.
    let per_example = |bytes: usize, tile: usize| bytes / tile / size_of::<f64>();
    let plain = plain.workspace();
    let spared = spared.workspace();
    let kept = per_example(plain.bytes(), plain.tile());
    let fewer = per_example(spared.bytes(), spared.tile());
    assert!(kept >= 3 * STEPS, "{kept}");
    assert!(fewer < STEPS + 4 * (STEPS / 16 + 16 + 16), "{fewer}");
    Ok(())
}

#[test]
fn an_expansion_does_not_grow_with_the_number_of_steps() {
    let expansion = |layers: usize| {
        let item = format!(
            "fn deep(x: Input<8>, w: Param<{layers}, 8, 8>, b: Param<{layers}, 8>) -> Loss {{
                let mut h = x;
                for layer in 0..{layers} {{ h = tanh(h.dot(w[layer]) + b[layer]); }}
                sum(h * h)
            }}"
        );
        let item: TokenStream = item.parse().expect("it is Rust");
        tokens(chainrule_compiler::expand(TokenStream::new(), item))
    };
    assert_eq!(expansion(2), expansion(12));
    assert_eq!(expansion(12), expansion(1000));
}

/// How many tokens there are.
fn tokens(stream: TokenStream) -> usize {
    let count = |tree| match tree {
        TokenTree::Group(group) => 2 + tokens(group.stream()),
        _ => 1,
    };
    stream.into_iter().map(count).sum()
}

/// Layers that are read forwards, backwards and in pairs.
#[model(scalar = f64, dims(T))]
fn layered(x: Input<2>, w: Param<T, 2, 2>, v: Param<T>, pairs: Param<T, 2>) -> Loss {
    let mut h = x;
    for t in 0..T {
        h = tanh(h.dot(w[t]) * v[T - 1 - t] + pairs[(t, 0)] - pairs[(t, 1)]);
    }
    sum(h * h)
}

#[test]
fn a_step_adds_to_what_it_read_and_to_nothing_else() -> Result<(), chainrule::Error> {
    let dims = LayeredDims { t: 5 };
    let x: Vec<f64> = (0..14).map(|k| (f64::from(k) * 0.7).sin()).collect();
    let theta = (0..35).map(|k| (f64::from(k) * 1.3).cos()).collect();
    let model = Layered::from_parameters(dims, theta)?;
    let check = check_gradient(&model, &Layered::batch(dims, &x)?)?;
    assert!(check.passes(), "{check}");
    let plan = Layered::plan();
    for place in ["w_bar[step_2,i,j] =", "v_bar[−step_2 + −1 + T] =", "pairs_bar[step_2,1] ="] {
        assert!(plan.contains(place), "{place}:\n{plan}");
    }
    assert!(!plan.contains("[i = "), "{plan}");
    Ok(())
}
