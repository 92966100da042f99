//! Functions of matrices: the last two axes of an operand are its rows and columns, those before stand side by side.

use super::call::Call;
use super::describe::describe;
use super::products::Factor;
use super::{Lowering, undecidable};
use crate::construct;
use crate::diagnostic::meaning;
use crate::functions::matrix::{MatrixFunction, Role};
use crate::ir::{Access, Dim, Label, NodeId};

impl Lowering<'_> {
    pub(super) fn matrix_call(
        &mut self,
        row: &'static MatrixFunction,
        call: &Call,
    ) -> Option<NodeId> {
        self.refuse_axes(call)?;
        self.refuse_named(call, &[])?;
        let nodes = self.arrays(&call.operands)?;
        let factor = |index: usize| Factor { node: nodes[index], source: call.operands[index] };
        let matrix = self.square(row, factor(0), call)?;
        let right_side = row.given().iter().position(|operand| operand.role == Role::RightSide);
        let stack = matrix.len() - 2;
        let mut scope = matrix.clone();
        if let Some(place) = right_side {
            let shape = self.right_side([factor(0), factor(place)], &matrix, call)?;
            scope.extend(shape[stack + 1..].iter().cloned());
        }
        scope.push(Dim::Batch);
        let batch = (scope.len() - 1) as Label;
        let lanes: Vec<Label> = (0..stack as Label).collect();
        let beside: Vec<Label> = (stack as Label + 2..batch).collect();
        let letters = letters(row, stack);
        let label = |letter: char| letters.iter().find(|(known, _)| *known == letter).map(|l| l.1);
        let operands: Vec<Access> = row
            .given()
            .iter()
            .zip(&nodes)
            .map(|(declared, &node)| {
                let own: Vec<Label> = declared.letters.chars().filter_map(label).collect();
                let columns = if declared.role == Role::RightSide { &beside[..] } else { &[] };
                self.read(node, &[&lanes[..], &own, columns].concat(), batch)
            })
            .collect();
        let access = match construct::matrix(&mut self.graph, row, &operands, &letters, &scope) {
            Ok(access) => access,
            Err(problem) => {
                self.report(meaning::bug(call.at, &problem));
                return None;
            }
        };
        let own: Vec<Label> = row.result.chars().filter_map(label).collect();
        let is_batched = access.reads(batch);
        let labels = [&lanes[..], &own, &beside].concat();
        let labels: Vec<Label> = labels.into_iter().chain(is_batched.then_some(batch)).collect();
        Some(construct::view(&mut self.graph, &access, &labels, &scope))
    }

    /// The shape of the first operand, the last two extents of which are equal.
    fn square(&mut self, row: &MatrixFunction, matrix: Factor, call: &Call) -> Option<Vec<Dim>> {
        let shape = self.example_shape(matrix.node);
        if let [.., rows, columns] = shape.as_slice() {
            if rows == columns {
                return Some(shape);
            }
            if undecidable(rows, columns) {
                self.report(meaning::undecidable_extents(matrix.source.at, rows, columns));
                return None;
            }
        }
        let name = format!("`{}`", describe(matrix.source));
        self.report(meaning::wrong_rank(call.at, row.name, &name, &shape, "a square matrix"));
        None
    }

    /// The shape of the right-hand side: the matrix without its last axis, then perhaps columns.
    fn right_side(
        &mut self,
        [matrix, right_side]: [Factor; 2],
        matrix_shape: &[Dim],
        call: &Call,
    ) -> Option<Vec<Dim>> {
        let shape = self.example_shape(right_side.node);
        let axes = matrix_shape.len() - 1;
        let fits = shape.len() == axes || shape.len() == axes + 1;
        if fits && shape[..axes] == matrix_shape[..axes] {
            return Some(shape);
        }
        let meeting = shape.iter().zip(&matrix_shape[..axes]);
        let undecided = meeting.clone().find(|(found, wanted)| undecidable(found, wanted));
        let diagnostic = match undecided.filter(|_| fits) {
            Some((found, wanted)) => {
                meaning::undecidable_extents(right_side.source.at, found, wanted)
            }
            None => {
                let names = [matrix, right_side].map(|factor| describe(factor.source));
                meaning::right_side_does_not_fit(
                    call.at,
                    [&names[0], &names[1]],
                    [matrix_shape, &shape],
                )
            }
        };
        self.report(diagnostic);
        None
    }
}

/// The labels of a row's letters: rows and columns of the first operand follow the stack.
fn letters(row: &MatrixFunction, stack: usize) -> Vec<(char, Label)> {
    row.operands[0].letters.chars().zip(stack as Label..).collect()
}
