//! An array at places: equations between labels and positions in their smallest form.
//!
//! Three forms remain. A gather says for each label it reduces where to read, and so is computed point by point. A scatter says for own
//! labels where to add. A mask keeps the points at which an own label has a position that the other own labels give.

use super::{contract_in_order, counter, extent, extents, map, own_names, product};
use crate::functions::scalar::{ADD, EQUAL, MUL, PICK};
use crate::ir::{
    Access, Dim, Equation, FIXED, Graph, Kind, Label, Leaf, Polynomial, Position, union_of_labels,
};

/// The sum over the labels `summed` of `array` at the points where the equations hold.
///
/// Positions speak of `integers[k]` as operand `k + 1`. A position outside the extent of its label holds nowhere: what is read from there
/// is 0, and what would be added there is lost.
pub fn index(
    graph: &mut Graph,
    array: &Access,
    integers: &[Access],
    equations: &[Equation],
    summed: &[Label],
    scope: &[Dim],
) -> Access {
    index_in_order(graph, array, integers, equations, summed, &[], scope)
}

/// The same, with the result's axes in the order of `order` as far as that says.
pub fn index_in_order(
    graph: &mut Graph,
    array: &Access,
    integers: &[Access],
    equations: &[Equation],
    summed: &[Label],
    order: &[Label],
    scope: &[Dim],
) -> Access {
    let mut system = System {
        scope: scope.to_vec(),
        array: array.resolved(graph),
        integers: integers.iter().map(|integer| integer.resolved(graph)).collect(),
        open: equations.to_vec(),
        solved: Vec::new(),
        summed: summed.to_vec(),
    };
    system.compose(graph);
    system.solve(graph);
    system.build(graph, order)
}

/// The position as a number.
pub fn number_at(
    graph: &mut Graph,
    position: &Position,
    integers: &[Access],
    scope: &[Dim],
) -> Access {
    let mut sum = polynomial(graph, &position.offset);
    let labels = position.labels.iter().map(|(label, factor)| (Some(*label), 0, factor));
    let integers_read = position.integers.iter().map(|(operand, factor)| (None, *operand, factor));
    for (label, operand, factor) in labels.chain(integers_read) {
        let value = match label {
            Some(label) => counter(graph, label, scope),
            None => integers[operand - 1].clone(),
        };
        let factor = polynomial(graph, factor);
        let term = map(graph, MUL, &[factor, value], scope);
        sum = match graph.as_constant(sum.node) {
            Some(0.0) => term,
            _ => map(graph, ADD, &[sum, term], scope),
        };
    }
    sum
}

fn polynomial(graph: &mut Graph, value: &Polynomial) -> Access {
    if let Some(number) = value.as_constant() {
        return Access::scalar(graph.constant(number as f64));
    }
    let mut sum: Option<Access> = None;
    for (monomial, coefficient) in value.terms() {
        let mut factors = vec![Access::scalar(graph.constant(coefficient as f64))];
        factors.extend(monomial.iter().map(|dim| Access::scalar(extent(graph, dim))));
        let term = product(graph, &factors, &[]);
        sum = Some(match sum {
            Some(sum) => map(graph, ADD, &[sum, term], &[]),
            None => term,
        });
    }
    sum.unwrap_or_else(|| Access::scalar(graph.constant(0.0)))
}

/// Equations on their way to a normal form.
struct System {
    scope: Vec<Dim>,
    array: Access,
    integers: Vec<Access>,
    /// Equations of labels summed over that are not solved, and of own labels.
    open: Vec<Equation>,
    /// Equations of labels that were summed over: their positions speak of other labels.
    solved: Vec<Equation>,
    summed: Vec<Label>,
}

