//! How messages call a sub-expression.

use crate::tree::{AxisPlace, CallArgument, Expr, ExprKind};

/// Longer descriptions are cut: the excerpt shows the whole.
const LONGEST: usize = 48;

/// The expression in one line of mathematics.
pub fn describe(expression: &Expr) -> String {
    shortened(write(expression, 0))
}

/// A call as written.
pub fn call(function: &str, arguments: &[CallArgument]) -> String {
    let arguments: Vec<String> = arguments
        .iter()
        .map(|CallArgument { label, value }| match label {
            Some(label) => format!("{} = {}", label.text, write(value, 0)),
            None => write(value, 0),
        })
        .collect();
    shortened(format!("{function}({})", arguments.join(", ")))
}

fn shortened(text: String) -> String {
    if text.chars().count() <= LONGEST {
        return text;
    }
    let mut short: String = text.chars().take(LONGEST - 1).collect();
    short.push('…');
    short
}

fn place(place: &AxisPlace) -> String {
    match place {
        AxisPlace::At(at) => write(at, 0),
        AxisPlace::Range { first, end, step, .. } => {
            range([first.as_ref(), end.as_ref(), step.as_ref()])
        }
    }
}

/// A range of places, from its first, its end and its step.
pub(super) fn range([first, end, step]: [Option<&Expr>; 3]) -> String {
    let bound = |bound: Option<&Expr>| bound.map_or(String::new(), |at| write(at, 1));
    let range = format!("{}..{}", bound(first), bound(end));
    match step {
        Some(step) => format!("({range}).step_by({})", write(step, 0)),
        None => range,
    }
}

fn compared(left: &Expr, sign: &str, right: &Expr) -> String {
    format!("{} {sign} {}", write(left, 1), write(right, 1))
}

/// Writes with parentheses where the surrounding sign binds tighter than `strength`.
fn write(expression: &Expr, strength: u8) -> String {
    match &expression.kind {
        ExprKind::Number(number) => format!("{number}"),
        ExprKind::Integer(number) => format!("{number}"),
        ExprKind::Name(name) => name.clone(),
        ExprKind::Text(text) => format!("{text:?}"),
        ExprKind::Block(_) => "{ .. }".into(),
        ExprKind::For(inner) => format!("for {} in .. {{ .. }}", inner.counter.text),
        ExprKind::Index { array, places } => {
            let places: Vec<String> = places.iter().map(place).collect();
            match places.as_slice() {
                [one] => format!("{}[{one}]", write(array, 5)),
                several => format!("{}[({})]", write(array, 5), several.join(", ")),
            }
        }
        ExprKind::List(items) => {
            let items: Vec<String> = items.iter().map(|item| write(item, 0)).collect();
            format!("[{}]", items.join(", "))
        }
        ExprKind::Call { function, arguments } => {
            let operands: Vec<&Expr> = arguments.iter().map(|argument| &argument.value).collect();
            let (text, own) = match (function.text.as_str(), operands.as_slice()) {
                ("add", [a, b]) => (format!("{} + {}", write(a, 1), write(b, 1)), 1),
                ("sub", [a, b]) => (format!("{} - {}", write(a, 1), write(b, 2)), 1),
                ("mul", [a, b]) => (format!("{}*{}", write(a, 2), write(b, 3)), 2),
                ("div", [a, b]) => (format!("{}/{}", write(a, 2), write(b, 3)), 2),
                ("dot" | "matmul", [a, b]) => (format!("{}·{}", write(a, 2), write(b, 3)), 2),
                ("less", [a, b]) => (compared(a, "<", b), 0),
                ("at_most", [a, b]) => (compared(a, "<=", b), 0),
                ("equal", [a, b]) => (compared(a, "==", b), 0),
                ("not_equal", [a, b]) => (compared(a, "!=", b), 0),
                ("and", [a, b]) => (format!("{} && {}", write(a, 1), write(b, 1)), 0),
                ("or", [a, b]) => (format!("{} || {}", write(a, 1), write(b, 1)), 0),
                ("not", [a]) => (format!("!{}", write(a, 3)), 3),
                ("neg", [a]) => (format!("-{}", write(a, 3)), 3),
                ("transpose", [a]) => (format!("{}ᵀ", write(a, 4)), 4),
                (name, operands) => {
                    let operands: Vec<String> =
                        operands.iter().map(|operand| write(operand, 0)).collect();
                    (format!("{name}({})", operands.join(", ")), 5)
                }
            };
            if own < strength { format!("({text})") } else { text }
        }
    }
}
