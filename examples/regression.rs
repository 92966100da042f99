//! Linear regression by gradient descent, which must find what linear algebra finds.
use std::error::Error;

use chainrule::prelude::*;
use chainrule_examples::table;

const VARIABLES: usize = 10;

/// The progression of diabetes as a linear function of ten variables.
#[model(loss = mean_squared_error, scalar = f64)]
fn progression(x: Input<10>, w: Param<10>, b: Param) -> Output {
    x.dot(w) + b
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut table = table::read::<f64>("diabetes.csv")?;
    // The file scales every variable to unit length; unit variance suits gradient descent better.
    let rows = table.targets.len();
    table.inputs.iter_mut().for_each(|value| *value *= (rows as f64).sqrt());

    let batch = Progression::batch(&table.inputs, &table.targets)?;
    let mut model = Progression::zeros();
    let history = Trainer::new(GradientDescent::new(0.4).momentum(0.85))
        .epochs(1000)
        .batch_size(rows)
        .fit(&mut model, &batch)?;
    println!("{history}\n");

    let exact = least_squares(&table.inputs, &table.targets);
    println!("{:<9} {:>16} {:>16}  relative error", "variable", "descent", "least squares");
    let names = table.names.iter().map(String::as_str).chain(["constant"]);
    for ((name, found), exact) in names.zip(model.parameters()).zip(exact) {
        let error = ((found - exact) / exact).abs();
        println!("{name:<9} {found:16.9} {exact:16.9}  {error:.1e}");
        assert!(error < 1e-6, "gradient descent must reach the least-squares solution");
    }
    Ok(())
}

/// The least-squares coefficients and the constant, by the normal equations `AᵀA·θ = Aᵀy`, where `A` is `x` with a column of ones.
fn least_squares(x: &[f64], y: &[f64]) -> Vec<f64> {
    const N: usize = VARIABLES + 1;
    let (mut normal, mut right) = (vec![0.0; N * N], vec![0.0; N]);
    for (x, y) in x.chunks(VARIABLES).zip(y) {
        let row: Vec<f64> = x.iter().copied().chain([1.0]).collect();
        for i in 0..N {
            right[i] += row[i] * y;
            for j in 0..N {
                normal[N * i + j] += row[i] * row[j];
            }
        }
    }
    solve(&mut normal, &mut right);
    right
}

/// Solves `A·x = b` for a symmetric positive definite `A` by Cholesky's `A = L·Lᵀ`; `x` takes the place of `b`.
fn solve(a: &mut [f64], b: &mut [f64]) {
    let n = b.len();
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| a[n * i + k] * a[n * j + k]).sum();
            let rest = a[n * i + j] - known;
            a[n * i + j] = if i == j { rest.sqrt() } else { rest / a[n * j + j] };
        }
    }
    for i in 0..n {
        let known: f64 = (0..i).map(|k| a[n * i + k] * b[k]).sum();
        b[i] = (b[i] - known) / a[n * i + i];
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| a[n * k + i] * b[k]).sum();
        b[i] = (b[i] - known) / a[n * i + i];
    }
}
