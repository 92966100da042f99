//! Values for the leaves of a model.

use chainrule_compiler::evaluate::Environment;
use chainrule_compiler::ir::{Dim, Leaf, Polynomial};
use chainrule_compiler::lower::Target;
use chainrule_compiler::tree::{Model, Role};

use super::generate::Program;
use super::random::Random;

/// Random values for every argument and the target, for so many examples.
pub fn environment(
    program: &Program,
    model: &Model,
    target: Option<&Target>,
    rows: u64,
    random: &mut Random,
) -> Environment {
    let mut environment = Environment::default();
    environment.extents.insert(Dim::Batch, rows);
    for (extent, _) in &program.extents {
        environment.extents.insert(Dim::named(&extent.text), extent.value);
    }
    for (index, argument) in model.arguments.iter().enumerate() {
        let dims: Vec<Dim> = argument.shape.iter().map(|extent| extent.dim.clone()).collect();
        let count = elements(&environment, &dims);
        let values = match &argument.role {
            Role::Index(bound) => {
                let bound = environment.extent(bound);
                (0..count * rows as usize).map(|_| random.below(bound) as f64).collect()
            }
            Role::Input => numbers(count * rows as usize, random),
            Role::Param(_) | Role::Data => numbers(count, random),
        };
        environment.leaves.insert(Leaf::Argument(index), values);
    }
    let target_values = match target {
        None => return environment,
        Some(Target::Class(bound, dims)) => {
            let bound = environment.extent(bound);
            let count = elements(&environment, dims) * rows as usize;
            (0..count).map(|_| random.below(bound) as f64).collect()
        }
        // Positive, because `kl_divergence` takes logarithms of the target.
        Some(Target::Values(dims)) => (0..elements(&environment, dims) * rows as usize)
            .map(|_| random.uniform(0.1, 1.2))
            .collect(),
    };
    environment.leaves.insert(Leaf::Target, target_values);
    environment
}

fn elements(environment: &Environment, dims: &[Dim]) -> usize {
    let count = Polynomial::product(dims)
        .evaluate(&|symbol| environment.extents.get(symbol).copied().unwrap_or(0));
    count as usize
}

fn numbers(count: usize, random: &mut Random) -> Vec<f64> {
    (0..count).map(|_| random.uniform(-1.5, 1.5)).collect()
}
