//! Random values: each occurrence in the source draws for itself.

use super::Lowering;
use super::call::Call;
use super::describe::describe;
use crate::construct;
use crate::diagnostic::meaning;
use crate::functions::scalar::MUL;
use crate::ir::{Access, Body, Distribution, Graph, Kind, Leaf, NodeId};

impl Lowering<'_> {
    /// A random number for each element of `like`, and for each example where that varies.
    pub(super) fn draw(&mut self, distribution: Distribution, like: NodeId) -> NodeId {
        let shape = self.graph.shape(like).to_vec();
        let site = self.draws;
        self.draws += 1;
        self.graph.leaf(Leaf::Random(distribution, site), shape)
    }

    /// `bernoulli_like(x, p)`.
    pub(super) fn bernoulli(&mut self, call: &Call, like: NodeId, p: NodeId) -> Option<NodeId> {
        let probability = self.probability(call, p, "a number from 0 to 1", |p| p <= 1.0)?;
        Some(self.draw(Distribution::Bernoulli(probability.to_bits()), like))
    }

    /// `dropout(x, p)`: `x` times 0 or `1/(1 − p)`.
    pub(super) fn dropout(&mut self, call: &Call, x: NodeId, p: NodeId) -> Option<NodeId> {
        let wanted = "a number of at least 0 and below 1";
        let probability = self.probability(call, p, wanted, |p| p < 1.0)?;
        if probability == 0.0 {
            return Some(x);
        }
        let factor = self.draw(Distribution::Dropout(probability.to_bits()), x);
        let scope = self.graph.shape(x).to_vec();
        let operands = [x, factor].map(|node| Access::whole(&self.graph, node));
        let product = construct::map(&mut self.graph, MUL, &operands, &scope);
        Some(product.node)
    }

    /// The body of a loop with what it draws captured from outside, where the numbers of all steps are drawn at once; and those, which
    /// come after the `captured` values that the body has.
    pub(super) fn drawn_outside(&mut self, body: Body, captured: usize) -> (Body, Vec<NodeId>) {
        let is_drawn =
            |id: NodeId| matches!(body.graph.node(id).kind, Kind::Leaf(Leaf::Random(..)));
        if !body.graph.ids().any(is_drawn) {
            return (body, Vec::new());
        }
        let mut graph = Graph::default();
        let mut drawn = Vec::new();
        let mut places: Vec<NodeId> = Vec::new();
        for id in body.graph.ids() {
            let node = body.graph.node(id);
            let place = if is_drawn(id) {
                let shape = [std::slice::from_ref(&body.steps), &node.shape].concat();
                let leaf = Leaf::Captured(captured + drawn.len());
                let outside = self.graph.intern(node.kind.clone(), shape.clone());
                if let Some(name) = body.graph.name(id) {
                    self.graph.set_name(outside, name);
                }
                drawn.push(outside);
                let all_steps = graph.leaf(leaf, shape);
                construct::at_step(&mut graph, all_steps)
            } else {
                let moved = |operand: &Access| Access {
                    node: places[operand.node.0 as usize],
                    axes: operand.axes.clone(),
                };
                let operands = node.kind.operands().iter().map(moved).collect();
                graph.intern(node.kind.with_operands(operands), node.shape.clone())
            };
            if let Some(name) = body.graph.name(id) {
                graph.set_name(place, name);
            }
            places.push(place);
        }
        let roots: Vec<NodeId> =
            body.roots().into_iter().map(|root| places[root.0 as usize]).collect();
        (body.with_roots(graph, &roots), drawn)
    }

    /// The second argument as a probability written in the source.
    fn probability(
        &mut self,
        call: &Call,
        node: NodeId,
        wanted: &str,
        fits: fn(f64) -> bool,
    ) -> Option<f64> {
        let number = self.graph.as_constant(node).filter(|&p| p >= 0.0 && fits(p));
        if number.is_none() {
            let source = call.operands[1];
            let message = meaning::not_a_literal;
            self.report(message(source.at, &call.name.text, "p", wanted, &describe(source)));
        }
        number
    }
}
