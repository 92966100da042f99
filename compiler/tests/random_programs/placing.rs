//! Random expressions that read arrays at places, and put them together.

use super::expression::Writer;
use super::generate::{Extent, Shape};

impl Writer {
    /// An expression of this shape made of parts of others; `None` where none fits.
    pub fn placed(&mut self, shape: &[Extent]) -> Option<String> {
        if shape.iter().any(|extent| !is_written_in_bodies(extent)) {
            return None;
        }
        if shape.is_empty() {
            return Some(self.element(shape));
        }
        let axis = self.random.below(shape.len());
        match self.random.below(11) {
            0..2 => Some(self.element(shape)),
            2..4 => Some(self.slice(shape, axis)),
            4 => self.joined(shape, axis),
            5 => {
                let value = self.value(shape);
                Some(format!("reverse({value}, axis = {axis})"))
            }
            6 => self.padded(shape, axis),
            7 => self.reshaped(shape),
            8 => self.windowed(shape),
            9 => Some(self.at_class(shape)),
            _ => {
                let value = self.value(&without(shape, axis));
                Some(format!("repeat({value}, {}, axis = {axis})", shape[axis].text))
            }
        }
    }

    /// One place of a new axis.
    fn element(&mut self, shape: &[Extent]) -> String {
        let axis = self.random.below(shape.len() + 1);
        let (extent, place) = match self.random.below(3) {
            0 => (number(4), "2".to_owned()),
            1 => (number(3), "0".to_owned()),
            _ => {
                let extent = self.extent();
                let extent = if is_written_in_bodies(&extent) { extent } else { number(2) };
                let place = format!("{} - 1", extent.text);
                (extent, place)
            }
        };
        let mut larger = shape.to_vec();
        larger.insert(axis, extent);
        let value = self.value(&larger);
        format!("({value})[({}{place})]", ".., ".repeat(axis))
    }

    /// A part of an axis that is longer.
    fn slice(&mut self, shape: &[Extent], axis: usize) -> String {
        let step = 1 + self.random.below(2) as u64;
        let (before, after) = (self.random.below(3) as u64, self.random.below(2) as u64);
        let extent = &shape[axis];
        let length = step * extent.value;
        let whole = Extent {
            text: format!("{{ {step} * {} + {} }}", extent.text, before + after),
            value: length + before + after,
        };
        let value = self.value(&with(shape, axis, whole));
        let range = format!("{before}..{step} * {} + {before}", extent.text);
        let range = if step == 1 { range } else { format!("({range}).step_by({step})") };
        format!("({value})[({}{range})]", ".., ".repeat(axis))
    }

    /// Two parts one after the other, or a few side by side.
    fn joined(&mut self, shape: &[Extent], axis: usize) -> Option<String> {
        let whole = literal(&shape[axis])?;
        if whole <= 3 && self.random.percent(50) {
            let parts: Vec<String> =
                (0..whole).map(|_| self.value(&without(shape, axis))).collect();
            return Some(format!("stack({}, axis = {axis})", parts.join(", ")));
        }
        let first =
            1 + self.random.below(whole.checked_sub(1).filter(|&rest| rest > 0)? as usize) as u64;
        let [a, b] =
            [first, whole - first].map(|extent| self.value(&with(shape, axis, number(extent))));
        Some(format!("concat({a}, {b}, axis = {axis})"))
    }

    fn padded(&mut self, shape: &[Extent], axis: usize) -> Option<String> {
        let whole = literal(&shape[axis])?;
        let inner = 1 + self.random.below(whole as usize) as u64;
        let before = self.random.below((whole - inner) as usize + 1) as u64;
        let value = self.value(&with(shape, axis, number(inner)));
        let after = whole - inner - before;
        Some(format!("pad({value}, {before}, {after}, axis = {axis})"))
    }

    /// Two axes from one, or one from two.
    fn reshaped(&mut self, shape: &[Extent]) -> Option<String> {
        let list = |shape: &[Extent]| -> String {
            shape.iter().map(|extent| extent.text.as_str()).collect::<Vec<_>>().join(", ")
        };
        let from: Shape = match shape {
            [a, b, rest @ ..] => {
                let text = format!("{{ {} * {} }}", plain(a), plain(b));
                let merged = Extent { text, value: a.value * b.value };
                std::iter::once(merged).chain(rest.iter().cloned()).collect()
            }
            [one] => match literal(one)? {
                even if even % 2 == 0 => vec![number(2), number(even / 2)],
                odd => vec![number(odd), number(1)],
            },
            [] => return None,
        };
        let value = self.value(&from);
        Some(format!("reshape({value}, [{}])", list(shape)))
    }

    /// Windows of an axis, which has two axes then.
    fn windowed(&mut self, shape: &[Extent]) -> Option<String> {
        if shape.len() < 2 {
            return None;
        }
        let axis = self.random.below(shape.len() - 1);
        let (count, size) = (literal(&shape[axis])?, literal(&shape[axis + 1])?);
        let (stride, dilation) = (1 + self.random.below(2) as u64, 1 + self.random.below(2) as u64);
        let spare = self.random.below(stride as usize) as u64;
        let whole = stride * (count - 1) + dilation * (size - 1) + 1 + spare;
        let mut inner = without(shape, axis + 1);
        inner[axis] = number(whole);
        let value = self.value(&inner);
        Some(format!(
            "windows({value}, {size}, stride = {stride}, dilation = {dilation}, axis = {axis})"
        ))
    }

    /// What a class picks from a new first axis.
    fn at_class(&mut self, shape: &[Extent]) -> String {
        let bound = self.extent();
        let class = self.class_argument(&bound);
        let larger: Shape = std::iter::once(bound).chain(shape.iter().cloned()).collect();
        let value = self.value(&larger);
        format!("({value})[{class}]")
    }
}

/// Constants are dimensions only where the signature says so; the others are so in any case.
fn is_written_in_bodies(extent: &Extent) -> bool {
    !extent.text.contains("WIDTH")
}

fn number(value: u64) -> Extent {
    Extent { text: value.to_string(), value }
}

/// The number an extent is written as.
fn literal(extent: &Extent) -> Option<u64> {
    extent.text.parse().ok()
}

/// The text of an extent inside arithmetic.
fn plain(extent: &Extent) -> String {
    let inner = extent.text.trim_start_matches('{').trim_end_matches('}').trim();
    if inner == extent.text { inner.to_owned() } else { format!("({inner})") }
}

fn with(shape: &[Extent], axis: usize, extent: Extent) -> Shape {
    let mut shape = shape.to_vec();
    shape[axis] = extent;
    shape
}

fn without(shape: &[Extent], axis: usize) -> Shape {
    let mut shape = shape.to_vec();
    shape.remove(axis);
    shape
}
