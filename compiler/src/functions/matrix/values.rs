//! Reference values in f64: short and slow, one matrix at a time.

/// The factor of the symmetric part.
pub fn cholesky(n: usize, operands: &[Vec<f64>]) -> Vec<f64> {
    let a = &operands[0];
    let mut factor = vec![0.0; n * n];
    for j in 0..n {
        for i in j..n {
            let known: f64 = (0..j).map(|k| factor[i * n + k] * factor[j * n + k]).sum();
            let rest = 0.5 * (a[i * n + j] + a[j * n + i]) - known;
            if i == j && !(rest > 0.0 && rest.is_finite()) {
                return vec![f64::NAN; n * n];
            }
            factor[i * n + j] = if i == j { rest.sqrt() } else { rest / factor[j * n + j] };
        }
    }
    factor
}

/// Forward substitution.
pub fn solve_lower(n: usize, operands: &[Vec<f64>]) -> Vec<f64> {
    substitute(n, operands, &mut (0..n), |k, i| i < k)
}

/// Backward substitution.
pub fn solve_upper(n: usize, operands: &[Vec<f64>]) -> Vec<f64> {
    substitute(n, operands, &mut (0..n).rev(), |k, i| i > k)
}

fn substitute(
    n: usize,
    operands: &[Vec<f64>],
    order: &mut dyn Iterator<Item = usize>,
    is_known: fn(usize, usize) -> bool,
) -> Vec<f64> {
    let [a, b] = operands else { return Vec::new() };
    let mut y = vec![0.0; n];
    for k in order {
        if a[k * n + k] == 0.0 {
            return vec![f64::NAN; n];
        }
        let known: f64 = (0..n).filter(|&i| is_known(k, i)).map(|i| a[k * n + i] * y[i]).sum();
        y[k] = (b[k] - known) / a[k * n + k];
    }
    y
}

/// By elimination.
pub fn solve(n: usize, operands: &[Vec<f64>]) -> Vec<f64> {
    let [a, b] = operands else { return Vec::new() };
    let (factors, exchanges) = eliminate(n, a);
    let mut y = b.clone();
    for (k, &with) in exchanges.iter().enumerate() {
        y.swap(k, with);
    }
    for k in 0..n {
        let known: f64 = (0..k).map(|i| factors[k * n + i] * y[i]).sum();
        y[k] -= known;
    }
    solve_upper(n, &[factors, y])
}

/// Column by column.
pub fn inverse(n: usize, operands: &[Vec<f64>]) -> Vec<f64> {
    let mut inverse = vec![0.0; n * n];
    for j in 0..n {
        let unit = (0..n).map(|i| if i == j { 1.0 } else { 0.0 }).collect();
        let column = solve(n, &[operands[0].clone(), unit]);
        for i in 0..n {
            inverse[i * n + j] = column[i];
        }
    }
    inverse
}

/// The product of the pivots.
pub fn det(n: usize, operands: &[Vec<f64>]) -> Vec<f64> {
    let (factors, exchanges) = eliminate(n, &operands[0]);
    let is_odd = exchanges.iter().enumerate().filter(|(k, with)| k != *with).count() % 2 == 1;
    let sign = if is_odd { -1.0 } else { 1.0 };
    vec![sign * (0..n).map(|k| factors[k * n + k]).product::<f64>()]
}

/// Of the determinant.
pub fn logdet(n: usize, operands: &[Vec<f64>]) -> Vec<f64> {
    let sign = det(n, operands)[0];
    let value = log_abs_det(n, operands)[0];
    vec![if sign < 0.0 { f64::NAN } else { value }]
}

/// The sum of the logarithms of the pivots.
pub fn log_abs_det(n: usize, operands: &[Vec<f64>]) -> Vec<f64> {
    let (factors, _) = eliminate(n, &operands[0]);
    vec![(0..n).map(|k| factors[k * n + k].abs().ln()).sum()]
}

/// By their definition.
pub fn cofactors(n: usize, operands: &[Vec<f64>]) -> Vec<f64> {
    let minor = |row: usize, column: usize| {
        let kept = (0..n * n).filter(|place| place / n != row && place % n != column);
        let kept: Vec<f64> = kept.map(|place| operands[0][place]).collect();
        let sign = if (row + column).is_multiple_of(2) { 1.0 } else { -1.0 };
        sign * det(n - 1, &[kept])[0]
    };
    (0..n * n).map(|place| minor(place / n, place % n)).collect()
}

/// The factors, then the exchanges.
pub fn lu_factors(n: usize, operands: &[Vec<f64>]) -> Vec<f64> {
    let (mut factors, exchanges) = eliminate(n, &operands[0]);
    factors.extend(exchanges.iter().map(|&with| with as f64));
    factors
}

/// The factors, then the exchanges of rows, then those of columns. Nothing but the kernel of `cofactors` reads them.
pub fn complete_factors(n: usize, operands: &[Vec<f64>]) -> Vec<f64> {
    let mut factors = lu_factors(n, operands);
    factors.extend((0..n).map(|k| k as f64));
    factors
}

/// Elimination with partial pivoting: the factors in one matrix, and the row each was exchanged with.
fn eliminate(n: usize, a: &[f64]) -> (Vec<f64>, Vec<usize>) {
    let mut factors = a.to_vec();
    let mut exchanges = Vec::new();
    for k in 0..n {
        let size = |row: usize| factors[row * n + k].abs();
        let with = (k + 1..n).fold(k, |best, row| if size(row) > size(best) { row } else { best });
        exchanges.push(with);
        for j in 0..n {
            factors.swap(k * n + j, with * n + j);
        }
        if factors[k * n + k] == 0.0 {
            continue;
        }
        for i in k + 1..n {
            factors[i * n + k] /= factors[k * n + k];
            for j in k + 1..n {
                factors[i * n + j] -= factors[i * n + k] * factors[k * n + j];
            }
        }
    }
    (factors, exchanges)
}
