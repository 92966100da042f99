//! Places of arrays: `w[i]`, `w[1..4]`, `w[(.., j)]`, `table[token]`.

use super::describe::{self, describe};
use super::integer::Affine;
use super::{Lowering, Value};
use crate::construct;
use crate::diagnostic::meaning;
use crate::ir::{Access, Dim, Equation, Label, NodeId, Polynomial, Position};
use crate::tree::{AxisPlace, Expr, Position as Source};

/// Where each axis of an array is read, in terms of the axes of the result.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The extents of the result.
    pub own: Vec<Dim>,
    /// The place along each axis of the array.
    pub positions: Vec<Position>,
    /// Integers positions speak of, with the labels they are read along.
    pub integers: Vec<(NodeId, Vec<Label>)>,
}

/// Whether places may be outside the array, where it is 0.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outside {
    /// They are inside for certain.
    Never,
    /// What is outside is 0.
    Zero,
}

impl Places {
    /// A new axis of the result.
    pub fn axis(&mut self, dim: Dim) -> Label {
        self.own.push(dim);
        self.own.len() as Label - 1
    }

    /// The next axis of the array as a whole.
    pub fn whole(&mut self, dim: &Dim) {
        let label = self.axis(dim.clone());
        self.positions.push(Position::label(label));
    }
}

