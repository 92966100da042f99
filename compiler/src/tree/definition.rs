//! What a model computes, as one text, and a number that tells it from others.

use std::fmt::Write;

use super::{Entry, Extent, Function, Loss, Model, Objective, ParameterKind, ResultKind, Role};

impl Model {
    /// What the model computes, as it is written: the same for two models that differ in their name, comments, spaces, first values of
    /// parameters or the derivatives asked for.
    pub fn definition(&self) -> String {
        let mut text = format!("{:?} {:?}\n", self.scalar, self.reduction);
        for argument in &self.arguments {
            let role = match &argument.role {
                Role::Input => "input".to_owned(),
                Role::Param(_) => "parameter".to_owned(),
                Role::Data => "data".to_owned(),
                Role::Index(bound) => format!("index below {bound}"),
            };
            let (name, shape) = (&argument.name.text, shape(&argument.shape));
            text.push_str(&format!("{role} {name}{shape}\n"));
        }
        for entry in &self.entries {
            text.push_str(&self.entry_text(entry));
        }
        for function in &self.functions {
            // A model of one function is called as that is.
            let is_model = function.name.text == self.name.text;
            let name = if is_model { "model" } else { &*function.name.text };
            text.push_str(&function_text(name, function));
        }
        for scalar in &self.scalars {
            let _ = write!(text, "scalar {}", scalar.name.text);
            for operand in &scalar.operands {
                let _ = write!(text, " {}", operand.name.text);
                operand.derivative.iter().for_each(|derivative| {
                    let _ = write!(text, " = {derivative}");
                });
            }
            text.push('\n');
        }
        for literal in &self.literals {
            text.push_str(&format!("{} = {}\n", literal.name.text, literal.value));
        }
        if let Some(weights) = self.weights {
            text.push_str(&format!("weights {}\n", self.arguments[weights].name.text));
        }
        text + &objective_text(&self.objective)
    }

    /// The 64-bit FNV-1a hash of the definition.
    ///
    /// # References
    /// Fowler, Noll & Vo (1991), as in the IETF draft *The FNV Non-Cryptographic Hash Algorithm*.
    pub fn definition_hash(&self) -> u64 {
        self.definition().bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    fn entry_text(&self, entry: &Entry) -> String {
        let result = match &entry.result {
            ResultKind::Prediction { shape: extents, .. } => {
                format!("prediction{}", shape(extents))
            }
            ResultKind::Loss { .. } => "loss".to_owned(),
        };
        let arguments = entry.arguments.iter().map(|&index| &*self.arguments[index].name.text);
        let arguments: Vec<&str> = arguments.collect();
        format!("entry {} of {}: {result}\n", entry.function, arguments.join(" "))
    }
}

fn shape(extents: &[Extent]) -> String {
    let extents: Vec<String> = extents.iter().map(|extent| extent.dim.to_string()).collect();
    format!("[{}]", extents.join(", "))
}

fn function_text(name: &str, function: &Function) -> String {
    let parameters = function.parameters.iter().map(|parameter| {
        let kind = match &parameter.kind {
            ParameterKind::Any => String::new(),
            ParameterKind::Shaped(extents) => shape(extents),
            ParameterKind::Class(bound, extents) => format!("{} below {bound}", shape(extents)),
        };
        format!("{}{kind}", parameter.name.text)
    });
    let parameters: Vec<String> = parameters.collect();
    let result = function.result.as_deref().map_or(String::new(), shape);
    let (dims, body) = (function.dims.join(" "), &function.body);
    format!("function {name}<{dims}> ({}) {result} = {body}\n", parameters.join(", "))
}

fn objective_text(objective: &Objective) -> String {
    match objective {
        Objective::Entry(place) => format!("objective {place}\n"),
        Objective::OfPrediction(place, Loss::Named { name, settings }) => {
            let settings: Vec<String> = settings.iter().map(ToString::to_string).collect();
            format!("objective {place} {} {}\n", name.text, settings.join(" "))
        }
        Objective::OfPrediction(place, Loss::Closure { prediction, target, body }) => {
            format!("objective {place} |{} {}| {body}\n", prediction.text, target.text)
        }
    }
}
