//! Loops: what the body assigns is carried from step to step, what it mentions from outside is captured.
//!
//! The body is lowered into a graph of its own, in which every name from outside is a leaf. Names keep their places in the list of names,
//! so an assignment in the body is seen after it as the state's next value.
//!
//! A loop with checkpoints is two: over segments, whose states alone are kept, and inside it over the steps of a segment; then one more over
//! the steps that are left.

use std::rc::Rc;

use super::integer::Affine;
use super::{Around, Lowering, Value};
use crate::construct;
use crate::diagnostic::meaning;
use crate::ir::{Body, Dim, FoldResult, Graph, Kind, Leaf, NodeId, Order, Polynomial};
use crate::tree::{Binding, Expr, Loop, Statement};

/// The name of the counter's first value, which no name of a user is.
const FIRST: &str = "";

/// A loop in the graph around it.
struct Lowered {
    body: Rc<Body>,
    operands: Vec<NodeId>,
}

/// A loop whose body is being lowered.
struct Attempt<'a> {
    inner: &'a Loop,
    steps: &'a Dim,
    /// The steps of a segment, for a loop over segments.
    every: Option<u64>,
    /// The places of the states among the names.
    states: &'a [usize],
    /// The initial states.
    initial: &'a [NodeId],
    /// Whether the states differ from example to example.
    is_batched: bool,
}

