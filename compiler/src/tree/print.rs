//! The tree as one line of text, for tests and for reading.

use std::fmt;

use super::{AxisPlace, Block, CallArgument, Expr, ExprKind, Loop, Statement};

impl fmt::Display for Block {
    /// `(let (name value) ... value)`, or the value alone.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.statements.is_empty() {
            return self.value.fmt(formatter);
        }
        write!(formatter, "(let ")?;
        self.statements.iter().try_for_each(|statement| write!(formatter, "{statement} "))?;
        write!(formatter, "{})", self.value)
    }
}

impl fmt::Display for Statement {
    /// `(name value)`, `(= name value)`, or the loop.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Statement::Let(binding) => {
                write!(formatter, "({} {})", binding.name.text, binding.value)
            }
            Statement::Assign(binding) => {
                write!(formatter, "(= {} {})", binding.name.text, binding.value)
            }
            Statement::For(inner) => inner.fmt(formatter),
        }
    }
}

impl fmt::Display for Loop {
    /// `(for t 0 T statement ... value)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let order = if self.reversed { "for-reversed" } else { "for" };
        write!(formatter, "({order} {} {} {}", self.counter.text, self.first, self.end)?;
        if let Some((every, _)) = self.checkpoint {
            write!(formatter, " checkpoint={every}")?;
        }
        self.statements.iter().try_for_each(|statement| write!(formatter, " {statement}"))?;
        self.value.iter().try_for_each(|value| write!(formatter, " {value}"))?;
        write!(formatter, ")")
    }
}

impl fmt::Display for AxisPlace {
    /// `i`, `1..4`, `..`, `0..9/2`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AxisPlace::At(place) => place.fmt(formatter),
            AxisPlace::Range { first, end, step, .. } => {
                first.iter().try_for_each(|first| first.fmt(formatter))?;
                write!(formatter, "..")?;
                end.iter().try_for_each(|end| end.fmt(formatter))?;
                step.iter().try_for_each(|step| write!(formatter, "/{step}"))
            }
        }
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
            ExprKind::For(inner) => inner.fmt(formatter),
            ExprKind::Index { array, places } => {
                write!(formatter, "(at {array}")?;
                places.iter().try_for_each(|place| write!(formatter, " {place}"))?;
                write!(formatter, ")")
            }
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
