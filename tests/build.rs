//! Writes the random programs of the compiler's tests as models, to be compiled for real.

#[path = "../compiler/tests/random_programs/catalogue.rs"]
mod catalogue;
#[path = "../compiler/tests/random_programs/expression.rs"]
mod expression;
#[path = "../compiler/tests/random_programs/generate.rs"]
mod generate;
#[path = "../compiler/tests/random_programs/inside.rs"]
mod inside;
#[path = "../compiler/tests/random_programs/loops.rs"]
mod loops;
#[path = "../compiler/tests/random_programs/places.rs"]
mod places;
#[path = "../compiler/tests/random_programs/placing.rs"]
mod placing;
#[path = "../compiler/tests/random_programs/random.rs"]
mod random;

use std::fmt::Write;

use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::lower::{self, Target};
use chainrule_compiler::rust_syntax;
use chainrule_compiler::tree::Role;

use self::catalogue::catalogue;
use self::generate::{Origin, Program, program};

/// Some are left out of the comparison because their values leave the domain; a hundred must remain.
const MODELS: u64 = 112;
/// Every so many models are there in single precision too.
const SINGLE: u64 = 3;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../compiler/tests/random_programs");
    let mut text = String::new();
    let mut table = String::new();
    for (name, program) in catalogue() {
        text += &module(&program, &name, "f64");
        let source = format!("Source::Catalogue({name:?})");
        let _ = writeln!(table, "{}", case(&source, &name, None));
    }
    for seed in 0..MODELS {
        let name = format!("random_{seed}");
        let program = program(&name, seed);
        text += &module(&program, &name, "f64");
        let single = seed.is_multiple_of(SINGLE).then_some(name.as_str());
        if single.is_some() {
            text += &module(&program, &name, "f32");
        }
        let _ = writeln!(table, "{}", case(&format!("Source::Random({seed})"), &name, single));
    }
    let _ = write!(text, "const CASES: &[Case] = &[{table}];");
    let folder = std::env::var("OUT_DIR").expect("cargo names the folder");
    std::fs::write(format!("{folder}/random_models.rs"), text).expect("the folder can be written");
}

/// An entry of the table.
fn case(source: &str, name: &str, single: Option<&str>) -> String {
    let single = single.map_or("None".into(), |name| format!("Some({name}_f32::run)"));
    format!("Case {{ source: {source}, double: {name}_f64::run, single: {single} }},")
}

/// The name of the generated type.
fn type_name(function: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    function.split('_').filter(|word| !word.is_empty()).map(capital).collect()
}

/// A module with the model and a function that runs it.
fn module(program: &Program, name: &str, scalar: &str) -> String {
    let Program { attribute, item, .. } = program;
    let mut constants = String::new();
    for (extent, _) in program.extents.iter().filter(|(_, origin)| *origin == Origin::Constant) {
        let _ = write!(
            constants,
            "#[allow(dead_code)] const {}: usize = {}; ",
            extent.text, extent.value
        );
    }
    let values = |wanted: Origin| program.extents.iter().filter(move |one| one.1 == wanted);
    let generics: Vec<String> =
        values(Origin::Generic).map(|(extent, _)| extent.value.to_string()).collect();
    let fields: Vec<String> = values(Origin::RunTime)
        .map(|(extent, _)| format!("{}: {}", extent.text.to_lowercase(), extent.value))
        .collect();
    let kind = type_name(name);
    let model = if generics.is_empty() {
        kind.clone()
    } else {
        format!("{kind}::<{}>", generics.join(", "))
    };
    let dims = if fields.is_empty() {
        String::new()
    } else {
        format!("{kind}Dims {{ {} }}, ", fields.join(", "))
    };
    let (inputs, predicts) = inputs(program);
    let target = inputs.len() - usize::from(predicts);
    let predict = if predicts {
        format!("model.predict({})?", inputs[..target].join(", "))
    } else {
        "Vec::new()".into()
    };
    format!(
        "mod {name}_{scalar} {{
            use chainrule::prelude::*;
            {constants}
            #[model(scalar = {scalar}, {attribute})]
            {item}
            pub fn run(values: &super::Values<{scalar}>) -> Result<super::Found<{scalar}>, chainrule::Error> {{
                let model = {model}::from_parameters({dims}values.parameters.clone())?;
                let batch = {model}::batch({dims}{inputs})?;
                let (loss, gradient) = model.loss_and_gradient(&batch);
                Ok(super::Found {{
                    loss,
                    loss_alone: model.loss(&batch),
                    gradient: gradient.parameters().to_vec(),
                    prediction: {predict},
                }})
            }}
        }}\n",
        inputs = inputs.join(", "),
    )
}

/// What the caller passes, the target last, and whether there is a prediction.
fn inputs(program: &Program) -> (Vec<String>, bool) {
    let tokens = |text: &str| text.parse().expect("the program is Rust");
    let parsed = rust_syntax::parse(tokens(&program.attribute), tokens(&program.item));
    let mut errors = Errors::new();
    let model = parsed.errors.check(parsed.model).ok().flatten().expect("the program is a model");
    let lowered = lower::lower(&model, &mut errors);
    let lowered = errors.check(lowered).ok().flatten().expect("the program has a meaning");
    let mut inputs = Vec::new();
    for (index, argument) in model.arguments.iter().enumerate() {
        match argument.role {
            Role::Param(_) => {}
            Role::Index(_) => inputs.push(format!("&values.indices[&{index}]")),
            Role::Input | Role::Data => inputs.push(format!("&values.reals[&{index}]")),
        }
    }
    match lowered.target {
        None => return (inputs, false),
        Some(Target::Values(_)) => inputs.push("&values.target".into()),
        Some(Target::Class(..)) => inputs.push("&values.classes".into()),
    }
    (inputs, true)
}
