//! The names of the generated items, and which of them a signature may not take.

use quote::format_ident;

use super::{Reader, Surface};
use crate::diagnostic::syntax::{functions, names as messages};
use crate::tree::{Argument, Entry, Model, Name, Role, Symbol, SymbolSource};

/// Every method a model has, its own and those of the traits it implements.
pub const METHODS: &[&str] = &[
    "zeros",
    "seeded",
    "from_parameters",
    "batch",
    "predict",
    "loss",
    "loss_and_gradient",
    "equations",
    "plan",
    "parameters",
    "parameters_mut",
    "layout",
    "dims",
    "workspace",
    "loss_into",
    "loss_and_gradient_into",
    "touched",
    "loss_and_touched_gradient_into",
    "loss_in_f64",
    "rows",
    "batch_dims",
    "slice",
    "batch_buffer",
    "gather",
    "output_width",
    "predict_into",
    "predict_to",
    "targets",
    "residual_width",
    "residuals_into",
    "observations",
    "residuals_and_jacobian_into",
    "jacobian_vector_product_into",
    "vector_jacobian_product_into",
    "normal_equations_into",
    "sparse_jacobian",
    "residuals_and_sparse_jacobian_into",
    "hessian_vector_product_into",
    "hessian_into",
    "input_width",
    "input_gradient_into",
    "prediction_width",
    "input_jacobian_into",
    "clone",
    "eq",
    "fmt",
];

/// Types that generated code names without a path; a model of that name would hide them.
#[rustfmt::skip]
pub const TYPES: &[&str] = &[
    "Batch", "BatchBuffer", "Clone", "Data", "Declared", "Err", "Error", "Examples", "Extents", "Index", "Indices", "Initializer", "Input",
    "IntoIterator", "Isa", "Iterator", "Kernel", "LaneSums", "Loss", "LossAndGradient", "Matrix", "Model", "None", "Ok",
    "Option", "Order", "Output", "Param", "ParameterLayout", "ParametersOf", "Predict", "Real", "Reduction", "Result", "Self", "Some",
    "Update", "Values", "Vec", "Workspace", "WorkspaceOf", "WorkspaceSize",
];

/// The struct of a model: `mlp_two` gives `MlpTwo`.
pub fn type_name(function: &str) -> String {
    let words = function.trim_start_matches("r#").split('_').filter(|word| !word.is_empty());
    let name: String = words.map(capitalized).collect();
    if name.starts_with(char::is_alphabetic) { name } else { format!("Model{name}") }
}

/// The method that shows a parameter, which ends in `_mut` where it lends it to be changed.
pub fn view_name(parameter: &str) -> String {
    parameter.to_lowercase()
}

/// The field of the `Dims` struct for a name of `dims(..)`.
pub fn field_name(dimension: &str) -> String {
    dimension.to_lowercase()
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}

/// Reports names that generated items cannot have, and gives them others for the stub.
pub(super) fn check(reader: &mut Reader, outline: &mut Model, surface: &mut Surface) {
    let type_name = type_name(&outline.name.text);
    if TYPES.contains(&type_name.as_str()) {
        let name = &mut outline.name;
        reader.add(messages::reserved_model(name.at, &name.text, &type_name));
        name.text += "_model";
    }
    check_entries(reader, outline, surface);
    for place in taken_fields(reader, &outline.symbols) {
        let name = &mut outline.symbols[place].name.text;
        *name = format!("{name}_{place}");
    }
    for place in taken_arguments(reader, outline) {
        let name = &mut outline.arguments[place].name.text;
        *name = format!("{name}_{place}");
        surface.arguments[place].name = format_ident!("{name}");
    }
}

/// The methods an entry gives.
pub fn entry_methods(entry: &Entry) -> Vec<String> {
    let name = &entry.name.text;
    let endings: &[&str] = if entry.is_output() {
        &["", "_to"]
    } else {
        &["", "_into", "_and_gradient", "_and_gradient_into"]
    };
    endings.iter().map(|ending| format!("{name}{ending}")).collect()
}

/// Reports entries of a module that give methods others have.
fn check_entries(reader: &mut Reader, outline: &Model, surface: &Surface) {
    if surface.module.is_none() {
        return;
    }
    let mut taken: Vec<(String, &str)> = Vec::new();
    for entry in &outline.entries {
        let Name { text, at } = &entry.name;
        let own = if entry.is_output() { "predict" } else { "loss" };
        for method in entry_methods(entry) {
            if text != own && METHODS.contains(&method.as_str()) {
                reader.add(functions::reserved_entry(*at, text));
                break;
            }
            if let Some((_, other)) = taken.iter().find(|(known, _)| *known == method) {
                reader.add(functions::colliding_entries(*at, text, other, &method));
                break;
            }
            taken.push((method, text));
        }
    }
}

