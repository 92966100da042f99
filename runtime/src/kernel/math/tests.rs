//! Every function against independent values, on every instruction set of the processor.

mod rows;
mod special_values;

use std::marker::PhantomData;

use crate::kernel::arch::{Isa, Kernel, on_every_isa};
use crate::kernel::real::Real;

use rows::{ROWS, Row};

/// One function with its operands, as a kernel.
#[derive(Clone, Copy)]
struct Apply<'a, F, T> {
    function: PhantomData<F>,
    operands: &'a [[T; 2]],
}

/// A function of one or two operands; the second is ignored by functions of one.
trait Function: Copy {
    fn apply<I: Isa, T: Real>(isa: I, a: T, b: T) -> T;
}

impl<F: Function, T: Real> Kernel for Apply<'_, F, T> {
    type Output = Vec<T>;

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) -> Vec<T> {
        self.operands.iter().map(|&[a, b]| F::apply(isa, a, b)).collect()
    }
}

/// The values on every instruction set.
fn values<F: Function, T: Real>(_: F, operands: &[[T; 2]]) -> Vec<(&'static str, Vec<T>)> {
    on_every_isa(&Apply { function: PhantomData::<F>, operands })
}

/// The unit in the last place of a number of `bits` mantissa bits and the given smallest exponent.
fn ulp(value: f64, bits: i32, lowest: i32) -> f64 {
    let exponent = if value == 0.0 { lowest } else { libm::ilogb(value).max(lowest) };
    libm::ldexp(1.0, exponent - bits)
}

/// The error of `got` in units of the last place; infinite where one is NaN and the other is not, or an infinity is missed.
fn error(got: f64, exact: f64, rest: f64, unit: f64) -> f64 {
    if got.is_nan() || exact.is_nan() {
        return if got.is_nan() && exact.is_nan() { 0.0 } else { f64::INFINITY };
    }
    if got.is_infinite() || exact.is_infinite() {
        return if got == exact { 0.0 } else { f64::INFINITY };
    }
    if got == exact && rest == 0.0 { 0.0 } else { ((got - exact) - rest).abs() / unit }
}

/// The worst of the errors, with its operands.
#[derive(Clone, Copy, Debug, Default)]
struct Worst {
    error: f64,
    operands: [f64; 2],
    got: f64,
    exact: f64,
}

impl Worst {
    fn note(&mut self, error: f64, operands: [f64; 2], got: f64, exact: f64) {
        if error > self.error {
            *self = Worst { error, operands, got, exact };
        }
    }
}

/// `CHAINRULE_REFERENCE` names a larger table, of the same form, to measure the bounds that the documentation states.
fn reference() -> String {
    match std::env::var("CHAINRULE_REFERENCE") {
        Ok(path) => std::fs::read_to_string(path).expect("the reference table is readable"),
        Err(_) => include_str!("reference.csv").to_owned(),
    }
}

/// The lines of the table for one function: operands, nearest value, rest.
fn reference_of<'a>(table: &'a str, name: &str) -> Vec<([f64; 2], f64, f64)> {
    let number = |text: &str| if text.is_empty() { 0.0 } else { text.parse().expect("a number") };
    let columns = |line: &'a str| line.split(',').collect::<Vec<_>>();
    let lines = table.lines().map(columns).filter(|columns| columns[0] == name);
    lines.map(|c| ([number(c[1]), number(c[2])], number(c[3]), number(c[4]))).collect()
}

#[test]
fn f64_values_agree_with_values_of_more_digits() {
    let table = reference();
    let mut failures = Vec::new();
    for row in ROWS {
        let lines = reference_of(&table, row.name);
        assert!(!lines.is_empty(), "no reference values of {}", row.name);
        let operands: Vec<[f64; 2]> = lines.iter().map(|line| line.0).collect();
        for (isa, got) in (row.f64)(&operands) {
            let mut worst = Worst::default();
            for (&(operands, exact, rest), got) in lines.iter().zip(got) {
                let unit = ulp(exact, 52, -1022);
                worst.note(error(got, exact, rest, unit), operands, got, exact);
            }
            judge(row, "f64", isa, row.bounds[1], worst, &mut failures);
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn f32_values_agree_with_f64() {
    let stride =
        std::env::var("CHAINRULE_STRIDE").map_or(100_003, |text| text.parse().expect("a number"));
    let mut failures = Vec::new();
    let mut second = 1_u32;
    let operands: Vec<[f32; 2]> = (0..=u32::MAX)
        .step_by(stride)
        .map(|bits| {
            second = second.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
            [f32::from_bits(bits), f32::from_bits(second)]
        })
        .collect();
    for row in ROWS {
        let exact: Vec<f64> =
            operands.iter().map(|&[a, b]| (row.reference)(f64::from(a), f64::from(b))).collect();
        for (isa, got) in (row.f32)(&operands) {
            let mut worst = Worst::default();
            for ((operands, &exact), got) in operands.iter().zip(&exact).zip(got) {
                let operands = operands.map(f64::from);
                let exact = if exact.abs() < 3.402_823_567_797_336_6e38 {
                    exact
                } else {
                    f64::from(exact as f32)
                };
                let unit = ulp(exact.clamp(-3.4e38, 3.4e38), 23, -126);
                let below = row.flushes && exact.abs() < f64::from(f32::MIN_POSITIVE);
                let error = if below { 0.0 } else { error(f64::from(got), exact, 0.0, unit) };
                worst.note(error, operands, f64::from(got), exact);
            }
            judge(row, "f32", isa, row.bounds[0], worst, &mut failures);
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Prints the worst error for `--nocapture` and keeps it where it is above the bound.
fn judge(row: &Row, scalar: &str, isa: &str, bound: f64, worst: Worst, failures: &mut Vec<String>) {
    let Worst { error, operands: [a, b], got, exact } = worst;
    let text = format!(
        "{:12} {scalar} {isa:9} {error:10.3} ulp at ({a:e}, {b:e}): {got:e} for {exact:e}",
        row.name
    );
    println!("{text}");
    if error > bound {
        failures.push(text);
    }
}