impl System {
    /// Reads the array of a gather rather than the gather.
    fn compose(&mut self, graph: &Graph) {
        loop {
            let node = graph.node(self.array.node);
            let Kind::Index { operands, over, equations } = &node.kind else { return };
            let rank = node.shape.len();
            let is_gather = equations.len() == over.len()
                && equations.iter().all(|equation| equation.label as usize >= rank);
            if !is_gather {
                return;
            }
            let mut names = self.array.axes.clone();
            for dim in over {
                names.push(self.scope.len() as Label);
                self.summed.push(self.scope.len() as Label);
                self.scope.push(dim.clone());
            }
            let mut places = vec![0];
            for integer in &operands[1..] {
                self.integers.push(integer.relabelled(&names).resolved(graph));
                places.push(self.integers.len());
            }
            self.open.extend(equations.iter().map(|equation| Equation {
                label: names[equation.label as usize],
                position: equation.position.with_integers_at(&places).relabelled(&names),
                inside: equation.inside,
            }));
            self.array = operands[0].relabelled(&names).resolved(graph);
        }
    }

    /// Solves the equations of labels summed over, and turns those of own labels around where one label summed over follows.
    fn solve(&mut self, graph: &mut Graph) {
        self.forget_single_places();
        loop {
            self.read_numbers(graph);
            if let Some(place) = (0..self.open.len()).find(|&place| self.is_awkward(place)) {
                let equation = self.open.remove(place);
                self.pick(graph, &equation);
            } else if let Some(place) =
                self.open.iter().position(|equation| self.summed.contains(&equation.label))
            {
                let equation = self.open.remove(place);
                self.eliminate(graph, equation);
            } else if let Some((place, turned)) =
                (0..self.open.len()).find_map(|place| Some((place, self.turned(place)?)))
            {
                self.open[place] = turned;
            } else {
                return;
            }
        }
    }

    /// Labels of extent 1 have nothing to say: they are 0, where an equation does not say that they may be elsewhere.
    fn forget_single_places(&mut self) {
        let is_one = |scope: &[Dim], label: Label| scope[label as usize].is_one();
        self.open.retain(|one| {
            !(is_one(&self.scope, one.label)
                && !self.summed.contains(&one.label)
                && (one.inside || one.position == Position::default()))
        });
        let has_equation = |label: Label| self.open.iter().any(|one| one.label == label);
        let single: Vec<Label> = self
            .summed
            .iter()
            .copied()
            .filter(|&label| is_one(&self.scope, label) && !has_equation(label))
            .collect();
        self.summed.retain(|label| !single.contains(label));
        for access in std::iter::once(&mut self.array).chain(&mut self.integers) {
            for axis in access.axes.iter_mut().filter(|axis| single.contains(axis)) {
                *axis = FIXED;
            }
        }
        for equation in &mut self.open {
            equation.position.labels.retain(|(label, _)| !single.contains(label));
        }
    }

    /// Takes numbers that are known out of the integers, and labels that can only be 0 out of the positions.
    fn read_numbers(&mut self, graph: &Graph) {
        let ones: Vec<Label> = (0..self.scope.len() as Label)
            .filter(|&label| self.scope[label as usize].is_one())
            .collect();
        for equation in self.open.iter_mut().chain(&mut self.solved) {
            let position = &mut equation.position;
            position.labels.retain(|(label, _)| !ones.contains(label));
            let known = |operand: usize| match &graph.node(self.integers[operand - 1].node).kind {
                Kind::Leaf(Leaf::Constant(bits)) => {
                    Some(Polynomial::constant(f64::from_bits(*bits) as i64))
                }
                Kind::Leaf(Leaf::Extent(dim)) => Some(Polynomial::from(dim)),
                _ => None,
            };
            let offset = position
                .integers
                .iter()
                .filter_map(|(operand, factor)| known(*operand).map(|number| number.times(factor)));
            position.offset = offset.fold(position.offset.clone(), |sum, term| sum.plus(&term));
            position.integers.retain(|(operand, _)| known(*operand).is_none());
        }
    }

