//! Random expressions of a wanted shape.

use chainrule_compiler::functions::scalar::{Derivative, Notation, Scalar, scalars};

use super::generate::{Extent, Shape, written};
use super::random::Random;

/// As many axes as a value may have.
const MOST_AXES: usize = 3;

/// Functions that grow so fast that their operand is kept in their interval.
const STEEP: &[&str] = &["exp", "exp2", "exp_m1", "sinh", "cosh", "powi", "square"];

/// Writes expressions, and the arguments they need.
pub struct Writer {
    pub random: Random,
    pool: Shape,
    /// Operations that may still be written.
    left: usize,
    arguments: Vec<String>,
    /// The arguments that are numbers.
    global: Vec<(String, Shape)>,
    /// Bindings in scope; a later one shadows an earlier one and an argument.
    names: Vec<(String, Shape)>,
    bindings: usize,
    has_input: bool,
}

impl Writer {
    /// A writer of about `size` operations over extents of the pool.
    pub fn new(random: Random, pool: Shape, size: usize) -> Writer {
        Writer {
            random,
            pool,
            left: size,
            arguments: Vec::new(),
            global: Vec::new(),
            names: Vec::new(),
            bindings: 0,
            has_input: false,
        }
    }

    /// The arguments written so far, and what every model must have.
    pub fn arguments(&mut self) -> Vec<String> {
        if !self.has_input {
            self.arguments.push("unused_input: Input".into());
        }
        self.arguments.push("bias: Param".into());
        self.arguments.clone()
    }

    /// A random shape.
    pub fn shape(&mut self, rank: usize) -> Shape {
        (0..rank).map(|_| self.extent()).collect()
    }

    pub fn extent(&mut self) -> Extent {
        self.random.choice(&self.pool).clone()
    }

    /// Up to `most` bindings and a value, without the braces.
    pub fn block(&mut self, shape: &[Extent], most: usize) -> String {
        let mut text = String::new();
        let outside = self.names.len();
        let count = self.random.below(most + 1);
        let share = self.left / (count + 1);
        let mut left = self.left;
        for _ in 0..count {
            let rank = self.random.below(MOST_AXES + 1);
            let bound = self.shape(rank);
            self.left = share;
            let value = self.value(&bound);
            left -= share - self.left;
            let name = self.binding_name();
            text.extend(["let ", &name, " = ", &value, "; "]);
            self.names.push((name, bound));
        }
        self.left = left;
        text += &self.value(shape);
        for place in outside..self.names.len() {
            let (name, shape) = self.names[place].clone();
            let is_visible = self.names[place + 1..].iter().all(|(later, _)| *later != name);
            if is_visible && self.random.percent(70) {
                text.extend([" + ", &self.number_of(&name, shape.is_empty())]);
            }
        }
        self.names.truncate(outside);
        text
    }

    /// A number made of a named value.
    fn number_of(&mut self, name: &str, is_number: bool) -> String {
        let functions: &[&str] = if is_number {
            &["tanh", "softplus", "atan", "sigmoid"]
        } else {
            &["sum", "mean", "norm", "logsumexp", "max", "var"]
        };
        format!("0.5*{}({name})", self.random.choice(functions))
    }

    /// A new name, or one to be shadowed.
    fn binding_name(&mut self) -> String {
        let known: Vec<&(String, Shape)> = self.global.iter().chain(&self.names).collect();
        if !known.is_empty() && self.random.percent(25) {
            return self.random.choice(&known).0.clone();
        }
        self.bindings += 1;
        format!("v{}", self.bindings)
    }

