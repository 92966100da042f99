//! A loop, step after step.

use super::{Environment, evaluate};
use crate::ir::{Body, FoldResult, Leaf, Order};

/// The values of one result of a loop over these operands.
pub fn values(
    body: &Body,
    operands: &[Vec<f64>],
    result: FoldResult,
    environment: &Environment,
) -> Result<Vec<f64>, String> {
    let (initial, captured) = operands.split_at(body.next.len());
    let mut inner = environment.clone();
    for (place, values) in captured.iter().enumerate() {
        inner.leaves.insert(Leaf::Captured(place), values.clone());
    }
    let mut states = initial.to_vec();
    let steps = environment.extent(&body.steps);
    let mut found: Vec<Vec<f64>> = vec![Vec::new(); steps];
    for count in 0..steps {
        let step = match body.order {
            Order::Forward => count,
            Order::Backward => steps - 1 - count,
        };
        inner.leaves.insert(Leaf::Step, vec![step as f64]);
        for (place, values) in states.iter().enumerate() {
            inner.leaves.insert(Leaf::State(place), values.clone());
        }
        let mut roots = body.next.clone();
        roots.push(body.root(result));
        states = evaluate(&body.graph, &roots, &inner)?;
        found[step] = states.pop().unwrap_or_default();
    }
    match result {
        FoldResult::State(place) => Ok(states.swap_remove(place)),
        FoldResult::Collected(_) => Ok(found.concat()),
        FoldResult::Sum(_) => {
            let shape = body.shape(result);
            let count = shape.iter().map(|dim| environment.extent(dim)).product();
            Ok(found.iter().fold(vec![0.0; count], |sum, values| {
                sum.iter().zip(values).map(|(sum, value)| sum + value).collect()
            }))
        }
    }
}
