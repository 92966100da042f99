//! The contractions users write: dot, matmul, outer, transpose, trace, einsum.

use super::{Lowering, undecidable};
use crate::construct;
use crate::diagnostic::meaning;
use crate::ir::{Access, Dim, Label, NodeId};
use crate::tree::{Expr, Position};

/// An operand of a product with where and how it was written.
#[derive(Clone, Copy)]
pub(super) struct Factor<'a> {
    pub node: NodeId,
    pub source: &'a Expr,
}

impl Lowering<'_> {
    /// `a·b`: the last axis of `a` meets the first axis of `b`; a scalar multiplies.
    pub(super) fn dot(&mut self, a: Factor, b: Factor, at: Position) -> Option<NodeId> {
        let shapes = [self.example_shape(a.node), self.example_shape(b.node)];
        if shapes.iter().any(Vec::is_empty) {
            return self.elementwise(
                crate::functions::scalar::MUL,
                &[a.node, b.node],
                &[a.source, b.source],
                at,
            );
        }
        let [left, right] = &shapes;
        self.check_inner([a, b], [left, right], [left.len() - 1, 0], at)?;
        let outer = left.len() - 1;
        let inner = (outer + right.len() - 1) as Label;
        let mut scope = [&left[..outer], &right[1..], &left[outer..]].concat();
        scope.push(Dim::Batch);
        let left_labels: Vec<Label> = (0..outer as Label).chain([inner]).collect();
        let right_labels: Vec<Label> =
            std::iter::once(inner).chain(outer as Label..inner).collect();
        Some(self.contraction(
            [(a.node, left_labels), (b.node, right_labels)],
            &(0..inner).collect::<Vec<_>>(),
            &scope,
        ))
    }

    /// NumPy's `matmul`: products of the last two axes, the axes before them side by side.
    pub(super) fn matmul(&mut self, a: Factor, b: Factor, at: Position) -> Option<NodeId> {
        let [left, right] = [self.example_shape(a.node), self.example_shape(b.node)];
        if left.len() <= 2 && right.len() <= 2 && !left.is_empty() && !right.is_empty() {
            return self.dot(a, b, at);
        }
        let stack = left.len().max(right.len()).saturating_sub(2);
        if left.len() < 2 || right.len() < 2 {
            let (short, shape) = if left.len() < 2 { (a, &left) } else { (b, &right) };
            let name = format!("`{}`", super::describe::describe(short.source));
            self.report(meaning::wrong_rank(
                at,
                "matmul",
                &name,
                shape,
                "matrices, or stacks of matrices",
            ));
            return None;
        }
        self.check_inner([a, b], [&left, &right], [left.len() - 1, right.len() - 2], at)?;
        let mut scope: Vec<Dim> = Vec::new();
        for axis in 0..stack {
            let here = |shape: &[Dim]| {
                (axis + shape.len()).checked_sub(stack + 2).map(|place| shape[place].clone())
            };
            match (here(&left), here(&right)) {
                (Some(x), Some(y)) if x != y => {
                    let names = [a, b].map(|factor| super::describe::describe(factor.source));
                    let diagnostic = meaning::cannot_broadcast(
                        at,
                        "multiply",
                        [&names[0], &names[1]],
                        [&left, &right],
                        [&x, &y],
                        axis,
                        None,
                    );
                    self.report(diagnostic);
                    return None;
                }
                (x, y) => scope.extend(x.or(y)),
            }
        }
        let (row, column, inner) = (stack as Label, stack as Label + 1, stack as Label + 2);
        scope.extend([
            left[left.len() - 2].clone(),
            right[right.len() - 1].clone(),
            left[left.len() - 1].clone(),
        ]);
        scope.push(Dim::Batch);
        let stacked = |rank: usize, last: [Label; 2]| -> Vec<Label> {
            ((stack + 2 - rank) as Label..stack as Label).chain(last).collect()
        };
        let factors = [
            (a.node, stacked(left.len(), [row, inner])),
            (b.node, stacked(right.len(), [inner, column])),
        ];
        Some(self.contraction(factors, &(0..inner).collect::<Vec<_>>(), &scope))
    }

    /// `a ⊗ b`: every element of `a` times every element of `b`.
    pub(super) fn outer(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let [left, right] = [self.example_shape(a), self.example_shape(b)];
        let (first, rank) = (left.len() as Label, (left.len() + right.len()) as Label);
        let mut scope = [left, right].concat();
        scope.push(Dim::Batch);
        self.contraction(
            [(a, (0..first).collect()), (b, (first..rank).collect())],
            &(0..rank).collect::<Vec<_>>(),
            &scope,
        )
    }

    /// The axes in reverse order.
    pub(super) fn transpose(&mut self, a: NodeId) -> NodeId {
        let mut scope = self.example_shape(a);
        let labels: Vec<Label> = (0..scope.len() as Label).collect();
        scope.push(Dim::Batch);
        let reversed: Vec<Label> = labels.iter().rev().copied().collect();
        self.contraction([(a, labels)], &reversed, &scope)
    }

    /// The last two axes exchanged.
    pub(super) fn transpose_last(&mut self, a: Factor, at: Position) -> Option<NodeId> {
        let mut scope = self.matrices(a, "transpose_last", at)?;
        let labels: Vec<Label> = (0..scope.len() as Label).collect();
        let mut result = labels.clone();
        result.swap(scope.len() - 2, scope.len() - 1);
        scope.push(Dim::Batch);
        Some(self.contraction([(a.node, labels)], &result, &scope))
    }

    /// The elements whose last two indices are equal.
    pub(super) fn diagonal(&mut self, a: Factor, at: Position) -> Option<NodeId> {
        let mut scope = self.matrices(a, "diagonal", at)?;
        let last = scope.len() as Label - 2;
        scope.pop();
        let result: Vec<Label> = (0..=last).collect();
        scope.push(Dim::Batch);
        let labels = [&result[..], &[last]].concat();
        Some(self.contraction([(a.node, labels)], &result, &scope))
    }

    /// The shape of square matrices, stacked or not.
    fn matrices(&mut self, a: Factor, function: &str, at: Position) -> Option<Vec<Dim>> {
        let shape = self.example_shape(a.node);
        if let [.., rows, columns] = shape.as_slice()
            && rows == columns
        {
            return Some(shape);
        }
        let name = format!("`{}`", super::describe::describe(a.source));
        self.report(meaning::wrong_rank(at, function, &name, &shape, "a square matrix"));
        None
    }

    /// The sum of the diagonal of a square matrix.
    pub(super) fn trace(&mut self, a: Factor, at: Position) -> Option<NodeId> {
        let shape = self.example_shape(a.node);
        if shape.len() != 2 || shape[0] != shape[1] {
            let name = format!("`{}`", super::describe::describe(a.source));
            self.report(meaning::wrong_rank(at, "trace", &name, &shape, "a square matrix"));
            return None;
        }
        Some(self.contraction([(a.node, vec![0, 0])], &[], &[shape[0].clone(), Dim::Batch]))
    }

    /// `einsum("ij,jk->ik", a, b)`.
    pub(super) fn einsum(
        &mut self,
        specification: &str,
        factors: &[Factor],
        text_at: Position,
    ) -> Option<NodeId> {
        let problem = |lowering: &mut Self, problem: String| -> Option<NodeId> {
            lowering.report(meaning::einsum_specification(text_at, &problem));
            None
        };
        let Some((inputs, output)) = specification.split_once("->") else {
            return problem(self, "has no `->`".into());
        };
        let inputs: Vec<&str> = inputs.split(',').map(str::trim).collect();
        if inputs.len() != factors.len() {
            return problem(
                self,
                format!("names {} operands, found {}", inputs.len(), factors.len()),
            );
        }
        let mut letters: Vec<char> = Vec::new();
        let mut scope: Vec<Dim> = Vec::new();
        let mut accesses = Vec::new();
        for (letters_here, factor) in inputs.iter().zip(factors) {
            let shape = self.example_shape(factor.node);
            if letters_here.chars().count() != shape.len() {
                let name = super::describe::describe(factor.source);
                let text = meaning::shape_text(&shape);
                return problem(
                    self,
                    format!("gives `{letters_here}` for `{name}` of shape {text}"),
                );
            }
            let mut labels = Vec::new();
            for (letter, dim) in letters_here.chars().zip(&shape) {
                if !letter.is_alphabetic() {
                    return problem(self, format!("has `{letter}` where a letter is needed"));
                }
                let place =
                    letters.iter().position(|&known| known == letter).unwrap_or(letters.len());
                if place == letters.len() {
                    letters.push(letter);
                    scope.push(dim.clone());
                } else if scope[place] != *dim {
                    let other = scope[place].clone();
                    return problem(
                        self,
                        format!("uses `{letter}` for the extents {other} and {dim}"),
                    );
                }
                labels.push(place as Label);
            }
            accesses.push((factor.node, labels));
        }
        let mut result: Vec<Label> = Vec::new();
        for letter in output.trim().chars() {
            let Some(place) = letters.iter().position(|&known| known == letter) else {
                return problem(self, format!("has `{letter}` in the result, but in no operand"));
            };
            if result.contains(&(place as Label)) {
                return problem(self, format!("has `{letter}` twice in the result"));
            }
            result.push(place as Label);
        }
        scope.push(Dim::Batch);
        Some(self.contraction(accesses, &result, &scope))
    }

    /// The sum of products with the given result labels; the last label of the scope is the batch's.
    pub(super) fn contraction(
        &mut self,
        factors: impl IntoIterator<Item = (NodeId, Vec<Label>)>,
        result: &[Label],
        scope: &[Dim],
    ) -> NodeId {
        let batch = (scope.len() - 1) as Label;
        let accesses: Vec<Access> =
            factors.into_iter().map(|(node, labels)| self.read(node, &labels, batch)).collect();
        let batched = accesses.iter().any(|access| access.reads(batch));
        let summed: Vec<Label> = (0..batch).filter(|label| !result.contains(label)).collect();
        let access = construct::contract(&mut self.graph, &accesses, &summed, scope);
        let labels: Vec<Label> = result.iter().copied().chain(batched.then_some(batch)).collect();
        let node = construct::view(&mut self.graph, &access, &labels, scope);
        self.name_product(node, &accesses);
        node
    }

    /// Names a product after its factors, as far as that is short.
    fn name_product(&mut self, node: NodeId, factors: &[Access]) {
        const LONGEST: usize = 24;
        let names: Option<Vec<&str>> =
            factors.iter().map(|factor| self.graph.name(factor.node).map(|name| &**name)).collect();
        if let Some(name) = names.map(|names| names.join("_dot_"))
            && factors.len() > 1
            && name.len() <= LONGEST
            && !self.is_in_library()
        {
            self.name_node(node, &name);
        }
    }

    /// The extents of two axes that meet are equal.
    fn check_inner(
        &mut self,
        [a, b]: [Factor; 2],
        [left, right]: [&[Dim]; 2],
        [left_axis, right_axis]: [usize; 2],
        at: Position,
    ) -> Option<()> {
        let (x, y) = (&left[left_axis], &right[right_axis]);
        if x == y {
            return Some(());
        }
        let diagnostic = if undecidable(x, y) {
            meaning::undecidable_extents(at, x, y)
        } else {
            let names = [a, b].map(|factor| super::describe::describe(factor.source));
            meaning::inner_dimensions_differ(at, [&names[0], &names[1]], [left, right], [x, y])
        };
        self.report(diagnostic);
        None
    }
}
