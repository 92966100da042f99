//! A loop written down: what the states begin with, and the equations of one step.
//!
//! A state after the step is the state's name with a prime. What a loop adds up begins with 0.

use super::names::Names;
use super::select::select_nodes;
use super::term::{Builder, Term};
use super::write::Writer;
use super::{Equation, equation};
use crate::ir::{Access, Body, Dim, Fold, FoldResult, Graph, Kind, NodeId, Order, Polynomial};
use crate::mathematics::{Math, Sign, Symbol, text};

/// A graph of which equations are written.
pub struct Scope<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// Which of its nodes have an equation.
    pub has_equation: &'a [bool],
    /// What they are called.
    pub names: &'a Names,
    /// The names the user wrote.
    pub written: &'a [String],
    /// In how many loops it is.
    pub depth: usize,
}

impl Scope<'_> {
    /// The equations of a loop.
    pub fn fold(&self, fold: &Fold) -> Result<Vec<Equation>, String> {
        let body = &fold.body;
        let mut selected = select_nodes(self.written, &body.graph, &body.roots())?;
        for sum in &body.sums {
            let is_of_loop = matches!(body.graph.node(*sum).kind, Kind::Fold { .. });
            selected[sum.0 as usize] &= is_of_loop || is_read(body, *sum);
        }
        let inside = self.names.inside(fold, &selected, self.written);
        let mut equations = self.beginning(fold, &inside.states)?;
        equations.push(self.heading(fold, &inside.counter));
        let scope = Scope {
            graph: &body.graph,
            has_equation: &selected,
            names: &inside.names,
            written: self.written,
            depth: self.depth + 1,
        };
        equations.extend(scope.all()?);
        equations.extend(scope.results(fold, self.names, &inside.states, &inside.counter)?);
        Ok(equations)
    }

    /// What the states begin with, and the sums.
    fn beginning(&self, fold: &Fold, states: &[Symbol]) -> Result<Vec<Equation>, String> {
        let mut equations = Vec::new();
        for (symbol, operand) in states.iter().zip(&fold.operands) {
            let (right, indices) = self.value(operand.node)?;
            if right != Math::Symbol(symbol.clone()) {
                let left = Math::Symbol(symbol.clone().at(indices));
                equations.push(self.line(fold.results[0].0, left, right));
            }
        }
        for (id, result) in &fold.results {
            if matches!(result, FoldResult::Sum(_)) {
                let left = Math::Symbol(self.names.symbol(*id));
                equations.push(self.line(*id, left, Math::Number(0.0)));
            }
        }
        Ok(equations)
    }

    fn heading(&self, fold: &Fold, counter: &Symbol) -> Equation {
        let last = Polynomial::from(&fold.body.steps).plus(&Polynomial::constant(-1));
        let last =
            Dim::from_polynomial(&last).map_or(Math::Number(0.0), |dim| self.names.extent(&dim));
        let dots = Math::symbol("…");
        let range = match fold.body.order {
            Order::Forward => vec![Math::Number(0.0), dots, last],
            Order::Backward => vec![last, dots, Math::Number(0.0)],
        };
        let left = Math::symbol(&format!("for {}", counter.stem));
        self.line(fold.results[0].0, left, Math::List(range))
    }

    /// The equations of the graph, in order.
    pub fn all(&self) -> Result<Vec<Equation>, String> {
        let mut equations = Vec::new();
        let folds = Fold::all(self.graph, |_| true);
        for id in self.graph.ids() {
            match &self.graph.node(id).kind {
                Kind::Fold { .. } => {
                    if let Some(fold) = folds.iter().find(|fold| fold.results[0].0 == id) {
                        equations.extend(self.fold(fold)?);
                    }
                }
                Kind::Leaf(_) => {}
                _ if self.has_equation[id.0 as usize] => {
                    let own = equation(self.graph, self.has_equation, self.names, id)?;
                    equations.push(Equation { depth: self.depth, ..own });
                }
                _ => {}
            }
        }
        Ok(equations)
    }

    /// The results of a step that have no equation of their own.
    fn results(
        &self,
        fold: &Fold,
        outer: &Names,
        states: &[Symbol],
        counter: &Symbol,
    ) -> Result<Vec<Equation>, String> {
        let body = &fold.body;
        let mut equations = Vec::new();
        for (&node, symbol) in body.next.iter().zip(states) {
            let next = symbol.clone().primed();
            let (value, indices) = self.value(node)?;
            if value != Math::Symbol(next.clone()) {
                equations.push(self.line(node, Math::Symbol(next.at(indices)), value));
            }
        }
        for (id, result) in &fold.results {
            let symbol = outer.symbol(*id);
            let node = body.root(*result);
            match result {
                FoldResult::State(_) => {}
                FoldResult::Collected(_) => {
                    let (value, mut indices) = self.value(node)?;
                    let is_batched = self.graph.is_batched(node) && !indices.is_empty();
                    indices.insert(usize::from(is_batched), Math::Symbol(counter.clone()));
                    equations.push(self.line(node, Math::Symbol(symbol.at(indices)), value));
                }
                FoldResult::Sum(_) => {
                    let (value, indices) = self.value(node)?;
                    let before = (Sign::Plus, Math::Symbol(symbol.clone().at(indices.clone())));
                    let sum = Math::Sum(vec![before, (Sign::Plus, value)]);
                    let left = Math::Symbol(symbol.primed().at(indices));
                    equations.push(self.line(node, left, sum));
                }
            }
        }
        Ok(equations)
    }

    /// A value as it is written where it is read, and the indices of what it is the value of, where it is written element by element.
    fn value(&self, node: NodeId) -> Result<(Math, Vec<Math>), String> {
        let is_leaf = matches!(self.graph.node(node).kind, Kind::Leaf(_));
        if is_leaf || self.has_equation[node.0 as usize] {
            return Ok((Math::Symbol(self.symbol(node)?), Vec::new()));
        }
        let own = equation(self.graph, self.has_equation, self.names, node)?;
        let indices = match own.left.first() {
            Some(Math::Symbol(symbol)) => symbol.indices.clone(),
            _ => Vec::new(),
        };
        Ok((own.right, indices))
    }

    /// A value by its name; numbers have none.
    fn symbol(&self, node: NodeId) -> Result<Symbol, String> {
        let mut builder = Builder::new(self.graph, self.has_equation);
        match builder.whole(&Access::whole(self.graph, node))? {
            Term::Read(id, _) => Ok(self.names.symbol(id)),
            term => {
                let extents = builder.extents;
                Ok(Symbol::new(&text(&Writer::new(self.names, &extents).index_form(&term))))
            }
        }
    }

    fn line(&self, node: NodeId, left: Math, right: Math) -> Equation {
        Equation { node, left: vec![left], right, depth: self.depth }
    }
}

/// Whether a step itself reads the value, or more than one result is made of it.
fn is_read(body: &Body, node: NodeId) -> bool {
    let graph = &body.graph;
    let read = graph.ids().flat_map(|id| graph.node(id).kind.operands()).map(|one| one.node);
    read.chain(body.roots()).filter(|&one| one == node).count() > 1
}
