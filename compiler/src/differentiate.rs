//! The chain rule, backwards: from the loss to an adjoint for every value that depends on a parameter.
//!
//! The sweep visits consumers before operands (Griewank & Walther 2008, §3.2). The adjoint of `v`, `v̄ = ∂L/∂v`, is the sum over `v`'s
//! uses; each use contributes by the rule of its kind:
//!
//! * a map `y = f(…, x, …)` gives `x̄ += ȳ · ∂f/∂x`, with the derivative from the function's row, summed over the labels along which `x`
//!   was broadcast;
//! * a contraction `Y = Σ A·B` gives `Ā += Σ Ȳ·B`: a contraction over the labels that `A` does not have (Laue, Mitterreiter & Giesen 2018);
//! * an index `Y = Σ [equations]·A` gives `Ā += Σ [equations]·Ȳ`: the same equations, summed over the labels that `A` does not have;
//! * an extremum gives its adjoint to the places where it is attained, in equal parts;
//! * a function of matrices gives what the statements of its row say.
//!
//! An adjoint has no axis along which it is constant, so the `1/N` of a mean stays a number until it meets something with axes.

mod fold;
mod gates;
mod matrix;
mod residuals;
mod step;
pub mod tangent;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::construct;
use crate::formula::Formula;
use crate::functions::scalar::declared::missing_derivative;
use crate::functions::scalar::{self, DIV, Derivative, EQUAL, PICK, Scalar};
use crate::ir::{Access, Dim, FIXED, Fold, Graph, Kind, Label, NodeId};

use self::gates::Gates;

/// The derivatives of the scalar `root` for each of `leaves`, with the leaves' shapes; `None` where the root does not depend on the leaf in
/// a way that has a derivative.
pub fn differentiate(
    graph: &mut Graph,
    root: NodeId,
    leaves: &[NodeId],
) -> Result<Vec<Option<NodeId>>, String> {
    let active = depends_on(graph, leaves);
    let one = Access::scalar(graph.constant(1.0));
    let adjoints = sweep(graph, &[(root, one)], &active, &[])?;
    let results = leaves.iter().map(|&leaf| {
        let adjoint = adjoints.of[leaf.0 as usize].clone()?;
        let shape = graph.shape(leaf).to_vec();
        let labels: Vec<Label> = (0..shape.len() as Label).collect();
        Some(construct::view(graph, &adjoint, &labels, &shape))
    });
    Ok(results.collect())
}

/// The adjoints of what the nodes in `seeds` depend on, given their own: consumers before operands. Of captured values, some are known to
/// be finite.
fn sweep(
    graph: &mut Graph,
    seeds: &[(NodeId, Access)],
    active: &[bool],
    finite: &[NodeId],
) -> Result<Adjoints, String> {
    let forward = graph.len();
    let mut adjoints = Adjoints::new(vec![None; forward], finite);
    for (node, adjoint) in seeds {
        adjoints.accumulate(graph, *node, adjoint);
    }
    let is_wanted = |id: NodeId| active.get(id.0 as usize).is_some_and(|&active| active);
    let mut folds = Fold::all(graph, is_wanted);
    let last = seeds.iter().map(|(node, _)| node.0 + 1).max().unwrap_or(0);
    for id in (0..last).rev().map(NodeId).filter(|&id| is_wanted(id)) {
        let adjoint = adjoints.of[id.0 as usize].clone();
        if let Some(adjoint) = &adjoint {
            name_adjoint(graph, id, adjoint, forward);
        }
        match (folds.iter().position(|fold| fold.results[0].0 == id), adjoint) {
            // Whatever reads any of a loop's results comes after the first of them.
            (Some(index), _) => {
                let fold = folds.swap_remove(index);
                fold::visit(&mut adjoints, graph, &fold, active)?;
            }
            (None, Some(adjoint)) => adjoints.visit(graph, id, &adjoint, active)?,
            (None, None) => {}
        }
    }
    Ok(adjoints)
}

/// Which nodes depend on a leaf, indexed by id.
fn depends_on(graph: &Graph, leaves: &[NodeId]) -> Vec<bool> {
    let mut active = vec![false; graph.len()];
    for id in graph.ids() {
        let operands = graph.node(id).kind.operands();
        active[id.0 as usize] =
            leaves.contains(&id) || operands.iter().any(|operand| active[operand.node.0 as usize]);
    }
    active
}

