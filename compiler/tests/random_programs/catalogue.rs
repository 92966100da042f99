//! One program for every public scalar function, every definition, every loss, every way to read arrays at places, and every form that
//! random programs do not have.

use std::fmt::Write;

use chainrule_compiler::functions::library::{
    DefaultAxes, Definition, DefinitionKind, Target, definitions,
};
use chainrule_compiler::functions::matrix::{MatrixFunction, matrix_functions};
use chainrule_compiler::functions::scalar::{Derivative, Notation, Scalar, scalars};

use super::generate::Program;
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
    let rows = scalars().filter(|row| row.public).map(of_row);
    let of_matrices = matrix_functions().filter(|row| row.public).flat_map(of_matrices);
    let forms = places().into_iter().chain([sequence()]).chain(of_matrices);
    rows.chain(definitions().map(of_definition)).chain(forms).collect()
}

/// A function of a matrix of each example, and of one that all examples share. `m·mᵀ` is positive definite, and far from singular.
fn of_matrices(row: &'static MatrixFunction) -> [(String, Program); 2] {
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

fn of_definition(definition: &Definition) -> (String, Program) {
    let name = format!("definition_{}", definition.name);
    let (attribute, signature, body) = match definition.kind {
        DefinitionKind::Loss(target) => {
            let shape = if matches!(target, Target::Slice(_)) { "<2, 3>" } else { "<4>" };
            let signature = format!("x: Input{shape}, a: Param{shape}) -> Output{shape}");
            (format!("loss = {}", definition.name), signature, "x + a".to_owned())
        }
        DefinitionKind::Function => {
            let operands: Vec<String> = ["x*a + c", "y - x*a"]
                .iter()
                .take(definition.parameters.len())
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