    /// An expression of this shape.
    pub fn value(&mut self, shape: &[Extent]) -> String {
        if self.left == 0 {
            return self.leaf(shape);
        }
        self.left -= 1;
        let choice = self.random.below(100);
        match choice {
            0..8 => self.leaf(shape),
            8..22 => self.elementwise(shape),
            22..26 if shape.len() < MOST_AXES => match self.placed(shape) {
                Some(placed) => placed,
                None => self.arithmetic(shape),
            },
            26..31 => self.choice(shape),
            46..58 => self.reduction(shape),
            58..64 if !shape.is_empty() => self.normalization(shape),
            64..74 => self.dot(shape),
            74..82 => self.einsum(shape),
            82..86 => self.transposition(shape),
            86..89 if shape.len() <= MOST_AXES => self.outer(shape),
            89..91 if shape.is_empty() => self.trace(),
            91..93 if shape.is_empty() => self.loss(),
            93..97 => self.naive(shape),
            97..100 => {
                let block = self.block(shape, 2);
                format!("({{ {block} }})")
            }
            _ => self.arithmetic(shape),
        }
    }

    /// A name of this shape, a new argument, or a number.
    fn leaf(&mut self, shape: &[Extent]) -> String {
        if shape.is_empty() && self.random.percent(25) {
            return self.number();
        }
        let known: Vec<&(String, Shape)> = self.global.iter().chain(&self.names).collect();
        let is_shadowed =
            |place: usize| known[place + 1..].iter().any(|(name, _)| *name == known[place].0);
        let fitting: Vec<String> = (0..known.len())
            .filter(|&place| known[place].1 == shape && !is_shadowed(place))
            .map(|place| known[place].0.clone())
            .collect();
        if !fitting.is_empty() && (self.random.percent(75) || self.arguments.len() > 8) {
            return self.random.choice(&fitting).clone();
        }
        let named: Vec<String> = (0..known.len())
            .filter(|&place| !known[place].1.is_empty() && !is_shadowed(place))
            .map(|place| known[place].0.clone())
            .collect();
        if shape.is_empty() && !named.is_empty() && self.random.percent(50) {
            let name = self.random.choice(&named).clone();
            return self.number_of(&name, false);
        }
        self.argument(shape)
    }

    fn argument(&mut self, shape: &[Extent]) -> String {
        let name = format!("a{}", self.arguments.len());
        let kind = ["Param", "Param", "Input", "Input", "Data"][self.random.below(5)];
        self.has_input |= kind == "Input";
        let allow = if kind == "Param" { "#[allow(unused)] " } else { "" };
        self.arguments.push(format!("{allow}{name}: {}", written(kind, shape)));
        self.global.push((name.clone(), shape.to_vec()));
        name
    }

    /// A new class below a bound.
    pub fn class_argument(&mut self, bound: &Extent) -> String {
        let name = format!("a{}", self.arguments.len());
        self.has_input = true;
        self.arguments.push(format!("#[allow(unused)] {name}: Index<{}>", bound.text));
        name
    }

    fn number(&mut self) -> String {
        let number = (self.random.uniform(0.1, 2.0) * 100.0).round() / 100.0;
        match self.random.below(4) {
            0 => format!("(-{number:?})"),
            1 => "1.0".into(),
            _ => format!("{number:?}"),
        }
    }

    /// `function(operands)` of the table, in function or method form.
    fn elementwise(&mut self, shape: &[Extent]) -> String {
        let rows: Vec<&'static Scalar> = scalars()
            .filter(|row| row.public && row.name != "stop")
            .filter(|row| !matches!(row.notation, Notation::Infix(..) | Notation::Indicator(_)))
            .collect();
        let row = *self.random.choice(&rows);
        let reals = row.operands.iter().filter(|one| one.derivative != Derivative::Integer);
        let full = self.random.below(reals.count());
        let mut operands = Vec::new();
        for (place, operand) in row.operands.iter().enumerate() {
            let (low, high) = operand.samples;
            if operand.derivative == Derivative::Integer {
                operands.push((low as i64 + self.random.below(6) as i64).to_string());
                continue;
            }
            let inner = if place == full { shape.to_vec() } else { self.broadcast(shape) };
            if operand.derivative == Derivative::Condition {
                operands.push(self.condition(&inner));
                continue;
            }
            let inner = self.value(&inner);
            let is_tame = low == -high && low <= -3.0 && !STEEP.contains(&row.name);
            operands.push(if is_tame && self.random.percent(70) {
                inner
            } else {
                self.bounded(&inner, low, high)
            });
        }
        let written: Vec<&str> = row
            .names()
            .filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
            .collect();
        let name = *self.random.choice(&written);
        let name = if name == "neg" { "-" } else { name };
        if name == "-" {
            return format!("(-{})", operands[0]);
        }
        let (first, rest) = (&operands[0], &operands[1..]);
        if self.random.percent(50) {
            format!("({first}).{name}({})", rest.join(", "))
        } else {
            format!("{name}({})", operands.join(", "))
        }
    }

