//! The reversed loop: adjoints carried from the last step to the first.
//!
//! The states of the reversed loop are the adjoints of the states. What a captured value contributes to is summed over the steps, whichever
//! axes it has; the adjoint of what was collected is read at the step. A body is differentiated by the same sweep as the graph it is in, and
//! that sees the values of the step: those that the adjoints read are collected by the forward loop, one more result each, so that there is
//! one forward loop for value and derivative (Griewank & Walther 2008, §3.2; for what is kept and what is computed again, §12.2).
//!
//! Where conditions guard what is read of a loop, the reversed loop carries beside each adjoint where it is open, which is where it may
//! differ from 0: what is closed stays 0, whatever the step's values are.

use std::rc::Rc;

use super::residuals::{self, Cut};
use super::step::{Carried, Given, Step};
use super::{Adjoints, gates};
use crate::construct;
use crate::ir::{Access, Dim, Fold, FoldResult, Graph, Label, Leaf, NodeId};

/// Hands the adjoints of a loop's results on to its operands.
pub fn visit(
    adjoints: &mut Adjoints,
    graph: &mut Graph,
    fold: &Fold,
    active: &[bool],
) -> Result<(), String> {
    let given = given(adjoints, graph, fold);
    if given.is_empty() {
        return Ok(());
    }
    let is_active: Vec<bool> =
        fold.operands.iter().map(|operand| active[operand.node.0 as usize]).collect();
    let is_finite = |operand: &Access| !adjoints.gates.is_hazard(graph, operand.node);
    let is_finite: Vec<bool> = fold.operands.iter().map(is_finite).collect();
    let step = Step::reversed(graph, &fold.body, &given, [&is_active, &is_finite])?;
    let cut = residuals::cut(&step, &fold.body)?;
    let ids: Vec<NodeId> = fold.results.iter().map(|(id, _)| *id).collect();
    graph.replace_body(&ids, &cut.forward);
    let reversed = Reversed { fold, given: &given, step: &step, cut: &cut };
    for (operand, adjoint) in reversed.add(adjoints, graph) {
        if is_active[operand] {
            adjoints.accumulate(graph, fold.operands[operand].node, &adjoint);
        }
    }
    Ok(())
}

/// The adjoints of the results that have one, and where they are open.
fn given(adjoints: &mut Adjoints, graph: &mut Graph, fold: &Fold) -> Vec<Given> {
    let mut given = Vec::new();
    for &(id, result) in &fold.results {
        let Some(adjoint) = adjoints.of.get(id.0 as usize).cloned().flatten() else { continue };
        let conditions = adjoints.gates.guarding(graph, &adjoint, &[id]);
        let scope = fold.body.shape(result);
        let open = gates::all(graph, &conditions, &scope);
        given.push(Given { result, adjoint, open, conditions });
    }
    given
}

/// A loop and all that is known of its reversal.
struct Reversed<'a> {
    fold: &'a Fold,
    given: &'a [Given],
    step: &'a Step,
    cut: &'a Cut,
}

