//! The signs a model's equations use, explained.

use super::Document;
use crate::mathematics::text;

impl Document<'_> {
    /// The equations, one line each.
    pub(super) fn lines(&self) -> Vec<String> {
        let equations = self.derivation.forward.iter().chain(&self.derivation.backward);
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
        let mut explain = |sign: &str, sentence: &str| {
            if occurs(sign) {
                sentences.push(sentence.to_string());
            }
        };
        explain("⊙", "⊙ multiplies element by element, · matrices and numbers.");
        explain("ᵀ", "Aᵀ is the transpose of A.");
        explain("Σ ", "Σ without an index sums all elements.");
        explain("[", "a[n,i] is an element; indices begin at 0.");
        if lines
            .iter()
            .any(|line| line.contains(" = [") || line.contains("·[") || line.contains("⊙ ["))
        {
            sentences.push("[c] is 1 where c holds and 0 elsewhere; 0 times anything is 0.".into());
        }
        let mut explain = |sign: &str, sentence: &str| {
            if occurs(sign) {
                sentences.push(sentence.to_string());
            }
        };
        explain("select(", "select(c, a, b) is a where c is not 0 and b elsewhere.");
        explain("σ(", "σ(x) is 1/(1 + exp(−x)).");
        sentences
    }
}