    /// A choice by a condition; one of the branches may broadcast to the other.
    fn choice(&mut self, shape: &[Extent]) -> String {
        let narrow = self.broadcast(shape);
        let condition = self.broadcast(shape);
        let condition = self.condition(&condition);
        let (full, other) = (self.block(shape, 1), self.block(&narrow, 1));
        if self.random.percent(20) {
            let (inner, last) = (self.condition(&narrow), self.leaf(&narrow));
            return format!(
                "(if {condition} {{ {full} }} else if {inner} {{ {other} }} else {{ {last} }})"
            );
        }
        let (first, second) = if self.random.percent(50) { (full, other) } else { (other, full) };
        format!("(if {condition} {{ {first} }} else {{ {second} }})")
    }

    /// A condition of this shape.
    fn condition(&mut self, shape: &[Extent]) -> String {
        let narrow = self.broadcast(shape);
        if self.left > 1 && self.random.percent(30) {
            self.left -= 1;
            let sign = *self.random.choice(&["&&", "||"]);
            return format!("({} {sign} !{})", self.condition(shape), self.condition(&narrow));
        }
        let sign = *self.random.choice(&["<", "<=", ">", ">=", "!=", "=="]);
        format!("({} {sign} {})", self.value(shape), self.value(&narrow))
    }

    /// The expression brought into an interval, smoothly.
    fn bounded(&mut self, inner: &str, low: f64, high: f64) -> String {
        let (middle, half) = (0.5 * (low + high), 0.49 * (high - low));
        let squash = ["tanh", "sin", "softsign", "erf"][self.random.below(4)];
        format!("({middle:?} + {half:?}*{squash}({inner}))")
    }

    /// A shape that broadcasts to this one.
    fn broadcast(&mut self, shape: &[Extent]) -> Shape {
        if self.random.percent(50) {
            return shape.to_vec();
        }
        let first = self.random.below(shape.len() + 1);
        let one = Extent { text: "1".into(), value: 1 };
        shape[first..]
            .iter()
            .map(|extent| if self.random.percent(25) { one.clone() } else { extent.clone() })
            .collect()
    }

    /// Sums, differences, products and quotients with broadcasting.
    fn arithmetic(&mut self, shape: &[Extent]) -> String {
        let narrow = self.broadcast(shape);
        let (mut a, mut b) = (self.value(shape), self.value(&narrow));
        if self.random.percent(40) {
            std::mem::swap(&mut a, &mut b);
        }
        match self.random.below(9) {
            0..3 => format!("({a} + {b})"),
            3..5 => format!("({a} - {b})"),
            5..7 => format!("{a} * {b}"),
            7 => {
                let divisor = self.bounded(&b, 0.5, 3.0);
                format!("({a} / {divisor})")
            }
            _ => format!("(2 * {a} - {b})"),
        }
    }