/// The places of arguments whose names, or names of methods, others have taken.
fn taken_arguments(reader: &mut Reader, model: &Model) -> Vec<usize> {
    let mut taken = Taken::new(model);
    let arguments = model.arguments.iter().enumerate();
    arguments
        .filter(|(_, argument)| !taken.take(reader, argument))
        .map(|(place, _)| place)
        .collect()
}

/// The places of names of `dims(..)` that cannot be fields of one struct.
fn taken_fields(reader: &mut Reader, symbols: &[Symbol]) -> Vec<usize> {
    let mut fields: Vec<(String, &str)> = Vec::new();
    let mut taken = Vec::new();
    for (place, Symbol { name, source }) in symbols.iter().enumerate() {
        if *source != SymbolSource::RunTime {
            continue;
        }
        let field = field_name(&name.text);
        if is_keyword(&field) {
            reader.add(messages::keyword_dimension(name.at, &name.text, &field));
            taken.push(place);
        } else if let Some((_, other)) = fields.iter().find(|(known, _)| *known == field) {
            reader.add(messages::colliding_dimensions(name.at, &name.text, other, &field));
            taken.push(place);
        }
        fields.push((field, &name.text));
    }
    taken
}

/// The names arguments and their methods have taken so far.
struct Taken<'a> {
    model: &'a Model,
    arguments: Vec<&'a str>,
    /// Methods with the parameters they belong to.
    methods: Vec<(String, &'a str)>,
}

impl<'a> Taken<'a> {
    fn new(model: &'a Model) -> Taken<'a> {
        Taken { model, arguments: Vec::new(), methods: Vec::new() }
    }

    /// Takes the names of an argument, or says why that cannot be.
    fn take(&mut self, reader: &mut Reader, argument: &'a Argument) -> bool {
        let name = &argument.name;
        if self.arguments.contains(&name.text.as_str()) {
            reader.add(messages::duplicate_argument(name.at, &name.text));
            return false;
        }
        let is_free = match argument.role {
            Role::Param(_) => self.take_methods(reader, name),
            Role::Input | Role::Data | Role::Index(_) => self.check_caller_argument(reader, name),
        };
        self.arguments.push(&name.text);
        is_free
    }

    fn take_methods(&mut self, reader: &mut Reader, name: &'a Name) -> bool {
        let view = view_name(&name.text);
        if is_keyword(&view) {
            reader.add(messages::keyword_parameter(name.at, &name.text, &view));
            return false;
        }
        let methods = [view.clone(), format!("{view}_mut")];
        for method in &methods {
            if METHODS.contains(&method.as_str()) {
                reader.add(messages::reserved_parameter(name.at, &name.text, method));
                return false;
            }
            if let Some((_, other)) = self.methods.iter().find(|(known, _)| known == method) {
                reader.add(messages::colliding_parameters(name.at, &name.text, other, method));
                return false;
            }
            let gives = |entry: &&Entry| entry_methods(entry).contains(method);
            if let Some(entry) = self.model.entries.iter().find(gives) {
                let (at, entry) = (name.at, &entry.name.text);
                reader.add(functions::parameter_as_entry(at, &name.text, entry, method));
                return false;
            }
        }
        self.methods.extend(methods.map(|method| (method, name.text.as_str())));
        true
    }

    /// What the caller passes becomes an argument of `batch` and `predict`.
    fn check_caller_argument(&self, reader: &mut Reader, name: &Name) -> bool {
        let named = |symbol: &&Symbol| symbol.name.text == name.text;
        let symbol = self.model.symbols.iter().find(named);
        if symbol.is_some_and(|symbol| symbol.source != SymbolSource::RunTime) {
            reader.add(messages::argument_is_dimension(name.at, &name.text));
            return false;
        }
        let mut sources = self.model.symbols.iter().map(|symbol| symbol.source);
        let is_taken = match name.text.as_str() {
            "target" => self.model.has_target(),
            "dims" => sources.any(|source| source == SymbolSource::RunTime),
            _ => false,
        };
        if is_taken {
            reader.add(messages::reserved_argument(name.at, &name.text));
        }
        !is_taken
    }
}

/// Whether a word of Rust cannot be a name.
fn is_keyword(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_err()
}
