//! Problems of one vector or matrix: `llsq`, `lse`, `kmeans`, `ode`, `det`.

use serde_json::json;

use super::{assert_same, assert_slopes, number, numbers, output, slopes, wave};

#[test]
fn llsq_is_half_the_sum_of_squares() {
    let (x, n) = (wave(5, 0.7), 9);
    let value = |x: &[f64]| -> f64 {
        let error = |i: i32| {
            let t = -1.0 + f64::from(i) / 4.0;
            let polynomial: f64 = x.iter().zip(0..).map(|(x, j)| x * t.powi(j)).sum();
            f64::from((i - 4).signum()) - polynomial
        };
        (0..n).map(|i| error(i).powi(2) / 2.0).sum()
    };
    let input = json!({ "x": x, "n": n, "min_runs": 1, "min_seconds": 0 });
    assert_same(&[number(&output("llsq", "primal", &input))], &[value(&x)]);
    assert_slopes(&numbers(&output("llsq", "gradient", &input)), &slopes(&x, value));
}

#[test]
fn lse_has_softmax_as_its_gradient() {
    for shift in [0.0, 1000.0] {
        let x: Vec<f64> = wave(20, 0.9).iter().map(|x| 3.0 * x + shift).collect();
        let weights: Vec<f64> = x.iter().map(|x| (x - shift).exp()).collect();
        let sum: f64 = weights.iter().sum();
        let input = json!({ "x": x });
        assert_same(&[number(&output("lse", "primal", &input))], &[sum.ln() + shift]);
        let gradient: Vec<f64> = weights.iter().map(|weight| weight / sum).collect();
        assert_same(&numbers(&output("lse", "gradient", &input)), &gradient);
    }
}

#[test]
fn kmeans_goes_to_the_means_of_the_clusters() {
    let points: Vec<Vec<f64>> = (0..40).map(|i| wave(3, 0.4 + f64::from(i) * 0.17)).collect();
    let centroids = [points[3].clone(), points[11].clone(), points[25].clone()];
    let mut cost = 0.0;
    let mut clusters = [Vec::new(), Vec::new(), Vec::new()];
    for point in &points {
        let distance = |k: usize| -> f64 {
            point.iter().zip(&centroids[k]).map(|(a, b)| (a - b).powi(2)).sum()
        };
        let nearest = (0..3).min_by(|&a, &b| distance(a).total_cmp(&distance(b))).expect("three");
        cost += distance(nearest);
        clusters[nearest].push(point);
    }
    let direction = |(cluster, centroid): (&Vec<&Vec<f64>>, &Vec<f64>)| -> Vec<f64> {
        let mean =
            |j: usize| cluster.iter().map(|point| point[j]).sum::<f64>() / cluster.len() as f64;
        (0..3).map(|j| centroid[j] - mean(j)).collect()
    };
    let directions: Vec<f64> = clusters.iter().zip(&centroids).flat_map(direction).collect();
    let input = json!({ "points": points, "centroids": centroids });
    assert_same(&[number(&output("kmeans", "cost", &input))], &[cost]);
    let found = output("kmeans", "dir", &input);
    assert_eq!(found.as_array().map(Vec::len), Some(3));
    assert_same(&numbers(&found), &directions);
}

/// A step after another of the four stages of Runge and Kutta.
fn solution(x: &[f64], s: usize) -> Vec<f64> {
    let h = 2.0 / s as f64;
    let rate = |y: &[f64]| -> Vec<f64> {
        (0..x.len()).map(|i| if i == 0 { x[0] } else { x[i] * y[i - 1] }).collect()
    };
    let moved = |y: &[f64], by: f64, k: &[f64]| -> Vec<f64> {
        y.iter().zip(k).map(|(y, k)| y + by * k).collect()
    };
    let mut y = vec![0.0; x.len()];
    for _ in 0..s {
        let k1 = rate(&y);
        let k2 = rate(&moved(&y, h / 2.0, &k1));
        let k3 = rate(&moved(&y, h / 2.0, &k2));
        let k4 = rate(&moved(&y, h, &k3));
        for (i, y) in y.iter_mut().enumerate() {
            *y += h * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]) / 6.0;
        }
    }
    y
}

#[test]
fn ode_is_solved_by_the_method_of_runge_and_kutta() {
    for (n, s) in [(1, 1), (4, 1), (6, 3), (9, 2), (30, 3)] {
        let x = wave(n, 0.8);
        let input = json!({ "x": x, "s": s });
        assert_same(&numbers(&output("ode", "primal", &input)), &solution(&x, s));
        let last = |x: &[f64]| solution(x, s)[n - 1];
        assert_slopes(&numbers(&output("ode", "gradient", &input)), &slopes(&x, last));
    }
}

#[test]
fn ode_of_four_elements_is_exact() {
    let x = [0.5, -1.5, 0.8, 2.0];
    let input = json!({ "x": x, "s": 5 });
    let y = [
        x[0] * 2.0,
        x[0] * x[1] * 2.0,
        x[0] * x[1] * x[2] * 4.0 / 3.0,
        x.iter().product::<f64>() * 2.0 / 3.0,
    ];
    assert_same(&numbers(&output("ode", "primal", &input)), &y);
    assert_same(&numbers(&output("ode", "gradient", &input)), &x.map(|x| y[3] / x));
}

/// The determinant of a part of a matrix of `n` rows, by expansion along the first of its rows.
fn expanded(a: &[f64], n: usize, rows: &[usize], columns: &[usize]) -> f64 {
    let Some((&row, rest)) = rows.split_first() else { return 1.0 };
    let minor = |k: usize| {
        let others: Vec<usize> =
            columns.iter().copied().filter(|&column| column != columns[k]).collect();
        let sign = if k.is_multiple_of(2) { 1.0 } else { -1.0 };
        sign * a[row * n + columns[k]] * expanded(a, n, rest, &others)
    };
    (0..columns.len()).map(minor).sum()
}

#[test]
fn det_is_the_sum_of_signed_products() {
    for n in [1, 3, 5] {
        let a = wave(n * n, 1.3);
        let all: Vec<usize> = (0..n).collect();
        let value = |a: &[f64]| expanded(a, n, &all, &all);
        let input = json!({ "A": a, "ell": n });
        assert_same(&[number(&output("det", "primal", &input))], &[value(&a)]);
        assert_slopes(&numbers(&output("det", "gradient", &input)), &slopes(&a, value));
    }
}
