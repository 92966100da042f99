//! Functions that put arrays together, take them apart, and make them from nothing: which function takes what.

use super::call::Call;
use super::describe::describe;
use super::indexing::{Outside, Places};
use super::integer::Affine;
use super::{Lowering, Value};
use crate::diagnostic::meaning;
use crate::functions::structural::Structural;
use crate::ir::{Dim, NodeId, Polynomial, Position};
use crate::tree::{Expr, ExprKind};

/// What each function takes besides arrays: a list of extents, an axis, or arguments by name.
const TAKES: &[(&str, &[&str])] = &[
    ("concat", &["axis"]),
    ("stack", &["axis"]),
    ("pad", &["axis"]),
    ("reverse", &["axis"]),
    ("roll", &["axis"]),
    ("reshape", &["axis"]),
    ("flatten", &[]),
    ("permute", &["axis"]),
    ("broadcast_to", &["axis"]),
    ("repeat", &["axis"]),
    ("windows", &["axis", "stride", "dilation"]),
    ("tril", &["offset"]),
    ("triu", &["offset"]),
    ("diag", &[]),
    ("one_hot", &[]),
    ("eye", &[]),
    ("iota", &[]),
    ("zeros", &["axis"]),
    ("ones", &["axis"]),
    ("extent", &["axis"]),
    ("argmax", &["axis"]),
    ("argmin", &["axis"]),
];

pub(super) fn is_shaping(primitive: &Structural) -> bool {
    TAKES.iter().any(|(name, _)| *name == primitive.name)
}

/// An array with its per-example shape and how it was written.
#[derive(Clone)]
pub(super) struct Array<'a> {
    pub node: NodeId,
    pub shape: Vec<Dim>,
    pub source: &'a Expr,
}

impl Lowering<'_> {
    /// The value of a call of one of these functions.
    pub(super) fn shaping_call(&mut self, primitive: &Structural, call: &Call) -> Option<Value> {
        let takes = TAKES.iter().find(|(name, _)| *name == primitive.name)?.1;
        self.refuse_keep(call)?;
        if !takes.contains(&"axis") {
            self.refuse_axes(call)?;
        }
        self.refuse_named(call, takes)?;
        let node = match primitive.name {
            "one_hot" => return self.one_hot_call(call),
            "eye" => self.eye(call),
            "iota" => self.iota(call),
            "zeros" => self.filled(call, 0.0),
            "ones" => self.filled(call, 1.0),
            "argmax" => return self.place_of_largest(call, 1.0),
            "argmin" => return self.place_of_largest(call, -1.0),
            "concat" => self.concat(call),
            "stack" => self.stack(call),
            _ => {
                let array = self.first_array(call)?;
                match primitive.name {
                    "extent" => return self.extent_of(call, &array),
                    "pad" => self.pad(call, &array),
                    "reverse" => self.reverse(call, &array),
                    "roll" => self.roll(call, &array),
                    "reshape" => self.reshape(call, &array),
                    "flatten" => self.flatten(&array),
                    "permute" => self.permute(call, &array),
                    "broadcast_to" => self.broadcast_to(call, &array),
                    "repeat" => self.repeat(call, &array),
                    "windows" => self.windows(call, &array),
                    "tril" => self.triangle(call, &array, 1),
                    "triu" => self.triangle(call, &array, -1),
                    _ => self.diag(call, &array),
                }
            }
        };
        node.map(Value::Array)
    }

    /// The first operand, which is an array.
    pub(super) fn first_array<'a>(&mut self, call: &Call<'a>) -> Option<Array<'a>> {
        let source = *call.operands.first()?;
        let value = self.expression(source);
        let node = self.array(&value, source.at)?;
        Some(Array { node, shape: self.example_shape(node), source })
    }

    /// The arrays given by position.
    pub(super) fn all_arrays<'a>(&mut self, call: &Call<'a>) -> Option<Vec<Array<'a>>> {
        let mut arrays = Vec::new();
        for source in &call.operands {
            let value = self.expression(source);
            let node = self.array(&value, source.at)?;
            arrays.push(Array { node, shape: self.example_shape(node), source });
        }
        Some(arrays)
    }

    /// The one axis of the call, or its default.
    pub(super) fn one_axis(&mut self, call: &Call, shape: &[Dim], default: i64) -> Option<usize> {
        if shape.is_empty() {
            let message = meaning::wrong_rank;
            self.report(message(
                call.at,
                &call.name.text,
                "its argument",
                shape,
                "at least one axis",
            ));
            return None;
        }
        let Some(axes) = call.axes else {
            let last = shape.len() - 1;
            return Some(if default < 0 { last } else { (default as usize).min(last) });
        };
        let found = self.axes(axes, shape, &call.name.text)?;
        let [axis] = found.as_slice() else {
            self.report(meaning::not_one_axis(axes.at, &call.name.text, found.len()));
            return None;
        };
        Some(*axis)
    }

    /// The list of extents of the call.
    pub(super) fn extents(&mut self, call: &Call) -> Option<Vec<Dim>> {
        let items: Vec<&Expr> = match call.axes.map(|list| (list, &list.kind)) {
            Some((_, ExprKind::List(items))) => items.iter().collect(),
            Some((one, _)) => vec![one],
            None => {
                self.report(meaning::no_extents(call.at, &call.name.text));
                return None;
            }
        };
        let mut extents = Vec::new();
        for item in items {
            extents.push(self.extent_argument(item)?);
        }
        Some(extents)
    }

    /// An integer made of literals and dimensions that is at least 1.
    pub(super) fn extent_argument(&mut self, source: &Expr) -> Option<Dim> {
        let polynomial = self.polynomial_argument(source)?;
        self.extent_of_part(&polynomial, source.at, &describe(source))
    }

    /// An integer made of literals and dimensions.
    pub(super) fn polynomial_argument(&mut self, source: &Expr) -> Option<Polynomial> {
        let affine = self.integer(source)?;
        let polynomial = affine.as_polynomial().cloned();
        if polynomial.is_none() {
            self.report(meaning::not_an_extent(source.at, &describe(source)));
        }
        polynomial
    }

    /// An argument by name, or its default.
    pub(super) fn named_integer(
        &mut self,
        call: &Call,
        name: &str,
        default: i64,
    ) -> Option<Affine> {
        match call.named.iter().find(|(label, _)| label.text == name) {
            Some((_, source)) => self.integer(source),
            None => Some(Affine::constant(Polynomial::constant(default))),
        }
    }

    /// The array read at these places along one axis, and whole along the others.
    pub(super) fn along_axis(
        &mut self,
        array: &Array,
        axis: usize,
        extent: &Dim,
        outside: Outside,
        place: impl Fn(Position) -> Position,
    ) -> NodeId {
        let mut places = Places::default();
        for (other, dim) in array.shape.iter().enumerate() {
            if other == axis {
                let label = places.axis(extent.clone());
                places.positions.push(place(Position::label(label)));
            } else {
                places.whole(dim);
            }
        }
        self.gather(array.node, &places, outside)
    }
}