    /// Whether the equation speaks of its own label, or is the second for it.
    fn is_awkward(&self, place: usize) -> bool {
        let Equation { label, position, .. } = &self.open[place];
        self.open[..place].iter().any(|other| other.label == *label)
            || position.mentions(*label)
            || self.read_by(position, *label)
            || self.open.iter().enumerate().any(|(other, equation)| {
                other != place
                    && !self.summed.contains(label)
                    && (equation.position.mentions(*label)
                        || self.read_by(&equation.position, *label))
            })
    }

    /// Whether an integer of the position depends on the label.
    fn read_by(&self, position: &Position, label: Label) -> bool {
        position.integers.iter().any(|(operand, _)| self.integers[operand - 1].reads(label))
    }

    /// Multiplies the array by the truth of the equation.
    fn pick(&mut self, graph: &mut Graph, equation: &Equation) {
        let label = counter(graph, equation.label, &self.scope);
        let place = number_at(graph, &equation.position, &self.integers, &self.scope);
        let holds = map(graph, EQUAL, &[label, place], &self.scope);
        self.array = map(graph, PICK, &[holds, self.array.clone()], &self.scope);
    }

    /// Puts the position of a label summed over for the label.
    fn eliminate(&mut self, graph: &mut Graph, equation: Equation) {
        let Equation { label, position, inside } = equation;
        let dim = self.scope[label as usize].clone();
        self.summed.retain(|&summed| summed != label);
        for other in self.open.iter_mut().chain(&mut self.solved) {
            other.position = other.position.substituted(label, &position);
        }
        let inside = inside || position.is_inside(&dim, &self.scope);
        // The place of an integer speaks of some integers only, and those do not depend on the label: it would be awkward.
        let mut places = vec![0; self.integers.len() + 1];
        let mut mentioned = Vec::new();
        for (operand, _) in &position.integers {
            mentioned.push(self.integers[operand - 1].clone());
            places[*operand] = mentioned.len();
        }
        let here = Equation { label, position: position.with_integers_at(&places), inside };
        for integer in self.integers.iter_mut().filter(|integer| integer.reads(label)) {
            *integer = index(
                graph,
                integer,
                &mentioned,
                std::slice::from_ref(&here),
                &[label],
                &self.scope,
            );
        }
        let same = position.as_label().filter(|&other| self.scope[other as usize] == dim);
        let is_first = dim.is_one() && position == Position::default();
        if let Some(name) = same.or(is_first.then_some(FIXED)) {
            let renamed = |&axis: &Label| if axis == label { name } else { axis };
            self.array.axes = self.array.axes.iter().map(renamed).collect();
        } else if !inside || self.array.reads(label) {
            self.solved.push(Equation { label, position, inside });
        }
    }

    /// The equation of an own label as one of the only label summed over that its position speaks of.
    fn turned(&self, place: usize) -> Option<Equation> {
        let Equation { label, position, .. } = &self.open[place];
        let summed = |label: &Label| self.summed.contains(label);
        let mut found = position.labels.iter().filter(|(label, _)| summed(label));
        let (Some((inner, factor)), None) = (found.next(), found.next()) else { return None };
        let sign = factor.as_constant().filter(|factor| factor.abs() == 1)?;
        let is_free = self
            .open
            .iter()
            .chain(&self.solved)
            .all(|equation| !self.read_by(&equation.position, *inner));
        let depends = position
            .integers
            .iter()
            .any(|(operand, _)| self.integers[operand - 1].axes.iter().any(summed));
        if !is_free || depends || self.array.reads(*label) {
            return None;
        }
        let rest = position.substituted(*inner, &Position::default());
        let difference = Position::label(*label).plus(&rest.times(&Polynomial::constant(-1)));
        let position = difference.times(&Polynomial::constant(sign));
        let inside = position.is_inside(&self.scope[*inner as usize], &self.scope);
        Some(Equation { label: *inner, position, inside })
    }

