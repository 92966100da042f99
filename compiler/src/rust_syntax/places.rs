//! Indexing: `w[i]`, `w[1..4]`, `w[(.., j)]`, `w[(..).step_by(2)]`.

use syn::{Expr, ExprIndex, ExprRange};

use super::body::Body;
use super::expression::Operand;
use super::loops::{Range, bare};
use super::written;
use crate::diagnostic::syntax::control as messages;
use crate::tree::{AxisPlace, ExprKind};

/// A place with the height of its tree.
type Place = (AxisPlace, usize);

impl Body<'_> {
    pub fn index(&mut self, index: &ExprIndex) -> Option<Operand> {
        let array = self.expr(&index.expr);
        let places: Vec<Option<Place>> = match bare(&index.index) {
            Expr::Tuple(tuple) => tuple.elems.iter().map(|place| self.place(place)).collect(),
            Expr::Array(list) => list.elems.iter().map(|place| self.place(place)).collect(),
            _ => vec![self.place(&index.index)],
        };
        let places: Option<Vec<Place>> = places.into_iter().collect();
        let (array, places) = (array?, places?);
        if places.is_empty() {
            let at = self.reader.at(&index.index);
            self.reader.add(messages::no_place(at));
            return None;
        }
        let (places, depths): (Vec<AxisPlace>, Vec<usize>) = places.into_iter().unzip();
        let depth = depths.into_iter().max().unwrap_or(0).max(array.depth);
        let last = index.bracket_token.span.close();
        let kind = ExprKind::Index { array: Box::new(array.expr), places };
        self.operand(kind, array.first, last, depth)
    }

    fn place(&mut self, expr: &Expr) -> Option<Place> {
        match bare(expr) {
            Expr::Range(range) => self.part(range, None, expr),
            Expr::MethodCall(call) if matches!(bare(&call.receiver), Expr::Range(_)) => {
                let mut arguments = call.args.iter();
                let step = (arguments.next(), arguments.next());
                let (Some(step), None) = step else {
                    return self.refuse_order(&call.method);
                };
                if call.method != "step_by" || call.turbofish.is_some() {
                    return self.refuse_order(&call.method);
                }
                let Expr::Range(range) = bare(&call.receiver) else { return None };
                self.part(range, Some(step), expr)
            }
            _ => {
                let place = self.integer(expr)?;
                Some((AxisPlace::At(place.expr), place.depth))
            }
        }
    }

    fn refuse_order(&mut self, method: &syn::Ident) -> Option<Place> {
        let at = self.reader.at(method);
        self.reader.add(messages::place_order(at, &written(method)));
        None
    }

    fn part(&mut self, range: &ExprRange, step: Option<&Expr>, whole: &Expr) -> Option<Place> {
        let at = self.reader.at(whole);
        let bounds = self.range(range);
        let step = match step {
            Some(step) => Some(self.integer(step)?),
            None => None,
        };
        let Range { first, end } = bounds?;
        let parts = [&first, &end, &step].into_iter().flatten();
        let depth = parts.map(|part| part.depth).max().unwrap_or(0);
        let [first, end, step] = [first, end, step].map(|part| part.map(|part| part.expr));
        Some((AxisPlace::Range { first, end, step, at }, depth))
    }
}
