//! An entry for a row of the table of scalar functions.

use super::heading;
use crate::formula::Formula;
use crate::functions::scalar::{Derivative, MUL, NEG, Notation, Operand, Scalar};
use crate::mathematics::{Math, Times, applied, text};

/// What the row says, as Markdown.
pub fn entry(row: &Scalar) -> Result<String, String> {
    let operands: Vec<&str> = row.operands.iter().map(|operand| operand.name).collect();
    let symbols = operands.iter().map(|name| Math::symbol(name)).collect();
    let call = format!("{}({})", row.name, operands.join(", "));
    let form = match row.notation {
        Notation::Infix(sign, _) => operands.join(&format!(" {sign} ")),
        Notation::Prefix(sign) => format!("{sign}{}", operands.join(", ")),
        Notation::Indicator("=") => format!("{}`, `{call}", operands.join(" == ")),
        Notation::Indicator("≤") => format!("{}`, `{call}", operands.join(" <= ")),
        Notation::Indicator(sign) => {
            format!("{}`, `{call}", operands.join(&format!(" {sign} ")))
        }
        _ => call,
    };
    let mut entry = heading(&form, row.aliases);
    let derivatives: Result<Vec<String>, String> = row.operands.iter().map(derivative).collect();
    entry += &format!(
        "`y = {}`, with {}.\n\n{}\n",
        text(&applied(row, symbols)),
        derivatives?.join(", "),
        row.doc
    );
    for kink in row.kinks {
        let at = listed(row, kink.at, "");
        let slopes = listed(row, kink.derivative, "∂y/∂");
        entry += &format!("\n- At {at}: {slopes}.");
    }
    if !row.kinks.is_empty() {
        entry.push('\n');
    }
    entry += &match row.cost {
        0 => "\nCost: none.\n".to_string(),
        cost => format!("\nCost: {cost}.\n"),
    };
    Ok(entry)
}

/// `∂y/∂x = …`, in the notation of mathematics.
fn derivative(operand: &Operand) -> Result<String, String> {
    let name = operand.name;
    let formula = |text: &'static str| Formula::parse(text).map(|formula| mathematics(&formula));
    Ok(match operand.derivative {
        Derivative::Formula(source) => format!("`∂y/∂{name} = {}`", text(&formula(source)?)),
        Derivative::Gate(source) | Derivative::Guard(source) => match formula(source)? {
            Math::Fence("[", relation, _) => {
                format!("`∂y/∂{name} = 1` where `{}`, else 0", text(&relation))
            }
            condition => format!("`∂y/∂{name} = 1` where `{}` is not 0, else 0", text(&condition)),
        },
        Derivative::Zero(reason) => format!("`∂y/∂{name} = 0` ({reason})"),
        Derivative::Integer => format!("`{name}` an integer constant"),
        Derivative::Condition => format!("`{name}` a condition"),
        Derivative::Missing => format!("`∂y/∂{name}` is not given"),
    })
}

/// `x = 0, y = 1` as code.
fn listed(row: &Scalar, numbers: &[f64], before: &str) -> String {
    let pairs = row.operands.iter().zip(numbers);
    let shown = pairs.map(|(operand, number)| {
        format!("`{before}{} = {}`", operand.name, text(&Math::Number(*number)))
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// The formula as mathematics.
fn mathematics(formula: &Formula) -> Math {
    match formula {
        Formula::Number(number) => Math::Number(*number),
        Formula::Variable(name) => Math::symbol(name),
        Formula::Apply(row, _) if row.name == MUL.name => product(formula),
        Formula::Apply(row, operands) => applied(row, operands.iter().map(mathematics).collect()),
    }
}

/// A product with its sign in front and a factor that stands twice as a square.
fn product(formula: &Formula) -> Math {
    let mut is_negative = false;
    let mut factors = Vec::new();
    collect(formula, &mut is_negative, &mut factors);
    let mut shown: Vec<Math> = Vec::new();
    for factor in factors {
        match shown.last_mut() {
            Some(last) if *last == factor => *last = factor.squared(),
            _ => shown.push(factor),
        }
    }
    let product = Math::product(Times::Number, shown);
    if is_negative { Math::Negative(Box::new(product)) } else { product }
}

/// The factors of a chain of products, without their signs.
fn collect(formula: &Formula, is_negative: &mut bool, factors: &mut Vec<Math>) {
    match formula {
        Formula::Apply(row, operands) if row.name == MUL.name => {
            for operand in operands {
                collect(operand, is_negative, factors);
            }
        }
        Formula::Apply(row, operands) if row.name == NEG.name => {
            *is_negative = !*is_negative;
            for operand in operands {
                collect(operand, is_negative, factors);
            }
        }
        Formula::Number(number) if *number < 0.0 => {
            *is_negative = !*is_negative;
            factors.push(Math::Number(-number));
        }
        other => factors.push(mathematics(other)),
    }
}