impl Reversed<'_> {
    /// Adds the reversed loop; its results are the adjoints of the operands.
    fn add(&self, adjoints: &mut Adjoints, graph: &mut Graph) -> Vec<(usize, Access)> {
        let body = &self.fold.body;
        let states = body.next.len();
        let operands = self.operands(graph);
        let mut result =
            |result| construct::fold_result(graph, &self.cut.reverse, &operands, result);
        let (mut found, mut names) = (Vec::new(), Vec::new());
        for (index, (carried, _)) in self.step.carried.iter().enumerate() {
            let node = result(FoldResult::State(index));
            match carried {
                Carried::Adjoint(place) => {
                    names.push((node, body.leaf(&Leaf::State(*place))));
                    let rank = body.shape(FoldResult::State(*place)).len() as Label;
                    found.push((*place, Access { node, axes: (0..rank).collect() }, None));
                }
                Carried::Open(place, labels) => {
                    let open = Access { node, axes: labels.clone() };
                    if let Some((.., own)) = found.iter_mut().find(|(known, ..)| known == place) {
                        *own = Some(open);
                    }
                }
            }
        }
        let sums = self.step.captured.len();
        for (index, (place, labels, _)) in self.step.captured.iter().enumerate() {
            let node = result(FoldResult::Sum(index));
            let adjoint = Access { node, axes: labels.clone() };
            let open = self.step.opened.iter().position(|(known, ..)| known == place);
            let open = open.map(|index| Access {
                node: result(FoldResult::Sum(sums + index)),
                axes: self.step.opened[index].1.clone(),
            });
            found.push((states + place, adjoint, open));
        }
        for (node, leaf) in names {
            if let Some(name) = leaf.and_then(|leaf| body.graph.name(leaf)) {
                graph.set_name(node, &Rc::from(format!("{name}_bar")));
            }
        }
        let guarded = found.into_iter().map(|(place, adjoint, open)| {
            (place, self.guarded(adjoints, graph, place, adjoint, open))
        });
        guarded.collect()
    }

    /// The initial values of what is carried, then what is captured.
    fn operands(&self, graph: &mut Graph) -> Vec<NodeId> {
        let body = &self.fold.body;
        let states = body.next.len();
        let mut operands = Vec::new();
        for (carried, _) in &self.step.carried {
            let (Carried::Adjoint(place) | Carried::Open(place, _)) = carried;
            let shape = body.shape(FoldResult::State(*place));
            let last = self.given.iter().find(|one| one.result == FoldResult::State(*place));
            let (value, labels) = match carried {
                Carried::Adjoint(_) => {
                    (last.map(|last| last.adjoint.clone()), (0..shape.len() as Label).collect())
                }
                Carried::Open(_, labels) => {
                    let always = Access::scalar(graph.constant(1.0));
                    (last.map(|last| last.open.clone().unwrap_or(always)), labels.clone())
                }
            };
            let value = value.unwrap_or_else(|| Access::scalar(graph.constant(0.0)));
            operands.push(construct::view(graph, &value, &labels, &shape));
        }
        let forward: Vec<NodeId> = self.fold.operands.iter().map(|operand| operand.node).collect();
        for source in &self.cut.captured {
            operands.push(match source {
                residuals::Source::Captured(place) => forward[states + place],
                residuals::Source::Input(place) => self.step.inputs[*place],
                residuals::Source::Collected(place) => {
                    let kept = FoldResult::Collected(*place);
                    let node = construct::fold_result(graph, &self.cut.forward, &forward, kept);
                    let value = self.cut.forward.collected[*place];
                    if let Some(name) = self.cut.forward.graph.name(value) {
                        let name = format!("{}_kept", name.trim_end_matches("_next"));
                        graph.set_name(node, &Rc::from(name));
                    }
                    node
                }
            });
        }
        operands
    }

    /// The adjoint of an operand, guarded where something further down may need it: by where it is open, or else where any of the results is.
    fn guarded(
        &self,
        adjoints: &mut Adjoints,
        graph: &mut Graph,
        operand: usize,
        adjoint: Access,
        open: Option<Access>,
    ) -> Access {
        let node = self.fold.operands[operand].node;
        let conditions: Vec<Access> =
            self.given.iter().flat_map(|one| one.conditions.iter().cloned()).collect();
        let is_guarded = self.given.iter().all(|one| one.open.is_some());
        let is_needed = match open {
            Some(_) => adjoints.gates.is_hazard(graph, node),
            None => is_guarded && adjoints.gates.needs(graph, &conditions, node),
        };
        if !is_needed {
            return adjoint;
        }
        let shape = match operand.checked_sub(self.fold.body.next.len()) {
            None => self.fold.body.shape(FoldResult::State(operand)),
            Some(_) => graph.shape(node).to_vec(),
        };
        let open = open.or_else(|| {
            let anywhere: Vec<Access> = self
                .given
                .iter()
                .filter_map(|one| Some((one.open.clone()?, self.fold.body.shape(one.result))))
                .map(|(open, scope)| anywhere(graph, &open, &scope))
                .collect();
            gates::any(graph, &anywhere, &[])
        });
        open.map_or(adjoint.clone(), |open| gates::guarded(graph, &open, &adjoint, &shape))
    }
}

/// A number that is not 0 where a condition holds anywhere.
fn anywhere(graph: &mut Graph, condition: &Access, scope: &[Dim]) -> Access {
    let all: Vec<Label> = (0..scope.len() as Label).collect();
    gates::holds_for_any(graph, condition, &all, scope)
}