    /// A reduction over some axes of a larger value.
    fn reduction(&mut self, shape: &[Extent]) -> String {
        if shape.len() == MOST_AXES {
            return self.arithmetic(shape);
        }
        let name = *self.random.choice(&[
            "sum",
            "sum",
            "mean",
            "var",
            "std",
            "norm",
            "max",
            "min",
            "logsumexp",
        ]);
        let mut larger = shape.to_vec();
        let mut axes: Vec<usize> = Vec::new();
        for _ in 0..=self.random.below(MOST_AXES - shape.len()) {
            let axis = self.random.below(larger.len() + 1);
            larger.insert(axis, self.extent());
            axes.iter_mut().filter(|known| **known >= axis).for_each(|known| *known += 1);
            axes.push(axis);
        }
        let inner = self.value(&larger);
        if axes.len() == larger.len() && self.random.percent(60) {
            return if self.random.percent(50) {
                format!("({inner}).{name}()")
            } else {
                format!("{name}({inner})")
            };
        }
        let axes: Vec<String> = axes
            .iter()
            .map(|&axis| {
                let signed = axis as i64;
                let signed =
                    if self.random.percent(30) { signed - larger.len() as i64 } else { signed };
                signed.to_string()
            })
            .collect();
        match (axes.as_slice(), self.random.below(3)) {
            ([axis], 0) => format!("{name}({inner}, axis = {axis})"),
            (_, 1) => format!("({inner}).{name}([{}])", axes.join(", ")),
            _ => format!("{name}({inner}, [{}])", axes.join(", ")),
        }
    }

    /// Functions over an axis that keep the shape, and cosine similarity.
    fn normalization(&mut self, shape: &[Extent]) -> String {
        let axis = self.random.below(shape.len());
        match self.random.below(5) {
            0 if shape.len() < MOST_AXES => {
                let mut larger = shape.to_vec();
                larger.insert(axis, self.extent());
                let (a, b) = (self.value(&larger), self.value(&larger));
                format!("cosine_similarity({a}, {b}, [{axis}])")
            }
            0 | 1 => {
                let inner = self.value(shape);
                format!("log_softmax({inner}, [{axis}])")
            }
            2 => {
                let inner = self.value(shape);
                format!("softmax({inner})")
            }
            3 => {
                let inner = self.value(shape);
                format!("({inner}).softmax([{axis}])")
            }
            _ => {
                let inner = self.value(shape);
                format!("({{ let whole = {inner}; whole - sum(whole, [{axis}], keep = 1) }})")
            }
        }
    }

    /// `a·b`, and `matmul` where both are matrices.
    fn dot(&mut self, shape: &[Extent]) -> String {
        let inner = self.extent();
        if shape.len() == MOST_AXES {
            let last = shape.len() - 1;
            let left = [&shape[..last], std::slice::from_ref(&inner)].concat();
            let mut right = [&shape[..last - 1], &[inner], &shape[last..]].concat();
            if self.random.percent(30) {
                right.remove(0);
            }
            let (a, b) = (self.value(&left), self.value(&right));
            return format!("matmul({a}, {b})");
        }
        let cut = self.random.below(shape.len() + 1);
        let left = [&shape[..cut], std::slice::from_ref(&inner)].concat();
        let right = [&[inner], &shape[cut..]].concat();
        let (a, b) = (self.value(&left), self.value(&right));
        if shape.len() == 2 && cut == 1 && self.random.percent(40) {
            return format!("matmul({a}, {b})");
        }
        if self.random.percent(70) { format!("({a}).dot({b})") } else { format!("dot({a}, {b})") }
    }