/// The sweep's state.
struct Adjoints {
    /// The adjoint of each node so far, in the node's own labels.
    of: Vec<Option<Access>>,
    /// What conditions guard.
    gates: Gates,
    /// Parsed derivative formulas, by function and operand.
    formulas: BTreeMap<(&'static str, usize), Formula>,
}

impl Adjoints {
    fn new(of: Vec<Option<Access>>, finite: &[NodeId]) -> Adjoints {
        Adjoints { gates: Gates::of_the_first(of.len(), finite), of, formulas: BTreeMap::new() }
    }

    /// Hands the adjoint of `id` on to its operands.
    fn visit(
        &mut self,
        graph: &mut Graph,
        id: NodeId,
        adjoint: &Access,
        active: &[bool],
    ) -> Result<(), String> {
        let node = graph.node(id).clone();
        if matches!(node.kind, Kind::Fold { .. }) {
            return Ok(());
        }
        let scope = node.scope();
        for (place, operand) in node.kind.operands().iter().enumerate() {
            if !active[operand.node.0 as usize] {
                continue;
            }
            let summed: Vec<Label> =
                (0..scope.len() as Label).filter(|&label| !operand.reads(label)).collect();
            if let Kind::Index { operands, equations, .. } = &node.kind {
                if place == 0 {
                    let contribution = gates::index(
                        &mut self.gates,
                        graph,
                        (adjoint, &operands[1..]),
                        equations,
                        &summed,
                        operand,
                        &scope,
                    );
                    let contribution = into_own_labels(graph, &contribution, operand);
                    self.accumulate(graph, operand.node, &contribution);
                }
                continue;
            }
            let mut factors = vec![adjoint.clone()];
            match &node.kind {
                Kind::Leaf(_) => {}
                Kind::Map { function, operands } => {
                    let row = scalar::row(*function)?;
                    match self.local_adjoint(graph, id, row, operands, place, adjoint)? {
                        Some(local) => factors = vec![local],
                        None => continue,
                    }
                }
                Kind::Contraction { operands, .. } => {
                    factors.extend(
                        operands
                            .iter()
                            .enumerate()
                            .filter(|(k, _)| *k != place)
                            .map(|(_, other)| other.clone()),
                    );
                }
                Kind::Extremum { .. } => factors.push(share_of_extremum(graph, id, operand)),
                Kind::Matrix { function, .. } => {
                    let row = crate::functions::matrix::row(*function)?;
                    if let Some(own) = matrix::adjoint(graph, id, row, place, adjoint)? {
                        let own =
                            gates::around(&mut self.gates, graph, (id, adjoint), &own, &scope);
                        let contribution = into_own_labels(graph, &own, operand);
                        self.accumulate(graph, operand.node, &contribution);
                    }
                    continue;
                }
                Kind::Index { .. } | Kind::Fold { .. } => {
                    return Err("this kind is not differentiated yet".into());
                }
            }
            let contribution =
                gates::contract(&mut self.gates, graph, &factors, &summed, operand, &scope);
            let contribution = into_own_labels(graph, &contribution, operand);
            self.accumulate(graph, operand.node, &contribution);
        }
        Ok(())
    }

    /// `ȳ · ∂f/∂x` for the operand at `place`, in the labels of the map `id`; `None` where the derivative is zero.
    fn local_adjoint(
        &mut self,
        graph: &mut Graph,
        id: NodeId,
        row: &'static Scalar,
        operands: &[Access],
        place: usize,
        adjoint: &Access,
    ) -> Result<Option<Access>, String> {
        let scope = graph.shape(id).to_vec();
        match row.operands[place].derivative {
            Derivative::Zero(_) | Derivative::Integer | Derivative::Condition => Ok(None),
            Derivative::Missing => Err(missing(row, place)),
            Derivative::Gate(text) => {
                let condition = self.formula(graph, id, row, operands, place, text)?;
                Ok(Some(construct::map(graph, PICK, &[condition, adjoint.clone()], &scope)))
            }
            Derivative::Guard(text) => {
                let condition = self.formula(graph, id, row, operands, place, text)?;
                Ok(Some(gates::guarded(graph, &condition, adjoint, &scope)))
            }
            Derivative::Formula(text) => {
                let derivative = self.formula(graph, id, row, operands, place, text)?;
                if graph.as_constant(derivative.node) == Some(0.0) {
                    return Ok(None);
                }
                Ok(Some(gates::multiply_inside(graph, adjoint, &derivative, &scope)))
            }
        }
    }

