//! Arrays with other axes: reshaped, permuted, repeated, seen through windows.

use super::call::Call;
use super::describe::describe;
use super::indexing::{Outside, Places};
use super::integer::Affine;
use super::shaping::Array;
use super::{Lowering, Value, undecidable};
use crate::construct;
use crate::diagnostic::meaning;
use crate::ir::{Dim, Equation, FIXED, Label, NodeId, Polynomial, Position};

/// Axes of the array and axes of the result that hold the same elements.
struct Group {
    from: std::ops::Range<usize>,
    to: std::ops::Range<usize>,
}

impl Lowering<'_> {
    /// The extent of an axis.
    pub(super) fn extent_of(&mut self, call: &Call, array: &Array) -> Option<Value> {
        let axis = self.one_axis(call, &array.shape, 0)?;
        let extent = Polynomial::from(&array.shape[axis]);
        Some(Value::Integer(Affine::constant(extent)))
    }

    /// The elements with other extents.
    pub(super) fn reshape(&mut self, call: &Call, array: &Array) -> Option<NodeId> {
        let wanted = self.extents(call)?;
        let count = |dims: &[Dim]| Polynomial::product(dims);
        if count(&array.shape) != count(&wanted) {
            let [from, to] = [&array.shape, &wanted].map(|dims| Dim::from_polynomial(&count(dims)));
            let diagnostic = match (from, to) {
                (Some(from), Some(to)) if undecidable(&from, &to) => {
                    meaning::undecidable_extents(call.at, &from, &to)
                }
                _ => meaning::does_not_fit(call.at, &describe(array.source), &array.shape, &wanted),
            };
            self.report(diagnostic);
            return None;
        }
        Some(self.reshaped(array, &wanted))
    }

    /// The elements as a vector.
    pub(super) fn flatten(&mut self, array: &Array) -> Option<NodeId> {
        let count = Dim::from_polynomial(&Polynomial::product(&array.shape))?;
        Some(self.reshaped(array, &[count]))
    }

    fn reshaped(&mut self, array: &Array, wanted: &[Dim]) -> NodeId {
        let groups = groups(&array.shape, wanted);
        let merged: Vec<Dim> =
            groups.iter().map(|group| product(&array.shape[group.from.clone()])).collect();
        let flat = self.merged(array, &groups, &merged);
        let mut places = Places::default();
        for group in &groups {
            let mut position = Position::default();
            for axis in group.to.clone() {
                let stride = Polynomial::product(&wanted[axis + 1..group.to.end]);
                let label = places.axis(wanted[axis].clone());
                position = position.plus(&Position::label(label).times(&stride));
            }
            places.positions.push(position);
        }
        self.gather(flat, &places, Outside::Never)
    }

    /// Each group's axes as one.
    fn merged(&mut self, array: &Array, groups: &[Group], merged: &[Dim]) -> NodeId {
        let rank = merged.len() as Label;
        let mut scope = [merged, &array.shape].concat();
        let batch = scope.len() as Label;
        scope.push(Dim::Batch);
        let inner: Vec<Label> = (rank..batch).collect();
        let mut equations = Vec::new();
        for (label, group) in groups.iter().enumerate() {
            let mut position = Position::default();
            for axis in group.from.clone() {
                let stride = Polynomial::product(&array.shape[axis + 1..group.from.end]);
                position = position.plus(&Position::label(inner[axis]).times(&stride));
            }
            equations.push(Equation { label: label as Label, position, inside: true });
        }
        let access = self.read(array.node, &inner, batch);
        let part = construct::index(&mut self.graph, &access, &[], &equations, &inner, &scope);
        self.in_axes_of_places(&part, rank, batch, &scope)
    }

    /// The axes in another order.
    pub(super) fn permute(&mut self, call: &Call, array: &Array) -> Option<NodeId> {
        let Some(list) = call.axes else {
            self.report(meaning::no_extents(call.at, &call.name.text));
            return None;
        };
        let order = self.axes(list, &array.shape, &call.name.text)?;
        if order.len() != array.shape.len() {
            self.report(meaning::not_all_axes(list.at, &array.shape, order.len()));
            return None;
        }
        let labels: Vec<Label> = (0..array.shape.len() as Label).collect();
        let result: Vec<Label> = order.iter().map(|&axis| axis as Label).collect();
        let scope = [array.shape.clone(), vec![Dim::Batch]].concat();
        Some(self.contraction([(array.node, labels)], &result, &scope))
    }

    /// The array with these extents.
    pub(super) fn broadcast_to(&mut self, call: &Call, array: &Array) -> Option<NodeId> {
        let wanted = self.extents(call)?;
        let Some(new) = wanted.len().checked_sub(array.shape.len()) else {
            self.report(meaning::does_not_fit(
                call.at,
                &describe(array.source),
                &array.shape,
                &wanted,
            ));
            return None;
        };
        let mut labels = Vec::new();
        for (axis, dim) in array.shape.iter().enumerate() {
            let there = &wanted[new + axis];
            if dim == there {
                labels.push((new + axis) as Label);
            } else if dim.is_one() {
                labels.push(FIXED);
            } else {
                let diagnostic = if undecidable(dim, there) {
                    meaning::undecidable_extents(call.at, dim, there)
                } else {
                    meaning::does_not_fit(call.at, &describe(array.source), &array.shape, &wanted)
                };
                self.report(diagnostic);
                return None;
            }
        }
        Some(self.copied(array.node, &labels, wanted))
    }

    /// The array so many times along a new axis.
    pub(super) fn repeat(&mut self, call: &Call, array: &Array) -> Option<NodeId> {
        let count = self.extent_argument(call.operands[1])?;
        let mut shape = array.shape.clone();
        shape.push(Dim::Fixed(1));
        let axis = self.one_axis(call, &shape, 0)?;
        let labels: Vec<Label> =
            (0..shape.len() as Label).filter(|&label| label as usize != axis).collect();
        let mut wanted = array.shape.clone();
        wanted.insert(axis, count);
        Some(self.copied(array.node, &labels, wanted))
    }

    /// The node copied along the axes of `wanted` that its labels leave out.
    pub(super) fn copied(&mut self, node: NodeId, labels: &[Label], wanted: Vec<Dim>) -> NodeId {
        let rank = wanted.len() as Label;
        let scope = [wanted, vec![Dim::Batch]].concat();
        let access = self.read(node, labels, rank);
        self.in_axes_of_places(&access, rank, rank, &scope)
    }

    /// What a window sees at each of its places.
    pub(super) fn windows(&mut self, call: &Call, array: &Array) -> Option<NodeId> {
        let axis = self.one_axis(call, &array.shape, 0)?;
        let size = self.extent_argument(call.operands[1])?;
        let stride = self.spacing(call, "stride")?;
        let dilation = self.spacing(call, "dilation")?;
        let last = Polynomial::from(&size).plus(&Polynomial::constant(-1));
        let reach = last.scaled(dilation as i64).plus(&Polynomial::constant(1));
        let room = Polynomial::from(&array.shape[axis]).plus(&reach.scaled(-1));
        let count = room.quotient(stride).plus(&Polynomial::constant(1));
        let count = self.extent_of_part(&count, call.at, &describe_call(call))?;
        let mut places = Places::default();
        for (other, dim) in array.shape.iter().enumerate() {
            if other != axis {
                places.whole(dim);
                continue;
            }
            let step = Position::label(places.axis(count.clone()));
            let inner = Position::label(places.axis(size.clone()));
            let factor = |number: u64| Polynomial::constant(number as i64);
            let place = step.times(&factor(stride)).plus(&inner.times(&factor(dilation)));
            places.positions.push(place);
        }
        Some(self.gather(array.node, &places, Outside::Never))
    }

    /// A distance: a literal from 1 up.
    fn spacing(&mut self, call: &Call, name: &str) -> Option<u64> {
        let affine = self.named_integer(call, name, 1)?;
        let number = affine.as_polynomial().and_then(Polynomial::as_constant);
        let number = number.and_then(|number| u64::try_from(number).ok()).filter(|&one| one > 0);
        if number.is_none() {
            let given = call.named.iter().find(|(label, _)| label.text == name);
            let (at, found) =
                given.map_or((call.at, String::new()), |(_, source)| (source.at, describe(source)));
            self.report(meaning::not_a_literal(
                at,
                &call.name.text,
                name,
                "a number from 1 up",
                &found,
            ));
        }
        number
    }
}

/// A call as messages name it.
fn describe_call(call: &Call) -> String {
    let operands: Vec<String> = call.operands.iter().map(|operand| describe(operand)).collect();
    format!("{}({})", call.name.text, operands.join(", "))
}

fn product(dims: &[Dim]) -> Dim {
    Dim::from_polynomial(&Polynomial::product(dims)).unwrap_or(Dim::Fixed(1))
}

/// The finest groups of axes with equal numbers of elements; the whole products are equal.
fn groups(from: &[Dim], to: &[Dim]) -> Vec<Group> {
    let mut groups = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < from.len() || j < to.len() {
        let ends = (i..=from.len()).flat_map(|a| (j..=to.len()).map(move |b| (a, b)));
        let mut ends: Vec<(usize, usize)> = ends.filter(|&(a, b)| a > i || b > j).collect();
        ends.sort_by_key(|&(a, b)| (a + b, a));
        let is_equal = |&(a, b): &(usize, usize)| {
            Polynomial::product(&from[i..a]) == Polynomial::product(&to[j..b])
        };
        let (a, b) = ends.into_iter().find(is_equal).unwrap_or((from.len(), to.len()));
        groups.push(Group { from: i..a, to: j..b });
        (i, j) = (a, b);
    }
    groups
}