    /// Up to three operands over up to four letters.
    fn einsum(&mut self, shape: &[Extent]) -> String {
        const LETTERS: [char; 5] = ['i', 'j', 'k', 'l', 'm'];
        let mut extents = shape.to_vec();
        for _ in 0..self.random.below(5 - shape.len().min(4)).min(2) {
            extents.push(self.extent());
        }
        let count = 1 + self.random.below(3);
        let mut operands: Vec<Vec<usize>> = vec![Vec::new(); count];
        for letter in 0..extents.len() {
            let owner = self.random.below(count);
            for (place, operand) in operands.iter_mut().enumerate() {
                let chosen = place == owner || self.random.percent(35);
                if chosen && operand.len() < MOST_AXES {
                    let at = self.random.below(operand.len() + 1);
                    operand.insert(at, letter);
                }
            }
        }
        for operand in &mut operands {
            if !operand.is_empty() && operand.len() < MOST_AXES && self.random.percent(12) {
                let again = *self.random.choice(operand);
                operand.push(again);
            }
        }
        let covered = |letter| operands.iter().any(|operand| operand.contains(&letter));
        if !(0..shape.len()).all(covered) {
            return self.arithmetic(shape);
        }
        let text = |letters: &[usize]| -> String { letters.iter().map(|&k| LETTERS[k]).collect() };
        let inputs: Vec<String> = operands.iter().map(|operand| text(operand)).collect();
        let result = text(&(0..shape.len()).collect::<Vec<_>>());
        let mut values = Vec::new();
        for operand in &operands {
            let wanted: Shape = operand.iter().map(|&letter| extents[letter].clone()).collect();
            values.push(self.value(&wanted));
        }
        format!("einsum(\"{}->{result}\", {})", inputs.join(","), values.join(", "))
    }

    fn transposition(&mut self, shape: &[Extent]) -> String {
        let reversed: Shape = shape.iter().rev().cloned().collect();
        let inner = self.value(&reversed);
        format!("({inner}).transpose()")
    }

    fn outer(&mut self, shape: &[Extent]) -> String {
        let cut = self.random.below(shape.len() + 1);
        let (a, b) = (self.value(&shape[..cut]), self.value(&shape[cut..]));
        format!("outer({a}, {b})")
    }

    fn trace(&mut self) -> String {
        let extent = self.extent();
        let inner = self.value(&[extent.clone(), extent]);
        format!("trace({inner})")
    }

    /// A loss as a function inside a body.
    fn loss(&mut self) -> String {
        if self.random.percent(40) {
            let classes = self.extent();
            let logits = self.value(std::slice::from_ref(&classes));
            let name = format!("a{}", self.arguments.len());
            self.arguments.push(format!("{name}: Index<{}>", classes.text));
            self.has_input = true;
            return format!("cross_entropy({logits}, {name})");
        }
        let rank = self.random.below(MOST_AXES);
        let shape = self.shape(rank);
        let (a, b) = (self.value(&shape), self.value(&shape));
        let name = *self.random.choice(&[
            "squared_error",
            "huber",
            "absolute_error",
            "log_cosh",
            "quantile",
            "binary_cross_entropy",
            "mean_squared_error",
        ]);
        match name {
            "huber" => format!("huber({a}, {b}, delta = 0.4)"),
            "quantile" => format!("quantile({a}, {b}, 0.8)"),
            _ => format!("{name}({a}, {b})"),
        }
    }

    /// A random value of the shape of `inner`.
    fn drawn(&mut self, inner: &str) -> String {
        match self.random.below(4) {
            0 => format!("({inner} + 0.3*normal_like({inner}))"),
            1 => format!("uniform_like({inner})"),
            2 => format!("bernoulli_like({inner}, 0.4)*({inner})"),
            _ => format!("({inner}).dropout(0.25)"),
        }
    }

    /// A form that the stabilizing rewrites recognize, or a random value.
    fn naive(&mut self, shape: &[Extent]) -> String {
        let inner = self.value(shape);
        match self.random.below(9) {
            0 => format!("ln(1 + exp({inner}))"),
            1 => format!("(1 - sigmoid({inner}))"),
            2 => format!("(1.0 / (1.0 + exp(-({inner}))))"),
            3 if !shape.is_empty() => format!("ln(softmax({inner}))"),
            4 if shape.len() < MOST_AXES => {
                let axis = self.random.below(shape.len() + 1);
                let mut larger = shape.to_vec();
                larger.insert(axis, self.extent());
                let larger = self.value(&larger);
                format!("ln(sum(exp({larger}), [{axis}]))")
            }
            5 => format!("(1 - cos({inner}))"),
            6 => format!("ln(sigmoid({inner}))"),
            7 => self.drawn(&inner),
            _ => format!("(exp({inner}) - 1)"),
        }
    }
}