impl Lowering<'_> {
    /// `array[places]`.
    pub(super) fn index(&mut self, array: &Expr, places: &[AxisPlace], at: Source) -> Value {
        let value = self.expression(array);
        let node = match &value {
            Value::Class(node, _) => Some(*node),
            Value::Integer(affine) => match affine.terms.as_slice() {
                [term]
                    if *affine
                        == Affine::integer(term.node, term.least.clone(), term.most.clone()) =>
                {
                    Some(term.node)
                }
                _ => self.array(&value, array.at),
            },
            _ => self.array(&value, array.at),
        };
        let Some(part) = node.and_then(|node| self.part_of(node, array, places, at)) else {
            return Value::Unknown;
        };
        match value {
            Value::Class(_, bound) => Value::Class(part, bound),
            Value::Integer(affine) if affine.terms.len() == 1 => {
                let term = &affine.terms[0];
                Value::Integer(Affine::integer(part, term.least.clone(), term.most.clone()))
            }
            _ => Value::Array(part),
        }
    }

    fn part_of(
        &mut self,
        node: NodeId,
        array: &Expr,
        places: &[AxisPlace],
        at: Source,
    ) -> Option<NodeId> {
        let shape = self.example_shape(node);
        if places.len() > shape.len() {
            self.report(meaning::too_many_places(at, &describe(array), &shape, places.len()));
            return None;
        }
        let mut read = Places::default();
        let mut shared: Option<Vec<Label>> = None;
        for (axis, place) in places.iter().enumerate() {
            let whole = Whole { array, shape: &shape, axis };
            match place {
                AxisPlace::At(place) => self.at(place, &whole, &mut read, &mut shared)?,
                AxisPlace::Range { first, end, step, at } => {
                    let bounds = [first.as_ref(), end.as_ref(), step.as_ref()];
                    self.range(bounds, *at, &whole, &mut read)?;
                }
            }
        }
        for dim in &shape[places.len()..] {
            read.whole(dim);
        }
        Some(self.gather(node, &read, Outside::Never))
    }

    /// One place along an axis, or one for each element of an array of integers.
    fn at(
        &mut self,
        place: &Expr,
        whole: &Whole,
        read: &mut Places,
        shared: &mut Option<Vec<Label>>,
    ) -> Option<()> {
        let affine = self.integer(place)?;
        self.check_integer_shapes(&affine, place.at)?;
        let Some((least, most)) = affine.range() else {
            self.report(meaning::undecidable_place(
                place.at,
                &describe(place),
                whole.axis,
                whole.shape,
            ));
            return None;
        };
        self.check_inside(&least, &most, place.at, &describe(place), whole)?;
        let shape = self.integer_shape(&affine);
        let labels = match shared {
            _ if shape.is_empty() => Vec::new(),
            Some(labels) => {
                let known: Vec<Dim> =
                    labels.iter().map(|&label| read.own[label as usize].clone()).collect();
                if known != shape {
                    self.report(meaning::places_differ(place.at, &known, &shape));
                    return None;
                }
                labels.clone()
            }
            None => {
                let labels: Vec<Label> = shape.iter().map(|dim| read.axis(dim.clone())).collect();
                shared.insert(labels).clone()
            }
        };
        let position =
            position_of(&affine, &labels, read, |node| self.example_shape(node).is_empty());
        read.positions.push(position);
        Some(())
    }

    /// The places from the first to before the end, every `step`th.
    fn range(
        &mut self,
        [first, end, step]: [Option<&Expr>; 3],
        at: Source,
        whole: &Whole,
        read: &mut Places,
    ) -> Option<()> {
        let text = describe::range([first, end, step]);
        let extent = Polynomial::from(&whole.shape[whole.axis]);
        let first = match first {
            Some(first) => self.integer(first)?,
            None => Affine::default(),
        };
        let end = match end {
            Some(end) => self.integer(end)?,
            None => Affine::constant(extent.clone()),
        };
        let step = match step {
            Some(step) => self.step(step)?,
            None => 1,
        };
        let length = end.minus(&first);
        let (Some(length), Some((least, _)), Some((_, most))) =
            (length.as_polynomial(), first.range(), end.range())
        else {
            self.report(meaning::undecidable_place(at, &text, whole.axis, whole.shape));
            return None;
        };
        let count = length.plus(&Polynomial::constant(step as i64 - 1)).quotient(step);
        let dim = self.extent_of_part(&count, at, &text)?;
        let last = most.plus(&Polynomial::constant(-1));
        self.check_inside(&least, &last, at, &text, whole)?;
        let label = read.axis(dim);
        let scaled = Position::label(label).times(&Polynomial::constant(step as i64));
        let start = position_of(&first, &[], read, |_| true);
        read.positions.push(start.plus(&scaled));
        Some(())
    }

    /// A step between places: a literal, 1 or more.
    fn step(&mut self, step: &Expr) -> Option<u64> {
        let affine = self.integer(step)?;
        let number = affine.as_polynomial().and_then(Polynomial::as_constant);
        let number = number.and_then(|number| u64::try_from(number).ok()).filter(|&step| step > 0);
        if number.is_none() {
            let found = describe(step);
            self.report(meaning::not_a_literal(
                step.at,
                "step_by",
                "step",
                "a number from 1 up",
                &found,
            ));
        }
        number
    }

    /// The extent of what is left of an axis: at least 1, or the model does not exist with these dimensions.
    pub(super) fn extent_of_part(
        &mut self,
        count: &Polynomial,
        at: Source,
        what: &str,
    ) -> Option<Dim> {
        let dim = Dim::from_polynomial(count).filter(|_| !count.scaled(-1).is_nonnegative());
        let Some(dim) = dim else {
            self.report(meaning::nothing_left(at, what, &count.to_string()));
            return None;
        };
        if !count.is_positive() && !self.required.contains(&dim) {
            self.required.push(dim.clone());
        }
        Some(dim)
    }

    /// Whether it is 0 or more for all dimensions that a model may have.
    fn is_nonnegative(&self, polynomial: &Polynomial) -> bool {
        polynomial.is_nonnegative()
            || self.required.iter().any(|dim| {
                let spare = Polynomial::from(dim).plus(&Polynomial::constant(-1));
                polynomial.plus(&spare.scaled(-1)).is_nonnegative()
            })
    }

    /// The places from `least` to `most` are on the axis.
    fn check_inside(
        &mut self,
        least: &Polynomial,
        most: &Polynomial,
        at: Source,
        place: &str,
        whole: &Whole,
    ) -> Option<()> {
        let extent = Polynomial::from(&whole.shape[whole.axis]);
        let below = extent.plus(&most.plus(&Polynomial::constant(1)).scaled(-1));
        for room in [least, &below] {
            if self.is_nonnegative(room) {
                continue;
            }
            let is_certain = room.scaled(-1).is_positive();
            let diagnostic = if is_certain {
                let array = describe(whole.array);
                meaning::place_outside(at, place, whole.axis, &array, whole.shape)
            } else {
                meaning::undecidable_place(at, place, whole.axis, whole.shape)
            };
            self.report(diagnostic);
            return None;
        }
        Some(())
    }

    /// The array read at places, as a node with the axes of the places.
    pub(super) fn gather(&mut self, node: NodeId, places: &Places, outside: Outside) -> NodeId {
        let shape = self.example_shape(node);
        let rank = places.own.len() as Label;
        let mut scope = [places.own.clone(), shape.clone()].concat();
        let batch = scope.len() as Label;
        scope.push(Dim::Batch);
        let read: Vec<Label> = (rank..batch).collect();
        let array = self.read(node, &read, batch);
        let integers: Vec<Access> = places
            .integers
            .iter()
            .map(|(node, labels)| self.read_integer(*node, labels, batch))
            .collect();
        let equations: Vec<Equation> = places
            .positions
            .iter()
            .zip(&read)
            .map(|(position, &label)| Equation {
                label,
                position: position.clone(),
                inside: outside == Outside::Never,
            })
            .collect();
        let part = construct::index(&mut self.graph, &array, &integers, &equations, &read, &scope);
        self.in_axes_of_places(&part, rank, batch, &scope)
    }

    /// The access as a node with the labels below `rank` as axes, and the batch, where it depends on it.
    pub(super) fn in_axes_of_places(
        &mut self,
        part: &Access,
        rank: Label,
        batch: Label,
        scope: &[Dim],
    ) -> NodeId {
        let labels: Vec<Label> = (0..rank).chain(part.reads(batch).then_some(batch)).collect();
        construct::view(&mut self.graph, part, &labels, scope)
    }
}

/// The axis of the array that a place is along.
struct Whole<'a> {
    array: &'a Expr,
    shape: &'a [Dim],
    axis: usize,
}

/// The affine form as a position; its integers join those of the places.
fn position_of(
    affine: &Affine,
    labels: &[Label],
    read: &mut Places,
    is_single: impl Fn(NodeId) -> bool,
) -> Position {
    let mut position = Position::constant(affine.offset.clone());
    for term in &affine.terms {
        let labels = if is_single(term.node) { Vec::new() } else { labels.to_vec() };
        read.integers.push((term.node, labels));
        position = position.plus(&Position::integer(read.integers.len()).times(&term.factor));
    }
    position
}
