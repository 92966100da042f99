//! Walks over trees: every expression of a block, and how deep they nest.

use super::{AxisPlace, Block, Expr, ExprKind, Loop, Statement};

/// Shows every expression of a block to `see`, those that others are made of after them.
pub fn for_each_expression<'t>(block: &'t Block, see: &mut dyn FnMut(&'t Expr)) {
    each_of_statements(&block.statements, see);
    each_of_expression(&block.value, see);
}

fn each_of_statements<'t>(statements: &'t [Statement], see: &mut dyn FnMut(&'t Expr)) {
    for statement in statements {
        match statement {
            Statement::Let(binding) | Statement::Assign(binding) => {
                each_of_expression(&binding.value, see);
            }
            Statement::For(inner) => each_of_loop(inner, see),
        }
    }
}

fn each_of_loop<'t>(inner: &'t Loop, see: &mut dyn FnMut(&'t Expr)) {
    each_of_statements(&inner.statements, see);
    for bound in [&inner.first, &inner.end].into_iter().chain(&inner.value) {
        each_of_expression(bound, see);
    }
}

fn each_of_expression<'t>(expr: &'t Expr, see: &mut dyn FnMut(&'t Expr)) {
    see(expr);
    match &expr.kind {
        ExprKind::Call { arguments, .. } => {
            for argument in arguments {
                each_of_expression(&argument.value, see);
            }
        }
        ExprKind::List(elements) => {
            for element in elements {
                each_of_expression(element, see);
            }
        }
        ExprKind::Block(block) => for_each_expression(block, see),
        ExprKind::For(inner) => each_of_loop(inner, see),
        ExprKind::Index { array, places } => {
            let parts = places.iter().flat_map(AxisPlace::parts);
            parts.chain([&**array]).for_each(|part| each_of_expression(part, see));
        }
        ExprKind::Number(_) | ExprKind::Integer(_) | ExprKind::Name(_) | ExprKind::Text(_) => {}
    }
}

/// The number of levels of a block's tree.
pub fn height(block: &Block) -> usize {
    statements_height(&block.statements).max(expr_height(&block.value))
}

fn statements_height(statements: &[Statement]) -> usize {
    let heights = statements.iter().map(|statement| match statement {
        Statement::Let(binding) | Statement::Assign(binding) => expr_height(&binding.value),
        Statement::For(inner) => loop_height(inner),
    });
    heights.max().unwrap_or(0)
}

fn loop_height(inner: &Loop) -> usize {
    let bounds = [&inner.first, &inner.end].into_iter().chain(&inner.value).map(expr_height);
    1 + bounds.max().unwrap_or(0).max(statements_height(&inner.statements))
}

fn expr_height(expr: &Expr) -> usize {
    let inner = match &expr.kind {
        ExprKind::Call { arguments, .. } => {
            arguments.iter().map(|argument| expr_height(&argument.value)).max()
        }
        ExprKind::List(elements) => elements.iter().map(expr_height).max(),
        ExprKind::Block(block) => Some(height(block)),
        ExprKind::For(inner) => Some(loop_height(inner)),
        ExprKind::Index { array, places } => {
            let parts = places.iter().flat_map(AxisPlace::parts);
            parts.chain([&**array]).map(expr_height).max()
        }
        ExprKind::Number(_) | ExprKind::Integer(_) | ExprKind::Name(_) | ExprKind::Text(_) => None,
    };
    1 + inner.unwrap_or(0)
}
