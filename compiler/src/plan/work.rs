//! What the tiles of a plan cost for each example, roughly: enough to tell whether other threads are worth waking.

use super::{Loop, Phase, Plan, Value, Work};

use crate::ir::{Dim, Monomial, Polynomial};

/// A loop's operation, in multiplications and additions of a matrix product: it reads and writes memory for each.
const OPERATION: i64 = 2;
/// An element that is copied, or found at a place an integer says.
const COPY: i64 = 2;
/// A random number.
const DRAW: i64 = 64;
/// An operation of a function of matrices, whose lanes are few.
const OF_MATRICES: i64 = 8;

impl Plan {
    /// What the tiles cost for each example, where one multiplication and addition of a matrix product costs 1.
    pub fn work_per_example(&self) -> Polynomial {
        let tiled = self.steps.iter().filter(|step| step.phase == Phase::Tile);
        per_example(&sum(tiled.map(|step| self.cost(&step.work, false))))
    }

    /// How much of that is in matrix products.
    pub fn products_per_example(&self) -> Polynomial {
        let tiled = self.steps.iter().filter(|step| step.phase == Phase::Tile);
        per_example(&sum(tiled.map(|step| self.cost(&step.work, true))))
    }

    fn cost(&self, work: &Work, only_products: bool) -> Polynomial {
        let elements = |buffer: usize| self.buffers[buffer].elements();
        match work {
            Work::Product(product) if product.factors.len() == 2 => {
                Polynomial::product(&product.scope)
            }
            Work::Fold(fold) => {
                let steps = sum(fold.body.iter().map(|work| self.cost(work, only_products)));
                steps.times(&Polynomial::from(&fold.steps))
            }
            _ if only_products => Polynomial::default(),
            Work::Product(product) => Polynomial::product(&product.scope).scaled(COPY),
            Work::Loop(nest) => of_loop(nest),
            Work::Matrix(step) => {
                step.function.operations(&step.rows).times(&step.lanes).scaled(OF_MATRICES)
            }
            Work::Draw { buffer, .. } => elements(*buffer).scaled(DRAW),
            Work::Load { buffer, .. }
            | Work::Clear { buffer, .. }
            | Work::StoreRows { buffer }
            | Work::StoreColumns { buffer, .. }
            | Work::StoreEntries { buffer, .. }
            | Work::StoreBlock { buffer, .. } => elements(*buffer).scaled(COPY),
            Work::Number { .. } => Polynomial::default(),
        }
    }
}

fn of_loop(nest: &Loop) -> Polynomial {
    let gathered = nest.values.iter().filter(|value| matches!(value, Value::Gather(..))).count();
    let copied = COPY * (gathered + nest.effects.len()) as i64;
    Polynomial::product(&nest.domain).scaled(i64::from(nest.operations()) * OPERATION + copied)
}

impl Loop {
    /// The operations at each point.
    pub fn operations(&self) -> u32 {
        let cost = |value: &Value| if let Value::Apply(row, _) = value { row.cost } else { 0 };
        self.values.iter().map(cost).sum()
    }
}

fn sum(costs: impl Iterator<Item = Polynomial>) -> Polynomial {
    costs.fold(Polynomial::default(), |sum, cost| sum.plus(&cost))
}

/// The factor of the number of examples.
fn per_example(cost: &Polynomial) -> Polynomial {
    let mut factor = Polynomial::default();
    for (monomial, coefficient) in cost.terms() {
        let mut others: Monomial = monomial.clone();
        if let Some(place) = others.iter().position(|dim| *dim == Dim::Batch) {
            others.remove(place);
            factor = factor.plus(&Polynomial::product(&others).scaled(coefficient));
        }
    }
    factor
}