    /// The nodes: first what is read, then what is summed, then what is added where.
    fn build(mut self, graph: &mut Graph, order: &[Label]) -> Access {
        if graph.as_constant(self.array.node) == Some(0.0) {
            return self.array;
        }
        let free = std::mem::take(&mut self.summed);
        let moves = |position: &Position| {
            position.labels.iter().any(|(label, _)| free.contains(label))
                || free.iter().any(|&label| self.read_by(position, label))
        };
        let mut read = self.solved.clone();
        let (mut scattered, mut masks) = (Vec::new(), Vec::new());
        for equation in &self.open {
            match () {
                () if self.array.reads(equation.label) => read.push(equation.clone()),
                () if moves(&equation.position) => scattered.push(equation.clone()),
                () => masks.push(equation.clone()),
            }
        }
        if scattered.is_empty() && free.is_empty() {
            read.append(&mut masks);
        }
        let reduced: Vec<Label> = self.solved.iter().map(|equation| equation.label).collect();
        let mut value = self.array.clone();
        if !read.is_empty() {
            value = self.node(graph, &value, &read, &reduced, order);
        }
        if scattered.is_empty() {
            value = contract_in_order(graph, &[value], &free, order, &self.scope);
            if masks.is_empty() { value } else { self.node(graph, &value, &masks, &[], order) }
        } else {
            scattered.append(&mut masks);
            let is_used = |label: &&Label| {
                value.reads(**label)
                    || scattered.iter().any(|equation| {
                        equation.position.mentions(**label)
                            || self.read_by(&equation.position, **label)
                    })
            };
            let (used, unused): (Vec<&Label>, Vec<&Label>) = free.iter().partition(is_used);
            let used: Vec<Label> = used.into_iter().copied().collect();
            let sum = self.node(graph, &value, &scattered, &used, order);
            let counts = unused
                .iter()
                .map(|&&label| Access::scalar(extent(graph, &self.scope[label as usize])));
            let factors: Vec<Access> = counts.chain([sum]).collect();
            product(graph, &factors, &self.scope)
        }
    }

    /// One node for some of the equations.
    fn node(
        &self,
        graph: &mut Graph,
        array: &Access,
        equations: &[Equation],
        reduced: &[Label],
        order: &[Label],
    ) -> Access {
        let mut equations = equations.to_vec();
        equations.sort();
        let mut places = vec![0; self.integers.len() + 1];
        let mut operands = vec![array.clone()];
        for (operand, _) in equations.iter().flat_map(|equation| &equation.position.integers) {
            let integer = &self.integers[operand - 1];
            let known = operands[1..].iter().position(|known| known == integer);
            places[*operand] = 1 + known.unwrap_or(operands.len() - 1);
            if known.is_none() {
                operands.push(integer.clone());
            }
        }
        let mut all = union_of_labels(&operands, &self.scope);
        for equation in &equations {
            all.push(equation.label);
            all.extend(equation.position.labels.iter().map(|(label, _)| *label));
        }
        all.sort_unstable();
        all.dedup();
        let (over, mut own): (Vec<Label>, Vec<Label>) =
            all.into_iter().partition(|label| reduced.contains(label));
        own.sort_by_key(|&label| {
            let place = order.iter().position(|&wanted| wanted == label).unwrap_or(order.len());
            (self.scope[label as usize] == Dim::Batch, place, label)
        });
        let labels: Vec<Label> = own.iter().chain(&over).copied().collect();
        let names = own_names(&labels, self.scope.len());
        let mut equations: Vec<Equation> = equations
            .iter()
            .map(|equation| Equation {
                label: names[equation.label as usize],
                position: equation.position.with_integers_at(&places).relabelled(&names),
                inside: equation.inside,
            })
            .collect();
        equations.sort();
        let operands = operands.iter().map(|operand| operand.relabelled(&names)).collect();
        let kind = Kind::Index { operands, over: extents(&over, &self.scope), equations };
        let node = graph.intern(kind, extents(&own, &self.scope));
        Access { node, axes: own }
    }
}
