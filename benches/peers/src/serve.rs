//! A contestant for another process, which asks for a turn by a line: the answer is the median time of a call in nanoseconds.

use std::fs;
use std::io::{BufRead, Write, stdin, stdout};
use std::path::Path;

use chainrule::fit::Fit;
use chainrule::prelude::*;

use crate::logistic::{double, problem, single};
use crate::race::turn;
use crate::voigt::{PEAKS, Voigt, observations, start, truth};

/// Writes the problems into `folder`, then answers until the input ends.
pub fn run(folder: &str) {
    write_problems(Path::new(folder));
    for line in stdin().lock().lines() {
        let line = line.expect("the other process writes text");
        let answer = match line.as_str() {
            "fit" => fit(),
            "hessian f64" => hessian_f64(Path::new(folder)),
            _ => hessian_f32(),
        };
        println!("{answer}");
        stdout().flush().expect("the other process listens");
    }
}

/// A time, and a number that shows that the work was done.
fn answer(time: f64, evidence: f64) -> String {
    format!("{time} {evidence:.17e}")
}

fn write_problems(folder: &Path) {
    let (x, y) = observations();
    write(folder, "x", &x);
    write(folder, "y", &y);
    write(folder, "start", &start());
    write(folder, "truth", &truth());
    let [x, y, theta] = problem();
    write(folder, "features", &x);
    write(folder, "classes", &y);
    write(folder, "theta", &theta);
}

fn write(folder: &Path, name: &str, values: &[f64]) {
    let text: String = values.iter().map(|value| format!("{value:e}\n")).collect();
    fs::write(folder.join(name), text).expect("the folder can be written");
}

fn fit() -> String {
    let (x, y) = observations();
    let (mut squares, mut evaluations) = (0.0, 0);
    let time = turn(|| {
        let model = Voigt::<PEAKS>::from_parameters(start()).expect("four a peak");
        let report = Fit::new(model).data(&x, &y).run().expect("the data is sound");
        evaluations = report.evaluations();
        squares = report.sum_of_squares();
        squares
    });
    format!("{} {evaluations}", answer(time, squares))
}

macro_rules! hessian {
    ($x:expr, $y:expr, $theta:expr, $module:ident) => {{
        let batch = $module::Logistic::<50>::batch($x, $y).expect("the lengths fit");
        let model = $module::Logistic::<50>::from_parameters($theta).expect("51");
        let mut workspace = model.workspace();
        let mut gradient = model.parameters().to_vec();
        let mut matrix = gradient.repeat(gradient.len());
        let time = turn(|| {
            f64::from(model.hessian_into(&batch, &mut gradient, &mut matrix, &mut workspace))
        });
        (time, matrix)
    }};
}

fn hessian_f64(folder: &Path) -> String {
    let [x, y, theta] = problem();
    let (time, matrix) = hessian!(&x, &y, theta, double);
    write(folder, "hessian", &matrix);
    answer(time, matrix[1])
}

fn hessian_f32() -> String {
    let [x, y, theta] =
        problem().map(|values| values.into_iter().map(|v| v as f32).collect::<Vec<f32>>());
    let (time, matrix) = hessian!(&x, &y, theta, single);
    answer(time, f64::from(matrix[1]))
}
