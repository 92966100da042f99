//! `ba`: bundle adjustment, what cameras see of points in space against what is in the pictures.
//!
//! A camera is a rotation `r` `[3]`, a centre `C` `[3]`, a focal length `f`, a principal point `u` `[2]` and two coefficients `k` of a
//! lens's distortion, 11 numbers; a point is `X` `[3]`. With `Z = R(r)·(X − C)`, `R` by Rodrigues' formula, and `z = (Z₀, Z₁)/Z₂`, the camera
//! sees the point at `u + f·z·(1 + k₀·|z|² + k₁·|z|⁴)`. An observation of weight `w` and place `v` has the errors `w·(seen − v)`, two, and
//! `1 − w²`. The input is one camera, point, weight and place, which are repeated `n`, `m`, `p` and `p` times; observation `i` is of camera
//! `i mod n` and point `i mod m`.
//!
//! Functions: `objective`, the errors, and `jacobian`, their derivatives for all cameras, then points, then weights, a sparse matrix of `3p`
//! rows, first two for each observation, then one; of it the first 30 elements and the last are the answer.

use chainrule::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::protocol::{Outcome, unknown};
use super::runs::{evaluated, time};

#[derive(Deserialize)]
struct Given {
    n: usize,
    m: usize,
    p: usize,
    cam: Vec<f64>,
    x: Vec<f64>,
    w: f64,
    feat: Vec<f64>,
}

/// The errors of an observation and their derivatives for what they depend on: its camera, its point, its weight.
#[model(scalar = f64, dims(N, M, P))]
mod adjustment {
    use chainrule::prelude::*;

    fn cross(a: Tensor<3>, b: Tensor<3>) -> Tensor<3> {
        roll(a, -1) * roll(b, 1) - roll(a, 1) * roll(b, -1)
    }

    /// `x` turned about the axis `r` by the angle `|r|`, by Rodrigues' formula; for no angle its first order.
    fn rotated(r: Tensor<3>, x: Tensor<3>) -> Tensor<3> {
        let square = sum(r * r);
        if square > 0.0 {
            let angle = sqrt(square);
            let axis = r / angle;
            cos(angle) * x + sin(angle) * cross(axis, x) + (1.0 - cos(angle)) * axis.dot(x) * axis
        } else {
            x + cross(r, x)
        }
    }

    fn projected(camera: Tensor<11>, point: Tensor<3>) -> Tensor<2> {
        let turned = rotated(camera[..3], point - camera[3..6]);
        let flat = turned[..2] / turned[2];
        let radius = sum(flat * flat);
        flat * (1.0 + camera[9] * radius + camera[10] * radius * radius) * camera[6] + camera[7..9]
    }

    pub fn errors(
        camera: Index<N>,
        point: Index<M>,
        observation: Index<P>,
        seen: Input<2>,
        cameras: Param<N, 11>,
        points: Param<M, 3>,
        weights: Param<P>,
    ) -> Output<2> {
        weights[observation] * (projected(cameras[camera], points[point]) - seen)
    }

    pub fn penalty(observation: Index<P>, weights: Param<P>) -> Output {
        1.0 - square(weights[observation])
    }

    /// The derivatives of the two errors, a row for each.
    pub fn slopes(
        camera: Index<N>,
        point: Index<M>,
        observation: Index<P>,
        seen: Input<2>,
        cameras: Param<N, 11>,
        points: Param<M, 3>,
        weights: Param<P>,
    ) -> Output<2, 15> {
        let c = cameras[camera];
        let x = points[point];
        let w = weights[observation];
        let error = w * (projected(c, x) - seen);
        concat(diff(error, c), diff(error, x), reshape(diff(error, w), [2, 1]), axis = 1)
    }

    pub fn penalty_slope(observation: Index<P>, weights: Param<P>) -> Output {
        let w = weights[observation];
        diff(1.0 - square(w), w)
    }

