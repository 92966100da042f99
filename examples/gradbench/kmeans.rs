//! `kmeans`: centroids of clusters of points, by Newton's method.
//!
//! `f(C) = Σᵢ minⱼ |Pᵢ − Cⱼ|²` for `n` points `P` and `k` centroids `C` of `d` coordinates. Functions: `cost`, `f`, and `dir`, Newton's
//! direction `∂f/∂C / diag(∂²f/∂C²)` elementwise, `k` rows of `d`: the second derivative is diagonal.

use chainrule::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::protocol::{Outcome, unknown};
use super::runs::{evaluated, time};

#[derive(Deserialize)]
struct Given {
    points: Vec<Vec<f64>>,
    centroids: Vec<Vec<f64>>,
}

/// The squared distance from a point to the nearest centroid, and its slope along a direction in the space of centroids.
///
/// The derivatives of the slope `along·∂f/∂C` are the gradient `∂f/∂C` for `along`, and `∂²f/∂C²·along` for the centroids: with ones in
/// `along`, that is the diagonal. So one call gives all that `dir` needs.
#[model(scalar = f64, reduction = sum, dims(K, D), loss = cost)]
mod clusters {
    use chainrule::prelude::*;

    /// Distances are compared without `|point|²`, which they share, so that the products with all centroids are one matrix product.
    fn distance(point: Tensor<D>, centroids: Tensor<K, D>) -> Tensor {
        let nearest = argmin(sum(square(centroids), axis = 1) - 2.0 * centroids.dot(point));
        sum(square(centroids[nearest] - point))
    }

    pub fn cost(point: Input<D>, centroids: Param<K, D>) -> Loss {
        distance(point, centroids)
    }

    pub fn slope(point: Input<D>, centroids: Param<K, D>, along: Param<K, D>) -> Loss {
        sum(along * diff(distance(point, centroids), centroids))
    }
}

/// `cost` and `dir`, of points and centroids.
pub fn evaluate(function: &str, input: &RawValue) -> Outcome {
    let Given { points, centroids } = serde_json::from_str(input.get())?;
    let d = centroids.first().ok_or("there are no centroids")?.len();
    let dims = ClustersDims { k: centroids.len(), d };
    let (points, mut theta) = (points.concat(), centroids.concat());
    let size = theta.len();
    theta.resize(2 * size, 1.0);
    let model = Clusters::from_parameters(dims, theta)?;
    let batch = Clusters::batch(dims, &points)?;
    let mut workspace = model.workspace();
    match function {
        "cost" => {
            let mut cost = 0.0;
            let runs = time(input, || cost = model.loss_into(&batch, &mut workspace))?;
            Ok(evaluated(cost, runs))
        }
        "dir" => {
            let mut slopes = vec![0.0; 2 * size];
            let runs = time(input, || {
                model.slope_and_gradient_into(&batch, &mut slopes, &mut workspace);
                let (curvature, gradient) = slopes.split_at_mut(size);
                for (gradient, curvature) in gradient.iter_mut().zip(curvature) {
                    *gradient /= *curvature;
                }
            })?;
            Ok(evaluated(slopes[size..].chunks(d).collect::<Vec<_>>(), runs))
        }
        _ => unknown(function),
    }
}
