//! One program for every public scalar function, every definition, every loss, every way to read arrays at places, and every form that
//! random programs do not have.

use std::fmt::Write;

use chainrule_compiler::functions::library::{
    DefaultAxes, Definition, DefinitionKind, Parameter, ParameterKind, Target, definitions,
};
use chainrule_compiler::functions::matrix::{MatrixFunction, matrix_functions};
use chainrule_compiler::functions::scalar::{Derivative, Notation, Scalar, scalars};

use super::generate::Program;
use super::inside::inside;
use super::loops::loops;
use super::places::places;

/// A loss of a class at every place of a sequence.
fn sequence() -> (String, Program) {
    let item = "fn sequence(x: Input<3, 4>, tags: Index<4, 3>, a: Param<4>) -> Output<3, 4> {
        x + a - cross_entropy(x*a, tags)
    }";
    let attribute = "loss = cross_entropy".to_owned();
    ("sequence".to_owned(), Program { attribute, item: item.to_owned(), extents: Vec::new() })
}

/// All of them with the names of their functions.
pub fn catalogue() -> Vec<(String, Program)> {
    // The derivative of `stop` is 0 by definition, which differences do not know.
    let rows = scalars().filter(|row| row.public && row.name != "stop").map(of_row);
    let of_matrices = matrix_functions().filter(|row| row.public).flat_map(of_matrices);
    let forms = places().into_iter().chain(loops()).chain(inside()).chain([sequence()]);
    let forms = forms.chain(of_matrices);
    rows.chain(definitions().map(of_definition)).chain(forms).collect()
}

/// Of a positive definite matrix that all examples share, and vectors that differ.
fn of_matrix_definition(definition: &Definition, name: String) -> (String, Program) {
    let operand = |kind: ParameterKind| match kind {
        ParameterKind::Matrix => "dot(m, transpose(m)) + 0.2*d",
        _ => "v + sum(m, [1])",
    };
    let operands: Vec<&str> = definition.parameters.iter().map(|one| operand(one.kind)).collect();
    let item = format!(
        "fn {name}(m: Param<4, 7>, d: Data<4, 4>, v: Input<4>) -> Loss {{
            let value = {}({});
            mean(value*value*value + value) + 0.1*sum(v)
        }}",
        definition.name,
        operands.join(", "),
    );
    (name, Program { attribute: String::new(), item, extents: Vec::new() })
}

/// A function of a matrix of each example, and of one that all examples share. `m·mᵀ` is positive definite, and far from singular.
pub fn of_matrices(row: &'static MatrixFunction) -> [(String, Program); 2] {
    let form = |kind: &str, signature: &str, change: &str, right_side: &str| {
        let name = format!("matrix_{}_{kind}", row.name);
        let right_side = if row.given().len() > 1 { right_side } else { "" };
        let value = format!("{}(dot(m, transpose(m)) + {change}{right_side})", row.name);
        let item = format!(
            "fn {name}(m: Param<4, 7>, x: {signature}, #[allow(unused)] b: Param<4, 2>, v: Input<4>) -> Loss {{
                let value = {value};
                mean(value*value*value + value) + 0.1*sum(v)
            }}"
        );
        (name, Program { attribute: String::new(), item, extents: Vec::new() })
    };
    [
        form("of_examples", "Input<4, 4>", "0.2*x", ", v + sum(b)"),
        form(
            "of_all",
            "Data<4, 4>",
            "0.2*x",
            if row.name == "solve" { ", v + sum(b)" } else { ", b" },
        ),
    ]
}

/// `f` of operands that stay in their intervals: `middle + 0.32·half·(x + a)` for `x` and `a` between −1.5 and 1.5.
fn of_row(row: &Scalar) -> (String, Program) {
    let mut arguments = String::new();
    let mut operands = Vec::new();
    for operand in row.operands {
        let (low, high) = operand.samples;
        if operand.derivative == Derivative::Integer {
            operands.push((high as i64).to_string());
            continue;
        }
        let place = operands.len();
        let _ = write!(arguments, "x{place}: Input<5>, #[allow(unused)] a{place}: Param<5>, ");
        let (middle, slope) = (0.5 * (low + high), 0.16 * (high - low));
        let value = format!("{middle:?} + {slope:?}*(x{place} + a{place})");
        let is_condition = operand.derivative == Derivative::Condition;
        operands.push(if is_condition { format!("{value} > {middle:?}") } else { value });
    }
    let value = format!("{}({})", row.name, operands.join(", "));
    let is_relation = matches!(row.notation, Notation::Indicator(_));
    let value = if is_relation { format!("select({value}, 1.5, -0.5)") } else { value };
    let body = format!("{value} + bias");
    let name = format!("row_{}", row.name);
    let item = format!("fn {name}({arguments}bias: Param) -> Output<5> {{ {body} }}");
    let attribute = "loss = |p, t| sum(p*t)".to_owned();
    (name, Program { attribute, item, extents: Vec::new() })
}

