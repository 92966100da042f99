//! The signs a model's equations use, explained.

use super::Document;
use crate::ir::{Distribution, Kind, Leaf, NodeId};
use crate::mathematics::{Math, text};

impl Document<'_> {
    /// The equations, one line each.
    pub(super) fn lines(&self) -> Vec<String> {
        let equations = self
            .derivations()
            .flat_map(|derivation| derivation.forward.iter().chain(&derivation.backward));
        equations.map(|equation| text(&equation.math())).collect()
    }

    /// One sentence for each sign that occurs.
    pub(super) fn notation(&self) -> Vec<String> {
        let lines = self.lines();
        let occurs = |sign: &str| lines.iter().any(|line| line.contains(sign));
        let names = &self.derivation.names;
        let (loss, examples) = (&names.loss, &names.examples);
        let what = if self.has_examples() {
            format!(
                "the loss of {examples} examples, which are the first axis of every array that has them"
            )
        } else {
            "the loss, one number".into()
        };
        let mut sentences =
            vec![format!("{loss} is {what}."), format!("A bar marks an adjoint: ā is ∂{loss}/∂a.")];
        let letter = names.example_letter();
        let signs = [
            ("⊙", "⊙ multiplies element by element, · matrices and numbers.".to_string()),
            ("ᵀ", "Aᵀ is the transpose of A.".into()),
            (
                "′",
                "A prime marks a value after the step of a loop: h′ is h in the next step.".into(),
            ),
            ("Σ ", "Σ without an index sums all elements.".into()),
            ("select(", "select(c, a, b) is a where c is not 0 and b elsewhere.".into()),
            ("σ(", "σ(x) is 1/(1 + exp(−x)).".into()),
        ];
        sentences.extend(
            signs.into_iter().filter(|(sign, _)| occurs(sign)).map(|(_, sentence)| sentence),
        );
        if lines.iter().any(|line| has_bracket(line, true)) {
            let element =
                if self.has_examples() { format!("a[{letter},i]") } else { "a[i]".into() };
            sentences.push(format!("{element} is an element of a; indices begin at 0."));
        }
        if lines.iter().any(|line| has_bracket(line, false)) {
            sentences.push("[c] is 1 where c holds and 0 elsewhere; 0 times anything is 0.".into());
        }
        sentences.extend(self.draws());
        sentences
    }

    /// One sentence for each random value.
    fn draws(&self) -> Vec<String> {
        let graph = &self.compiled.gradient().graph;
        let drawn = graph.ids().filter_map(|id| match graph.node(id).kind {
            Kind::Leaf(Leaf::Random(distribution, _)) => Some((id, distribution)),
            _ => None,
        });
        let sentence = |(id, distribution): (NodeId, Distribution)| {
            let name = text(&Math::Symbol(self.derivation.names.symbol(id)));
            let law = law(distribution);
            let mean = text(&Math::Number(distribution.mean()));
            let each = if graph.is_batched(id) { " and example" } else { "" };
            format!(
                "{name} is drawn anew for each step{each} of training: {law}; elsewhere it is {mean}."
            )
        };
        drawn.map(sentence).collect()
    }
}

/// A distribution in words.
fn law(distribution: Distribution) -> String {
    let number = |bits| text(&Math::Number(f64::from_bits(bits)));
    match distribution {
        Distribution::Uniform => "uniform between 0 and 1".into(),
        Distribution::Normal => "normal with mean 0 and variance 1".into(),
        Distribution::Bernoulli(p) => format!("1 with probability {}, else 0", number(p)),
        Distribution::Dropout(p) => {
            let p = number(p);
            format!("0 with probability {p}, else 1/(1 − {p})")
        }
    }
}

/// Whether a bracket opens after a name, or elsewhere.
fn has_bracket(line: &str, after_name: bool) -> bool {
    let follows_name = |place: usize| {
        let before = line[..place].chars().next_back();
        before.is_some_and(|letter| {
            letter.is_alphanumeric() || matches!(letter, '_' | '\u{300}'..='\u{36f}')
        })
    };
    line.match_indices('[').any(|(place, _)| follows_name(place) == after_name)
}
