//! Random values: each occurrence in the source draws for itself.

use super::Lowering;
use super::call::Call;
use super::describe::describe;
use crate::construct;
use crate::diagnostic::meaning;
use crate::functions::scalar::MUL;
use crate::ir::{Access, Distribution, Leaf, NodeId};

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