impl Lowering<'_> {
    /// A loop for what it assigns; the value of its steps, collected, where they have one.
    pub(super) fn for_loop(&mut self, inner: &Loop) -> Value {
        self.try_loop(inner).unwrap_or_else(|| {
            for place in self.states_of(inner) {
                self.names[place].1 = Value::Unknown;
            }
            Value::Unknown
        })
    }

    /// `name = value;`.
    pub(super) fn assign(&mut self, binding: &Binding) {
        let value = self.expression(&binding.value);
        let value = self.bound(&binding.name.text, value);
        match self.place_of(&binding.name.text) {
            Some(place) => self.names[place].1 = value,
            None => self.report(meaning::bug(binding.name.at, "an unknown name is assigned to")),
        }
    }

    fn place_of(&self, name: &str) -> Option<usize> {
        self.names.iter().rposition(|(known, _)| known == name)
    }

    /// The places of the names from outside that the body assigns to, in the order of the first assignments.
    fn states_of(&self, inner: &Loop) -> Vec<usize> {
        let mut names = Vec::new();
        assigned(&inner.statements, &mut Vec::new(), &mut names);
        names.iter().filter_map(|name| self.place_of(name)).collect()
    }

    fn try_loop(&mut self, inner: &Loop) -> Option<Value> {
        let (steps, first) = self.steps(inner)?;
        let Some((every, at)) = inner.checkpoint else {
            return self.run(inner, &steps, Affine::constant(first), None);
        };
        if inner.value.is_some() {
            self.report(meaning::checkpoint_collects(at));
            return None;
        }
        let count = Polynomial::from(&steps);
        let segments = count.quotient(every);
        let in_segments = segments.scaled(i64::try_from(every).ok()?);
        let rest = count.plus(&in_segments.scaled(-1));
        let mut parts =
            vec![(segments, first.clone(), Some(every)), (rest, first.plus(&in_segments), None)];
        if inner.reversed {
            parts.reverse();
        }
        for (steps, first, every) in parts {
            let steps = Dim::from_polynomial(&steps)?;
            if steps != Dim::Fixed(0) {
                self.run(inner, &steps, Affine::constant(first), every)?;
            }
        }
        Some(Value::Unknown)
    }

    /// A loop whose counter begins with `first`; or over segments of so many steps.
    fn run(
        &mut self,
        inner: &Loop,
        steps: &Dim,
        first: Affine,
        every: Option<u64>,
    ) -> Option<Value> {
        let states = self.states_of(inner);
        let mut initial = Vec::new();
        for &place in &states {
            let (name, value) = self.names[place].clone();
            match value {
                Value::Array(node) => initial.push(node),
                Value::Unknown => return None,
                _ => {
                    self.report(meaning::state_is_not_numbers(inner.at, &name));
                    return None;
                }
            }
        }
        let is_batched = initial.iter().any(|&node| self.graph.is_batched(node));
        let (states, initial) = (&*states, &*initial);
        let mut attempt = Attempt { inner, steps, every, states, initial, is_batched };
        // Inside, the first value of the counter is seen from there as every other name is.
        self.names.push((FIRST.to_owned(), Value::Integer(first)));
        let mut lowered = self.body_of(&attempt);
        if !is_batched && lowered.as_ref().is_some_and(|lowered| lowered.body.is_batched()) {
            attempt.is_batched = true;
            lowered = self.body_of(&attempt);
        }
        self.names.pop();
        Some(self.results(&attempt, &lowered?))
    }

    /// How many steps there are, and the counter's value in the first.
    fn steps(&mut self, inner: &Loop) -> Option<(Dim, Polynomial)> {
        let (first, end) = (self.loop_bound(&inner.first), self.loop_bound(&inner.end));
        let (first, end) = (first?, end?);
        let count = end.plus(&first.scaled(-1));
        let is_empty = count.scaled(-1).is_nonnegative();
        match Dim::from_polynomial(&count).filter(|_| count.is_nonnegative() && !is_empty) {
            Some(steps) => Some((steps, first)),
            None => {
                let (first, end) = (first.to_string(), end.to_string());
                self.report(if is_empty {
                    meaning::empty_loop(inner.at, &first, &end)
                } else {
                    meaning::undecidable_loop(inner.at, &first, &end)
                });
                None
            }
        }
    }

    /// A bound of a loop.
    fn loop_bound(&mut self, expression: &Expr) -> Option<Polynomial> {
        let bound = self.integer(expression)?;
        let known = bound.as_polynomial().cloned();
        if known.is_none() {
            self.report(meaning::bound_depends_on_counter(expression.at));
        }
        known
    }

    /// Lowers the body in a graph of its own.
    fn body_of(&mut self, attempt: &Attempt) -> Option<Lowered> {
        let errors = self.errors.count();
        let outer_graph = std::mem::take(&mut self.graph);
        let outer_names = self.names.clone();
        let mut captured = Vec::new();
        for (place, (name, value)) in outer_names.iter().enumerate() {
            let value = match attempt.states.iter().position(|&state| state == place) {
                Some(state) => {
                    let shape = attempt.state_shape(&outer_graph, state);
                    let leaf = self.graph.leaf(Leaf::State(state), shape);
                    self.name_node(leaf, name);
                    Value::Array(leaf)
                }
                None => value.map_nodes(&mut |node| {
                    capture(&outer_graph, &mut self.graph, &mut captured, node)
                }),
            };
            self.names[place].1 = value;
        }
        self.around.push(Around { graph: outer_graph, captured });
        let found = self.steps_of(attempt);
        let Around { graph: outer_graph, captured } = self.around.pop()?;
        let graph = std::mem::replace(&mut self.graph, outer_graph);
        self.names = outer_names;
        let (next, collected) = found.filter(|_| self.errors.count() == errors)?;
        let order = if attempt.inner.reversed { Order::Backward } else { Order::Forward };
        let body = Body {
            graph,
            steps: attempt.steps.clone(),
            order,
            next,
            collected,
            sums: Vec::new(),
            recomputed: attempt.every.is_some(),
        };
        let (body, read) = body.compacted();
        let (body, drawn) = self.drawn_outside(body, read.len());
        let mut operands = attempt.initial.to_vec();
        if attempt.is_batched {
            operands = operands.into_iter().map(|node| self.with_batch(node)).collect();
        }
        operands.extend(read.into_iter().map(|place| captured[place]));
        operands.extend(drawn);
        Some(Lowered { body: Rc::new(body), operands })
    }

    /// The statements and the value of a step: the next states, and what is collected.
    fn steps_of(&mut self, attempt: &Attempt) -> Option<(Vec<NodeId>, Vec<NodeId>)> {
        let inner = attempt.inner;
        let counter = self.counter(attempt)?;
        if let Some(every) = attempt.every {
            self.run(inner, &Dim::Fixed(every), counter, None)?;
        } else {
            self.names.push((inner.counter.text.clone(), Value::Integer(counter)));
            for statement in &inner.statements {
                self.statement(statement);
            }
        }
        let mut collected = Vec::new();
        if let Some(expression) = &inner.value {
            let value = self.expression(expression);
            collected.push(self.array(&value, expression.at)?);
        }
        self.name_derivatives();
        let mut next = Vec::new();
        for (state, &place) in attempt.states.iter().enumerate() {
            let (name, value) = self.names[place].clone();
            let node = self.array(&value, inner.at)?;
            let before = shape_of_state(&self.graph, state);
            let after = self.example_shape(node);
            if before != after {
                self.report(meaning::state_changes_shape(inner.at, &name, &before, &after));
                return None;
            }
            self.name_node(node, &format!("{name}_next"));
            next.push(node);
        }
        if attempt.is_batched {
            next = next.into_iter().map(|node| self.with_batch(node)).collect();
            collected = collected.into_iter().map(|node| self.with_batch(node)).collect();
        }
        Some((next, collected))
    }

    /// The value of the counter in a step; of a loop over segments, in the first step of the segment.
    fn counter(&mut self, attempt: &Attempt) -> Option<Affine> {
        let step = self.graph.leaf(Leaf::Step, Vec::new());
        let last = Polynomial::from(attempt.steps).plus(&Polynomial::constant(-1));
        let step = Affine::integer(step, Polynomial::default(), last);
        let stride = i64::try_from(attempt.every.unwrap_or(1)).ok()?;
        match self.names.last() {
            Some((name, Value::Integer(first))) if name == FIRST => {
                Some(step.times(&Polynomial::constant(stride)).plus(first))
            }
            _ => None,
        }
    }

    /// The results of a loop: states under their names, what is collected as its value.
    fn results(&mut self, attempt: &Attempt, lowered: &Lowered) -> Value {
        let Lowered { body, operands } = lowered;
        let mut result = |result| construct::fold_result(&mut self.graph, body, operands, result);
        let states: Vec<NodeId> =
            (0..attempt.states.len()).map(|state| result(FoldResult::State(state))).collect();
        let collected = match body.collected.as_slice() {
            [] => Value::Unknown,
            _ => Value::Array(result(FoldResult::Collected(0))),
        };
        for (&place, node) in attempt.states.iter().zip(states) {
            let name = self.names[place].0.clone();
            self.name_node(node, &name);
            self.names[place].1 = self.bound(&name, Value::Array(node));
        }
        collected
    }
}

