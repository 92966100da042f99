//! Arrays, and what an expression of the language gives for them.

use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::evaluate::{Environment, evaluate};
use chainrule_compiler::ir::{Dim, Leaf};
use chainrule_compiler::{lower, rust_syntax};

/// Numbers, row-major.
#[derive(Clone, Debug)]
pub struct Array {
    /// The extents.
    pub shape: Vec<usize>,
    /// The numbers.
    pub data: Vec<f64>,
}

impl Array {
    /// An array by its elements.
    pub fn from(shape: &[usize], element: impl Fn(&[usize]) -> f64) -> Array {
        let count: usize = shape.iter().product();
        let data = (0..count).map(|mut place| {
            let mut index = vec![0; shape.len()];
            for (axis, extent) in shape.iter().enumerate().rev() {
                index[axis] = place % extent;
                place /= extent;
            }
            element(&index)
        });
        Array { shape: shape.to_vec(), data: data.collect() }
    }

    /// Numbers without a pattern.
    pub fn wave(shape: &[usize], speed: f64) -> Array {
        let count: usize = shape.iter().product();
        let data = (0..count).map(|place| (0.3 + place as f64 * speed).sin()).collect();
        Array { shape: shape.to_vec(), data }
    }

    /// An element.
    pub fn at(&self, index: &[usize]) -> f64 {
        self.data[index.iter().zip(&self.shape).fold(0, |place, (i, extent)| place * extent + i)]
    }
}

/// The value of an expression over named arrays.
pub fn value(expression: &str, given: &[(&str, &Array)]) -> Array {
    let arguments: Vec<String> = given
        .iter()
        .map(|(name, array)| {
            let extents: Vec<String> = array.shape.iter().map(ToString::to_string).collect();
            format!("{name}: Data<{}>", extents.join(", "))
        })
        .collect();
    let item = format!(
        "fn m({}, p: Param) -> Loss {{ let value = {expression}; p*sum(value) }}",
        arguments.join(", ")
    );
    let parse = |text: &str| text.parse().expect("the program is Rust");
    let parsed = rust_syntax::parse(parse("scalar = f64"), parse(&item));
    let model = parsed.errors.check(parsed.model).expect("the syntax is right").expect("a model");
    let mut errors = Errors::new();
    let program = lower::lower(&model, &mut errors);
    let program = errors.check(program).unwrap_or_else(|found| panic!("{expression}: {found:#?}"));
    let graph = program.expect("a program").graph;
    let named =
        |name: &str| graph.ids().find(|&id| graph.name(id).is_some_and(|known| &**known == name));
    let root = named("value").expect("the value has its name");
    let leaves = given.iter().enumerate();
    let environment = Environment {
        leaves: leaves
            .map(|(index, (_, array))| (Leaf::Argument(index), array.data.clone()))
            .collect(),
        ..Environment::default()
    };
    let data = evaluate(&graph, &[root], &environment).expect("every leaf has a value").remove(0);
    let shape = graph.shape(root).iter().map(|dim| match dim {
        Dim::Fixed(extent) => *extent as usize,
        other => panic!("{other} is not a number"),
    });
    Array { shape: shape.collect(), data }
}

/// The same shape, and the same numbers but for rounding.
pub fn close(found: &Array, expected: &Array) {
    assert_eq!(found.shape, expected.shape);
    for (one, other) in found.data.iter().zip(&expected.data) {
        assert!((one - other).abs() <= 1e-13 * other.abs().max(1.0), "{found:?}, not {expected:?}");
    }
}
