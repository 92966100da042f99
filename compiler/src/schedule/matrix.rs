//! A function of matrices as a step: which buffers, and which way each matrix lies.

use super::storage::Storage;
use super::{Buffers, fuse, places};
use crate::functions::matrix::{self, MatrixFunction, Role};
use crate::ir::{Access, Graph, Kind, Label, NodeId, Polynomial};
use crate::plan::{MatrixStep, Plan};

/// The step that computes the function `id`.
pub fn plan(
    graph: &Graph,
    storage: &Storage,
    plan: &mut Plan,
    buffers: &mut Buffers,
    id: NodeId,
) -> Result<MatrixStep, String> {
    let node = graph.node(id);
    let Kind::Matrix { function, operands, .. } = &node.kind else {
        return Err("only functions of matrices have steps of their own".into());
    };
    let function = matrix::row(*function)?;
    let scope = node.scope();
    let layout = Layout::of(function, operands, node.shape.len())?;
    let mut read = Vec::new();
    for operand in operands {
        read.push(buffers.read(graph, plan, operand.node)?);
    }
    let place = fuse::place(graph, storage, id);
    let (out, update) = buffers.destination(graph, plan, id, place);
    let is_apart = |&buffer: &usize| {
        let buffer = &plan.buffers[buffer];
        buffer.strides() == places::row_major(&buffer.shape)
    };
    if update.is_some() || !read.iter().chain([&out]).all(is_apart) {
        return Err(format!("`{}` needs matrices that lie in memory by themselves", function.name));
    }
    let lanes = layout.lanes.iter().map(|&label| &scope[label as usize]);
    Ok(MatrixStep {
        function,
        operands: read,
        exchanged: layout.exchanged,
        out,
        rows: scope[layout.row as usize].clone(),
        lanes: Polynomial::product(lanes),
    })
}

/// What the table prescribes of the axes of operands, found out and checked.
struct Layout {
    exchanged: Vec<bool>,
    lanes: Vec<Label>,
    row: Label,
}

impl Layout {
    fn of(function: &MatrixFunction, operands: &[Access], rank: usize) -> Result<Layout, String> {
        let letters = function.letters(rank);
        let labels = |text: &str| -> Vec<Label> {
            let label = |letter| letters.iter().find(|(known, _)| *known == letter);
            text.chars().filter_map(label).map(|(_, label)| *label).collect()
        };
        let wrong = || format!("an operand of `{}` has its axes in another order", function.name);
        let first = operands.first().ok_or_else(wrong)?;
        let lanes = first.axes.get(2..).ok_or_else(wrong)?.to_vec();
        let own = labels(function.operands[0].letters);
        let columns: Vec<Label> =
            (function.result.len() as Label..(rank - lanes.len()) as Label).collect();
        let mut exchanged = Vec::new();
        for (operand, declared) in operands.iter().zip(function.operands) {
            let letters = labels(declared.letters);
            let (order, turned) = match declared.role {
                Role::Square => (letters.clone(), letters.iter().rev().copied().collect()),
                Role::RightSide => {
                    let order = [&letters[..], &columns].concat();
                    (order.clone(), order)
                }
                Role::Factors(_) => {
                    let other = own.iter().find(|label| !letters.contains(label));
                    let turned = letters[..1].iter().chain(other).copied().collect();
                    (letters.clone(), turned)
                }
            };
            exchanged.push(match operand.axes.strip_suffix(&lanes[..]) {
                Some(axes) if axes == order => false,
                Some(axes) if axes == turned => true,
                _ => return Err(wrong()),
            });
        }
        Ok(Layout { exchanged, lanes, row: own[0] })
    }
}
