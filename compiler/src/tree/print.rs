//! The tree as one line of text, for tests and for reading.

use std::fmt;

use super::{Block, CallArgument, Expr, ExprKind};

impl fmt::Display for Block {
    /// `(let (name value) ... value)`, or the value alone.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.bindings.is_empty() {
            return self.value.fmt(formatter);
        }
        write!(formatter, "(let ")?;
        for binding in &self.bindings {
            write!(formatter, "({} {}) ", binding.name.text, binding.value)?;
        }
        write!(formatter, "{})", self.value)
    }
}

impl fmt::Display for Expr {
    /// `(add (dot x W1) b1)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Number(number) => write!(formatter, "{number:?}"),
            ExprKind::Integer(integer) => write!(formatter, "{integer}"),
            ExprKind::Name(name) => write!(formatter, "{name}"),
            ExprKind::Text(text) => write!(formatter, "{text:?}"),
            ExprKind::Block(block) => block.fmt(formatter),
            ExprKind::Call { function, arguments } => {
                write!(formatter, "({}", function.text)?;
                arguments.iter().try_for_each(|argument| write!(formatter, " {argument}"))?;
                write!(formatter, ")")
            }
            ExprKind::List(elements) => {
                let elements: Vec<String> = elements.iter().map(Expr::to_string).collect();
                write!(formatter, "[{}]", elements.join(" "))
            }
        }
    }
}

impl fmt::Display for CallArgument {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.label {
            Some(label) => write!(formatter, "{}={}", label.text, self.value),
            None => self.value.fmt(formatter),
        }
    }
}