/// Arguments and a call for definitions whose operands do not have one shape, or not any value.
fn special(name: &str) -> Option<(&'static str, &'static str)> {
    const CELL: &str = "x: Input<3>, h: Input<2>, w: Param<3, 2>, u: Param<2, 2>, b: Param<2>";
    const GATES: &str =
        "x: Input<3>, h: Input<2>, w: Param<3, 3, 2>, u: Param<3, 2, 2>, b: Param<3, 2>";
    const LSTM: &str =
        "x: Input<3>, s: Input<2, 2>, w: Param<4, 3, 2>, u: Param<4, 2, 2>, b: Param<4, 2>";
    const HEADS: &str = "x: Input<2, 2>, y: Input<3, 2>, a: Param<2, 2, 1>, b: Param<2, 1, 2>";
    const SEQUENCE: &str = "x: Input<5, 1>, a: Param<5, 1>, #[allow(unused)] w: Param<2, 1, 2>";
    const IMAGE: &str =
        "x: Input<4, 3, 1>, a: Param<4, 3, 1>, #[allow(unused)] w: Param<2, 2, 1, 2>";
    Some(match name {
        "student_t_log_density" => {
            ("x: Input<3>, a: Param<3>", "student_t_log_density(x, a, x*a, 1 + exp(a))")
        }
        "beta" => ("x: Input<2>, a: Param<2>", "beta(x + a, 0.3 + 0.2*sin(sum(x)))"),
        "gaussian_mixture_log_density" => (
            "x: Input, y: Input<3>, a: Param<3>",
            "gaussian_mixture_log_density(x, y*a, y + a, x*a)",
        ),
        "positional_encoding" => (SEQUENCE, "x*a*positional_encoding(x)"),
        "rnn_cell" => (CELL, "rnn_cell(x, h, w, u, b)"),
        "gru_cell" => (GATES, "gru_cell(x, h, w, u, b)"),
        "lstm_memory" => (LSTM, "lstm_memory(x, s[0], s[1], w, u, b)"),
        "lstm_hidden" => (LSTM, "lstm_hidden(x, s[0], s[1], w, u, b)"),
        "lstm_cell" => (LSTM, "lstm_cell(x, s, w, u, b)"),
        "multi_head_attention" => (HEADS, "multi_head_attention(x, a, a - 0.3, 0.5*a, b)"),
        "causal_multi_head_attention" => {
            (HEADS, "causal_multi_head_attention(x*y[(1..)], a, a - 0.3, 0.5*a, b)")
        }
        "cross_attention" => (HEADS, "cross_attention(x, y, a, a - 0.3, 0.5*a, b)"),
        "conv1d" => (SEQUENCE, "conv1d(x*a, w, stride = 2, padding = 1, dilation = 2)"),
        "conv2d" => (IMAGE, "conv2d(x*a, w, padding = 1, stride = 2)"),
        "max_pool1d" => (SEQUENCE, "max_pool1d(x*a, 2)"),
        "avg_pool1d" => (SEQUENCE, "avg_pool1d(x*a, 2, stride = 1)"),
        "max_pool2d" => (IMAGE, "max_pool2d(x*a, 2, 1)"),
        "avg_pool2d" => (IMAGE, "avg_pool2d(x*a, size = 2)"),
        "upsample1d" => (SEQUENCE, "upsample1d(x*a, 2)"),
        "upsample2d" => (IMAGE, "upsample2d(x*a, factor = 2)"),
        _ => return None,
    })
}

fn of_definition(definition: &Definition) -> (String, Program) {
    let name = format!("definition_{}", definition.name);
    let (attribute, signature, body) = match definition.kind {
        _ if special(definition.name).is_some() => {
            let (signature, value) = special(definition.name).unwrap_or_default();
            let body = format!("let value = {value}; mean(value*value*value + value)");
            (String::new(), format!("{signature}) -> Loss"), body)
        }
        DefinitionKind::Loss(target) => {
            let shape = if matches!(target, Target::Slice(_)) { "<2, 3>" } else { "<4>" };
            let signature = format!("x: Input{shape}, a: Param{shape}) -> Output{shape}");
            (format!("loss = {}", definition.name), signature, "x + a".to_owned())
        }
        DefinitionKind::Function => {
            if definition.parameters.iter().any(|one| one.kind == ParameterKind::Matrix) {
                return of_matrix_definition(definition, name);
            }
            let is_tensor = |one: &&Parameter| one.kind == ParameterKind::Tensor;
            let count = definition.parameters.iter().filter(is_tensor).count();
            let operands: Vec<String> = ["x*a + c", "y - x*a", "0.3*x + a", "c*y"]
                .iter()
                .take(count)
                .map(|one| (*one).to_owned())
                .collect();
            let axes = if definition.axes == DefaultAxes::None { "" } else { ", [0]" };
            let value = format!("{}({}{axes})", definition.name, operands.join(", "));
            let body = format!("let value = {value}; mean(value*value*value + value)");
            let signature = "x: Input<3, 2>, y: Input<3, 2>, a: Param<3, 2>, #[allow(unused)] c: Param<2>) -> Loss";
            (String::new(), signature.to_owned(), body)
        }
    };
    let item = format!("fn {name}({signature} {{ {body} }}");
    (name, Program { attribute, item, extents: Vec::new() })
}
