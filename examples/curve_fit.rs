//! A formula fitted to two columns of a CSV file: `cargo run --release --example curve_fit -- data.csv curve.svg`.
//!
//! Prints the report and draws data, curve and residuals, to `curve_fit.svg` in the folder for temporary files if no place is given; without
//! a file it fits data of its own. Change the formula, and start from where you think its parameters are.
use std::error::Error;
use std::path::{Path, PathBuf};

use chainrule::prelude::*;
use chainrule_examples::columns;

/// A saturating exponential.
#[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
fn saturation(x: Input, limit: Param, rate: Param) -> Output {
    limit * (1.0 - exp(-rate * x))
}

/// Monomolecular adsorption: volume adsorbed over pressure, 14 observations; certified to be fitted by 238.94212918 and 5.5015643181e-4.
/// NIST Statistical Reference Datasets, Misra1a (D. Misra, 1978).
const MISRA1A: &str = "pressure,volume
77.6,10.07\n114.9,14.73\n141.1,17.94\n190.8,23.93\n239.9,29.61\n289.0,35.18\n332.8,40.02
378.4,44.82\n434.8,50.76\n477.3,55.05\n536.8,61.01\n593.1,66.40\n689.1,75.47\n760.0,81.78
";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let table = match arguments.next() {
        Some(path) => columns::read(Path::new(&path))?,
        None => columns::parse("the built-in data", MISRA1A.as_bytes())?,
    };
    let chart =
        arguments.next().map_or_else(|| std::env::temp_dir().join("curve_fit.svg"), PathBuf::from);

    // Half of the way to the limit at the middle of the data is as good a start as any.
    let (x, y) = (&table.x, &table.y);
    let middle = x.iter().sum::<f64>() / x.len() as f64;
    let largest = y.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let start = Saturation::from_parameters(vec![2.0 * largest, 0.7 / middle])?;

    let report = Fit::new(start).data(x, y).run()?;
    println!("{} = limit·(1 − exp(−rate·{}))\n\n{report}", table.names[1], table.names[0]);
    report.plot(&chart, &format!("{} over {}", table.names[1], table.names[0]))?;
    println!("picture: {}", chart.display());
    Ok(())
}
