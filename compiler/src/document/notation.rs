//! The signs a model's equations use, explained.

use super::Document;
use crate::mathematics::text;

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
        let mut sentences = vec![
            format!(
                "{loss} is the loss of {examples} examples, which are the first axis of every array that has them."
            ),
            format!("A bar marks an adjoint: ā is ∂{loss}/∂a."),
        ];
        let letter = names.example_letter();
        let signs = [
            ("⊙", "⊙ multiplies element by element, · matrices and numbers.".to_string()),
            ("ᵀ", "Aᵀ is the transpose of A.".into()),
            ("Σ ", "Σ without an index sums all elements.".into()),
            ("select(", "select(c, a, b) is a where c is not 0 and b elsewhere.".into()),
            ("σ(", "σ(x) is 1/(1 + exp(−x)).".into()),
        ];
        sentences.extend(
            signs.into_iter().filter(|(sign, _)| occurs(sign)).map(|(_, sentence)| sentence),
        );
        if lines.iter().any(|line| has_bracket(line, true)) {
            sentences.push(format!("a[{letter},i] is an element of a; indices begin at 0."));
        }
        if lines.iter().any(|line| has_bracket(line, false)) {
            sentences.push("[c] is 1 where c holds and 0 elsewhere; 0 times anything is 0.".into());
        }
        sentences
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
