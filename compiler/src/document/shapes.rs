//! The shapes of what goes in and comes out.

use super::Document;
use crate::ir::Dim;
use crate::lower::Target;
use crate::mathematics::{Math, text};
use crate::tree::{Extent, ResultKind, Role};

/// A line of the table of shapes.
pub struct Line {
    /// What the value is called in equations.
    pub name: String,
    /// Its extents in a batch, as text.
    pub shape: String,
    /// What it is.
    pub meaning: String,
}

impl Document<'_> {
    /// The arguments in order, then the prediction and the target.
    pub(super) fn shapes(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for (place, argument) in self.compiled.model.arguments.iter().enumerate() {
            let (batched, meaning) = match &argument.role {
                Role::Input if self.compiled.model.weights == Some(place) => {
                    (true, "weight of the example".to_string())
                }
                Role::Input => (true, "input".to_string()),
                Role::Param(_) => (false, "parameter".to_string()),
                Role::Data if !self.has_examples() => (false, "data".to_string()),
                Role::Data => (false, "data shared by all examples".to_string()),
                Role::Index(bound) if argument.shape.is_empty() => {
                    (true, format!("index below {}", self.extent(bound)))
                }
                Role::Index(bound) => (true, format!("indices below {}", self.extent(bound))),
            };
            let shape = self.shape(extents(&argument.shape), batched);
            lines.push(Line { name: text(&Math::symbol(&argument.name.text)), shape, meaning });
        }
        let prediction = self.compiled.model.prediction().map(|entry| &entry.name.text);
        for entry in self.compiled.model.outputs() {
            let ResultKind::Prediction { shape, .. } = &entry.result else { continue };
            let is_main = Some(&entry.name.text) == prediction;
            let names = &self.derivation.names;
            let name = if is_main { &names.prediction } else { &entry.name.text };
            let meaning = if is_main { "prediction" } else { "output" }.to_string();
            lines.push(Line {
                name: name.clone(),
                shape: self.shape(extents(shape), true),
                meaning,
            });
        }
        if let Some(target) = &self.compiled.target {
            let name = self.derivation.names.target.clone();
            let (shape, meaning) = match target {
                Target::Values(shape) => {
                    (self.shape(shape.iter().collect(), true), "target".to_string())
                }
                Target::Class(bound, shape) => {
                    let what = if shape.is_empty() { "a class" } else { "classes" };
                    (
                        self.shape(shape.iter().collect(), true),
                        format!("target, {what} below {}", self.extent(bound)),
                    )
                }
            };
            lines.push(Line { name, shape, meaning });
        }
        lines
    }

    /// An extent as text.
    pub(super) fn extent(&self, dim: &Dim) -> String {
        text(&self.derivation.names.extent(dim))
    }

    /// `N × D`.
    fn shape(&self, extents: Vec<&Dim>, batched: bool) -> String {
        let batch = batched.then_some(&Dim::Batch);
        let all: Vec<String> = batch
            .into_iter()
            .chain(extents)
            .map(|dim| match dim {
                Dim::Composite(_) => format!("({})", self.extent(dim)),
                _ => self.extent(dim),
            })
            .collect();
        if all.is_empty() { "scalar".into() } else { all.join(" × ") }
    }

    /// `shape [D, H]`, or that it is a number.
    pub(super) fn declared<'d>(&self, shape: impl Iterator<Item = &'d Dim>) -> String {
        let extents: Vec<String> = shape.map(|dim| self.extent(dim)).collect();
        if extents.is_empty() {
            "a number".into()
        } else {
            format!("shape [{}]", extents.join(", "))
        }
    }
}

fn extents(shape: &[Extent]) -> Vec<&Dim> {
    shape.iter().map(|extent| &extent.dim).collect()
}