impl Attempt<'_> {
    fn state_shape(&self, outer: &Graph, state: usize) -> Vec<Dim> {
        let mut shape = outer.shape(self.initial[state]).to_vec();
        if self.is_batched && shape.last() != Some(&Dim::Batch) {
            shape.push(Dim::Batch);
        }
        shape
    }
}

/// The shape of a state for one example, from its leaf in the body.
fn shape_of_state(body: &Graph, state: usize) -> Vec<Dim> {
    let is_leaf = |id: &NodeId| body.node(*id).kind == Kind::Leaf(Leaf::State(state));
    let shape = body.ids().find(is_leaf).map_or(&[][..], |leaf| body.shape(leaf));
    shape.iter().filter(|dim| **dim != Dim::Batch).cloned().collect()
}

/// A value from outside as a leaf of the body; numbers are numbers there too.
fn capture(outer: &Graph, inner: &mut Graph, captured: &mut Vec<NodeId>, node: NodeId) -> NodeId {
    let (kind, shape) = (&outer.node(node).kind, outer.shape(node).to_vec());
    if let Kind::Leaf(
        leaf @ (Leaf::Constant(_) | Leaf::Extent(_) | Leaf::Named(_) | Leaf::Counter(_)),
    ) = kind
    {
        return inner.leaf(leaf.clone(), shape);
    }
    let place = captured.iter().position(|known| *known == node).unwrap_or_else(|| {
        captured.push(node);
        captured.len() - 1
    });
    let leaf = inner.leaf(Leaf::Captured(place), shape);
    if let Some(name) = outer.name(node) {
        inner.set_name(leaf, name);
    }
    leaf
}

/// The names from outside that statements assign to.
fn assigned(statements: &[Statement], own: &mut Vec<String>, found: &mut Vec<String>) {
    for statement in statements {
        match statement {
            Statement::Let(binding) => own.push(binding.name.text.clone()),
            Statement::Assign(binding) => {
                let name = &binding.name.text;
                if !own.contains(name) && !found.contains(name) {
                    found.push(name.clone());
                }
            }
            Statement::For(inner) => {
                let mut inside = own.clone();
                inside.push(inner.counter.text.clone());
                assigned(&inner.statements, &mut inside, found);
            }
        }
    }
}
