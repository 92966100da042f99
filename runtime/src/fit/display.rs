//! A fit as a table.

use std::fmt::{self, Display, Formatter};

use super::report::{Estimate, EstimateState, FitReport};

/// Correlation matrices of more parameters are left to [`FitReport::correlation`].
const WIDEST_MATRIX: usize = 10;

/// Columns of text are as wide as their widest cell, the first to the left, the others to the right.
fn write_table(f: &mut Formatter<'_>, rows: &[Vec<String>]) -> fmt::Result {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
    };
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            match column {
                0 => line.push_str(&format!("{cell:<width$}")),
                _ => line.push_str(&format!("  {cell:>width$}")),
            }
        }
        writeln!(f, "{}", line.trim_end())?;
    }
    Ok(())
}

impl<M> Display for FitReport<M> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.write_estimates(f)?;
        self.write_goodness(f)?;
        self.write_correlation(f)?;
        write!(
            f,
            "stopped after {} iterations and {} evaluations: {}",
            self.iterations(),
            self.evaluations(),
            self.stop_reason()
        )?;
        for warning in self.warnings() {
            write!(f, "\nwarning: {warning}")?;
        }
        Ok(())
    }
}

impl<M> FitReport<M> {
    fn write_estimates(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let header = ["parameter", "estimate", "std. error", "rel.", "95 % interval", ""];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        rows.extend(self.estimates().iter().map(|estimate| self.row(estimate)));
        write_table(f, &rows)
    }

    fn row(&self, estimate: &Estimate) -> Vec<String> {
        let digits = digits(estimate);
        let value = figures(estimate.value, digits);
        let error = estimate.standard_error;
        if estimate.state == EstimateState::Fixed {
            return vec![estimate.name.clone(), value, "fixed".to_owned()];
        }
        let relative = format!("{:.2} %", 100.0 * (error / estimate.value).abs());
        let (low, high) =
            self.confidence_interval(&estimate.name, 0.95).unwrap_or((f64::NAN, f64::NAN));
        vec![
            estimate.name.clone(),
            value,
            figures(error, 5),
            relative,
            figures(low, digits),
            figures(high, digits),
        ]
    }

    fn write_goodness(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let count = self.residuals().len();
        writeln!(f)?;
        let mut line = |name: &str, value: String| writeln!(f, "{name:<28}{value}");
        line("residuals", format!("{count}, {} degrees of freedom", self.degrees_of_freedom()))?;
        line("sum of squares", figures(self.sum_of_squares(), 8))?;
        if self.is_sigma_absolute {
            line("reduced χ²", figures(self.reduced_chi_squared(), 6))?;
        } else {
            line("residual standard error", figures(self.residual_standard_error(), 6))?;
        }
        if let Some(r_squared) = self.r_squared() {
            let adjusted = self.adjusted_r_squared().unwrap_or(f64::NAN);
            line("R², adjusted", format!("{}, {}", figures(r_squared, 8), figures(adjusted, 8)))?;
        }
        let aicc = self.aicc().map_or_else(|| "none".to_owned(), |aicc| figures(aicc, 6));
        let criteria = format!("{}, {aicc}, {}", figures(self.aic(), 6), figures(self.bic(), 6));
        line("AIC, AICc, BIC", criteria)?;
        let condition =
            format!("{:.1e}, {:.1e} without units", self.condition(), self.scaled_condition());
        line("condition of JᵀJ", condition)
    }

    fn write_correlation(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let n = self.estimates().len();
        let fitted: Vec<usize> =
            (0..n).filter(|&i| self.estimates()[i].state != EstimateState::Fixed).collect();
        if !(2..=WIDEST_MATRIX).contains(&fitted.len()) {
            return writeln!(f);
        }
        let correlation = self.correlation();
        let name = |i: usize| self.estimates()[i].name.clone();
        let header = std::iter::once("correlation".to_owned());
        let mut rows = vec![header.chain(fitted.iter().map(|&i| name(i))).collect::<Vec<_>>()];
        for (place, &i) in fitted.iter().enumerate() {
            let cells = fitted[..=place].iter().map(|&j| format!("{:.4}", correlation[i * n + j]));
            rows.push(std::iter::once(name(i)).chain(cells).collect());
        }
        writeln!(f)?;
        write_table(f, &rows)?;
        writeln!(f)
    }
}

/// As many digits as the value has before its uncertainty, and four of the uncertainty itself.
fn digits(estimate: &Estimate) -> usize {
    let error = estimate.standard_error;
    if error == 0.0 || !error.is_finite() || estimate.value == 0.0 {
        return 8;
    }
    let ratio = (estimate.value / error).abs().log10().ceil();
    (ratio.clamp(0.0, 12.0) as usize + 4).min(15)
}

/// A number with so many significant figures.
fn figures(value: f64, digits: usize) -> String {
    let exponent = value.abs().log10().floor();
    if value == 0.0 || !value.is_finite() {
        format!("{value}")
    } else if (-4.0..digits.max(6) as f64).contains(&exponent) {
        format!("{value:.*}", (digits as f64 - 1.0 - exponent).max(0.0) as usize)
    } else {
        format!("{value:.*e}", digits.saturating_sub(1))
    }
}