    /// What an adjustment makes small.
    pub fn loss(
        camera: Index<N>,
        point: Index<M>,
        observation: Index<P>,
        seen: Input<2>,
        cameras: Param<N, 11>,
        points: Param<M, 3>,
        weights: Param<P>,
    ) -> Loss {
        let errors = errors(camera, point, observation, seen, cameras, points, weights);
        sum(square(errors)) + square(penalty(observation, weights))
    }
}

/// The observations, in the order of the model's inputs.
struct Observations {
    dims: AdjustmentDims,
    camera: Vec<u32>,
    point: Vec<u32>,
    observation: Vec<u32>,
    seen: Vec<f64>,
}

impl Observations {
    fn errors(&self, model: &Adjustment) -> Result<[Vec<f64>; 2], chainrule::Error> {
        let errors = model.errors(&self.camera, &self.point, &self.observation, &self.seen)?;
        Ok([errors, model.penalty(&self.observation)?])
    }
}

/// A sparse matrix, row by row: where each row begins, and the column and value of each element.
#[derive(Default)]
struct Sparse {
    rows: Vec<usize>,
    columns: Vec<usize>,
    values: Vec<f64>,
}

impl Sparse {
    fn jacobian(model: &Adjustment, of: &Observations) -> Result<Sparse, chainrule::Error> {
        let AdjustmentDims { n, m, p } = of.dims;
        let mut values = model.slopes(&of.camera, &of.point, &of.observation, &of.seen)?;
        values.extend(model.penalty_slope(&of.observation)?);
        let rows = (0..2 * p).map(|row| 15 * row).chain((30 * p..).take(p + 1)).collect();
        let (points, weights) = (11 * n, 11 * n + 3 * m);
        let mut columns = Vec::with_capacity(31 * p);
        for (i, (&camera, &point)) in of.camera.iter().zip(&of.point).enumerate() {
            let (camera, point) = (11 * camera as usize, points + 3 * point as usize);
            for _ in 0..2 {
                columns.extend(camera..camera + 11);
                columns.extend(point..point + 3);
                columns.push(weights + i);
            }
        }
        columns.extend(weights..weights + p);
        Ok(Sparse { rows, columns, values })
    }

    /// The first 30 elements of each list, and its last.
    fn excerpt(&self) -> Value {
        let Sparse { rows, columns, values } = self;
        json!({ "rows": ends(rows), "cols": ends(columns), "vals": ends(values) })
    }
}

fn ends<T: Copy>(list: &[T]) -> Vec<T> {
    list.iter().take(30).chain(list.last()).copied().collect()
}

/// `objective` and `jacobian`, of a camera, a point, a weight and a place, repeated.
pub fn evaluate(function: &str, input: &RawValue) -> Outcome {
    let Given { n, m, p, cam, x, w, feat } = serde_json::from_str(input.get())?;
    let dims = AdjustmentDims { n, m, p };
    let model =
        Adjustment::from_parameters(dims, [cam.repeat(n), x.repeat(m), vec![w; p]].concat())?;
    let cycle = |length: usize| (0..p).map(|i| (i % length) as u32).collect();
    let (camera, point, observation) = (cycle(n), cycle(m), cycle(p));
    let given = Observations { dims, camera, point, observation, seen: feat.repeat(p) };
    match function {
        "objective" => {
            let mut found = given.errors(&model);
            let runs = time(input, || found = given.errors(&model))?;
            let [errors, penalties] = found?;
            let output = json!({
                "reproj_error": { "elements": errors[..2], "repeated": p },
                "w_err": { "element": penalties[0], "repeated": p },
            });
            Ok(evaluated(output, runs))
        }
        "jacobian" => {
            let mut found = Ok(Sparse::default());
            let runs = time(input, || found = Sparse::jacobian(&model, &given))?;
            Ok(evaluated(found?.excerpt(), runs))
        }
        _ => unknown(function),
    }
}