    /// The formula of the operand at `place`, over the operands and the output of the map `id`.
    fn formula(
        &mut self,
        graph: &mut Graph,
        id: NodeId,
        row: &'static Scalar,
        operands: &[Access],
        place: usize,
        text: &'static str,
    ) -> Result<Access, String> {
        let formula = match self.formulas.get(&(row.name, place)) {
            Some(formula) => formula.clone(),
            None => Formula::parse(text)?,
        };
        let scope = graph.shape(id).to_vec();
        let output = Access::whole(graph, id);
        let bind = |name: &str| match row.operands.iter().position(|operand| operand.name == name) {
            Some(index) => Some(operands[index].clone()),
            None => (name == "y").then(|| output.clone()),
        };
        let result = formula.add(graph, &scope, &bind)?;
        self.formulas.insert((row.name, place), formula);
        Ok(result)
    }

    fn accumulate(&mut self, graph: &mut Graph, node: NodeId, contribution: &Access) {
        let shape = graph.shape(node).to_vec();
        let sum = match &self.of[node.0 as usize] {
            None => contribution.clone(),
            Some(present) if present == contribution => {
                let two = Access::scalar(graph.constant(2.0));
                construct::product(graph, &[two, contribution.clone()], &shape)
            }
            Some(present) => {
                let both = [&present.clone(), contribution];
                gates::add(&mut self.gates, graph, node, both, &shape)
            }
        };
        self.of[node.0 as usize] = Some(sum);
    }
}

/// What is said where a derivative is needed that a user's function does not have.
fn missing(row: &Scalar, place: usize) -> String {
    missing_derivative(row.declared.unwrap_or(row.name), row.operands[place].name)
}

/// Names a complete adjoint after its value, unless it is a value of the model itself.
fn name_adjoint(graph: &mut Graph, id: NodeId, adjoint: &Access, forward: usize) {
    if let Some(name) = graph.name(id)
        && adjoint.node.0 as usize >= forward
    {
        let name: Rc<str> = format!("{name}_bar").into();
        graph.set_name(adjoint.node, &name);
    }
}

/// `[x = y] / #{x = y}`: where the extremum `id` of `operand` is attained, ties in equal parts.
fn share_of_extremum(graph: &mut Graph, id: NodeId, operand: &Access) -> Access {
    let node = graph.node(id).clone();
    let scope: Vec<Dim> = node.scope();
    let attained =
        construct::map(graph, EQUAL, &[operand.clone(), Access::whole(graph, id)], &scope);
    let over: Vec<Label> = (node.shape.len() as Label..scope.len() as Label).collect();
    let ties = construct::contract(graph, std::slice::from_ref(&attained), &over, &scope);
    construct::map(graph, DIV, &[attained, ties], &scope)
}

/// A contribution in the consumer's labels, as a function of the operand's own axes.
///
/// Where the consumer read a diagonal, the contribution goes to the diagonal alone: it is picked by `δ(i,j)`.
fn into_own_labels(graph: &mut Graph, contribution: &Access, operand: &Access) -> Access {
    let shape = graph.shape(operand.node).to_vec();
    let position = |label: Label| operand.axes.iter().position(|&axis| axis == label);
    let axes = contribution
        .axes
        .iter()
        .map(|&label| position(label).map_or(FIXED, |axis| axis as Label))
        .collect();
    let mut own = Access { node: contribution.node, axes };
    for (axis, &label) in operand.axes.iter().enumerate() {
        let first = position(label).unwrap_or(axis);
        if label != FIXED && first != axis {
            let row = construct::counter(graph, first as Label, &shape);
            let column = construct::counter(graph, axis as Label, &shape);
            let delta = construct::map(graph, EQUAL, &[row, column], &shape);
            own = construct::map(graph, PICK, &[delta, own], &shape);
        }
    }
    own
}
