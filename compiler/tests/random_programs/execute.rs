//! Executes a plan in f64, tile by tile, in the memory the layout gives it: what emitted code does, without emitting.

use std::collections::BTreeMap;

use chainrule_compiler::evaluate::{Environment, random_values};
use chainrule_compiler::functions::matrix::{Role, places_more};
use chainrule_compiler::ir::{Dim, Distribution, FIXED, Label, Leaf, Order, Polynomial, Position};
use chainrule_compiler::plan::Layout;
use chainrule_compiler::plan::{
    Axis, BufferId, Fold, Guard, Loop, MatrixStep, Phase, Place, Plan, Product, Update, Value,
    ValueId, Work,
};

/// What a plan computes.
#[derive(Debug, Default)]
pub struct Results {
    /// The loss.
    pub loss: Option<f64>,
    /// The gradient of each argument that has one.
    pub gradients: BTreeMap<usize, Vec<f64>>,
    /// The prediction or the residuals, their axes row-major and the example fastest.
    pub prediction: Vec<f64>,
    /// Derivatives of what each example has for an argument, the example fastest.
    #[allow(dead_code, reason = "not all tests that execute plans ask for them")]
    pub columns: BTreeMap<usize, Vec<f64>>,
    /// Blocks of a symmetric matrix over θ, by the arguments of their rows and columns.
    #[allow(dead_code, reason = "not all tests that execute plans ask for them")]
    pub blocks: BTreeMap<[usize; 2], Vec<f64>>,
}

/// Runs the plan over tiles of so many examples.
///
/// Memory starts as NaN, and a region becomes NaN again when another buffer takes it over: reading what was not written shows.
pub fn execute(plan: &Plan, layout: &Layout, environment: &Environment, tile: usize) -> Results {
    let mut machine = Machine::new(plan, layout, environment, tile);
    machine.run_phase(Phase::Before);
    let total = machine.total;
    while machine.first < total {
        machine.rows = tile.min(total - machine.first);
        machine.touched.retain(|&buffer| !matches!(plan.buffers[buffer].place, Place::Tile(_)));
        machine.run_phase(Phase::Tile);
        machine.first += machine.rows;
    }
    machine.run_phase(Phase::After);
    let mut results = Results {
        loss: plan.loss.map(|buffer| machine.read(buffer, 0)),
        prediction: std::mem::take(&mut machine.prediction),
        columns: std::mem::take(&mut machine.columns),
        blocks: std::mem::take(&mut machine.blocks),
        gradients: BTreeMap::new(),
    };
    for (id, buffer) in plan.buffers.iter().enumerate() {
        if let Place::Gradient(argument) = buffer.place {
            results.gradients.insert(argument, machine.own[id].clone());
        }
    }
    results
}

struct Machine<'a> {
    plan: &'a Plan,
    environment: &'a Environment,
    total: usize,
    first: usize,
    rows: usize,
    /// The memory of buffers that have a place of their own.
    own: Vec<Vec<f64>>,
    tile_regions: Vec<Vec<f64>>,
    persistent_regions: Vec<Vec<f64>>,
    /// Buffers written so far, in this tile where they live in one.
    touched: Vec<BufferId>,
    prediction: Vec<f64>,
    columns: BTreeMap<usize, Vec<f64>>,
    blocks: BTreeMap<[usize; 2], Vec<f64>>,
}

impl<'a> Machine<'a> {
    fn new(plan: &'a Plan, layout: &Layout, environment: &'a Environment, tile: usize) -> Self {
        let total = environment.extent(&Dim::Batch);
        let mut machine = Machine {
            plan,
            environment,
            total,
            first: 0,
            rows: tile.min(total),
            own: Vec::new(),
            tile_regions: Vec::new(),
            persistent_regions: Vec::new(),
            touched: Vec::new(),
            prediction: Vec::new(),
            columns: BTreeMap::new(),
            blocks: BTreeMap::new(),
        };
        let unwritten = |count: usize| vec![f64::NAN; count];
        let size = |size: &Polynomial| machine.number(size);
        let tile_regions = layout.tile.iter().map(|one| unwritten(size(one) * tile)).collect();
        let persistent_regions = layout.persistent.iter().map(|one| unwritten(size(one))).collect();
        let own = plan.buffers.iter().map(|buffer| match buffer.place {
            Place::Number | Place::Counter | Place::Cell | Place::Gradient(_) => {
                unwritten(size(&buffer.elements()))
            }
            Place::Caller(_) | Place::Tile(_) | Place::Persistent(_) | Place::View(_) => Vec::new(),
        });
        let own = own.collect();
        (machine.tile_regions, machine.persistent_regions, machine.own) =
            (tile_regions, persistent_regions, own);
        machine
    }

    /// A polynomial with the batch standing for the rows of the tile.
    fn number(&self, polynomial: &Polynomial) -> usize {
        let value = |symbol: &Dim| match symbol {
            Dim::Batch => self.rows as u64,
            _ => self.environment.extents[symbol],
        };
        usize::try_from(polynomial.evaluate(&value)).expect("an extent is not negative")
    }

    fn extent(&self, dim: &Dim) -> usize {
        match dim {
            Dim::Fixed(number) => *number as usize,
            Dim::Batch => self.rows,
            Dim::Named(_) | Dim::Composite(_) | Dim::Quotient(..) => self.number(&dim.into()),
        }
    }

    fn run_phase(&mut self, phase: Phase) {
        for step in self.plan.steps.iter().filter(|step| step.phase == phase) {
            self.run(&step.work);
        }
    }

    fn run(&mut self, work: &Work) {
        match work {
            Work::Load { leaf, buffer } => self.load(leaf, *buffer),
            Work::Draw { distribution, site, buffer } => self.draw(*distribution, *site, *buffer),
            Work::Number { buffer, values } => {
                let computed = self.values(values, &[]);
                self.open(*buffer);
                let last = *computed.last().expect("a number has values");
                self.write(*buffer, 0, |_| last);
            }
            Work::Loop(nest) => self.nest(nest),
            Work::Product(product) => self.product(product),
            Work::Clear { buffer, once } => {
                self.open(*buffer);
                if !once || self.first == 0 {
                    self.fill(*buffer, 0.0);
                }
            }
            Work::Fold(fold) => self.fold(fold),
            Work::Matrix(step) => self.matrices(step),
            Work::StoreRows { buffer } => {
                let mut prediction = std::mem::take(&mut self.prediction);
                self.store(*buffer, &mut prediction);
                self.prediction = prediction;
            }
            Work::StoreColumns { buffer, argument } => {
                let mut columns = self.columns.remove(argument).unwrap_or_default();
                self.store(*buffer, &mut columns);
                self.columns.insert(*argument, columns);
            }
            Work::StoreBlock { buffer, arguments } => {
                let count = self.number(&self.plan.buffers[*buffer].elements());
                let block = (0..count).map(|place| self.read(*buffer, place)).collect();
                self.blocks.insert(*arguments, block);
            }
            Work::StoreEntries { .. } => unreachable!("no program asks for entries"),
        }
    }

    /// One matrix, or one right-hand side, after the other.
    fn matrices(&mut self, step: &MatrixStep) {
        let n = self.extent(&step.rows);
        let lanes = self.number(&step.lanes);
        let function = step.function;
        let rows: usize =
            function.result.chars().map(|letter| n + places_more(letter) as usize).product();
        self.open(step.out);
        let beside = self.number(&self.plan.buffers[step.out].elements()) / rows;
        for place in 0..beside {
            let given = step.operands.iter().zip(&step.exchanged).zip(function.given());
            let operands: Vec<Vec<f64>> = given
                .map(|((&buffer, &exchanged), declared)| match declared.role {
                    Role::RightSide => {
                        (0..n).map(|k| self.read(buffer, k * beside + place)).collect()
                    }
                    Role::Square | Role::Factors(_) => (0..n * n)
                        .map(|element| {
                            let turned = element % n * n + element / n;
                            let stored = if exchanged { turned } else { element };
                            self.read(buffer, stored * lanes + place % lanes)
                        })
                        .collect(),
                })
                .collect();
            for (row, value) in (function.value)(n, &operands).into_iter().enumerate() {
                self.write(step.out, row * beside + place, |_| value);
            }
        }
    }

    fn fold(&mut self, fold: &Fold) {
        let steps = self.extent(&fold.steps);
        for count in 0..steps {
            let step = match fold.order {
                Order::Forward => count,
                Order::Backward => steps - 1 - count,
            };
            self.own[fold.counter] = vec![step as f64];
            self.touched.retain(|buffer| !fold.locals.contains(buffer));
            for work in &fold.body {
                self.run(work);
            }
        }
    }

    fn fill(&mut self, buffer: BufferId, value: f64) {
        for place in 0..self.number(&self.plan.buffers[buffer].elements()) {
            self.write(buffer, place, |_| value);
        }
    }

    /// Makes the memory of a buffer NaN the first time it is written.
    fn open(&mut self, buffer: BufferId) {
        if self.touched.contains(&buffer) {
            return;
        }
        self.touched.push(buffer);
        self.fill(buffer, f64::NAN);
    }

    fn read(&self, buffer: BufferId, place: usize) -> f64 {
        match &self.plan.buffers[buffer].place {
            Place::Caller(leaf) => {
                let batched = self.plan.buffers[buffer].shape.contains(&Dim::Batch);
                self.environment.leaves[leaf][place + if batched { self.first } else { 0 }]
            }
            Place::Tile(slot) => self.tile_regions[*slot][place],
            Place::Persistent(slot) => self.persistent_regions[*slot][place],
            Place::View(view) => self.read(view.of, place + self.offset(&view.offset)),
            Place::Number | Place::Counter | Place::Cell | Place::Gradient(_) => {
                self.own[buffer][place]
            }
        }
    }

    /// Where a view begins.
    fn offset(&self, offset: &Position) -> usize {
        let integers: Vec<f64> =
            (0..self.plan.buffers.len()).map(|id| self.integer(offset, id)).collect();
        self.position(offset, &[], &integers) as usize
    }

    fn write(&mut self, buffer: BufferId, place: usize, update: impl Fn(f64) -> f64 + Copy) {
        if let Place::View(view) = &self.plan.buffers[buffer].place {
            return self.write(view.of, place + self.offset(&view.offset), update);
        }
        let element = match &self.plan.buffers[buffer].place {
            Place::Caller(leaf) => panic!("{leaf:?} belongs to the caller"),
            Place::View(_) | Place::Counter => panic!("it is not written"),
            Place::Tile(slot) => &mut self.tile_regions[*slot][place],
            Place::Persistent(slot) => &mut self.persistent_regions[*slot][place],
            Place::Number | Place::Cell | Place::Gradient(_) => &mut self.own[buffer][place],
        };
        *element = update(*element);
    }

    fn load(&mut self, leaf: &Leaf, buffer: BufferId) {
        self.open(buffer);
        let width = self.number(&self.plan.buffers[buffer].elements()) / self.rows;
        for feature in 0..width {
            for row in 0..self.rows {
                let value = self.environment.leaves[leaf][feature * self.total + self.first + row];
                self.write(buffer, feature * self.rows + row, |_| value);
            }
        }
    }

    /// The tile's part of what the interpreter draws.
    fn draw(&mut self, distribution: Distribution, site: usize, buffer: BufferId) {
        self.open(buffer);
        let shape = self.plan.buffers[buffer].shape.clone();
        let drawn = random_values(distribution, site, &shape, self.environment);
        let count = self.number(&self.plan.buffers[buffer].elements());
        for place in 0..count {
            let value = if shape.contains(&Dim::Batch) {
                let (feature, row) = (place / self.rows, place % self.rows);
                drawn[feature * self.total + self.first + row]
            } else {
                drawn[place]
            };
            self.write(buffer, place, |_| value);
        }
    }

    fn store(&self, buffer: BufferId, stored: &mut Vec<f64>) {
        let width = self.number(&self.plan.buffers[buffer].elements()) / self.rows;
        stored.resize(width * self.total, f64::NAN);
        for feature in 0..width {
            for row in 0..self.rows {
                stored[feature * self.total + self.first + row] =
                    self.read(buffer, feature * self.rows + row);
            }
        }
    }

    fn values(&self, values: &[Value], index: &[usize]) -> Vec<f64> {
        let mut computed: Vec<f64> = Vec::new();
        for value in values {
            let number = match value {
                Value::Constant(number) => *number,
                Value::Extent(Dim::Batch) => self.total as f64,
                Value::Extent(dim) => self.extent(dim) as f64,
                // The programs name no constants of a scope; a test that did would see it.
                Value::Named(_) => f64::NAN,
                Value::Counter(label) => index[*label as usize] as f64,
                Value::Read(buffer, axes) => self.read(*buffer, self.place(*buffer, axes, index)),
                Value::Apply(function, operands) => {
                    let operands: Vec<f64> =
                        operands.iter().map(|&operand: &ValueId| computed[operand]).collect();
                    (function.value)(&operands)
                }
                Value::Place(place) => self.position(place, index, &computed) as f64,
                Value::Gather(buffer, along, guards) => {
                    if self.holds(guards, index, &computed) {
                        self.read(*buffer, self.at(*buffer, along, index, &computed))
                    } else {
                        0.0
                    }
                }
                Value::Where(guards, value) => {
                    if self.holds(guards, index, &computed) {
                        computed[*value]
                    } else {
                        0.0
                    }
                }
            };
            computed.push(number);
        }
        computed
    }

    fn place(&self, buffer: BufferId, axes: &[Label], index: &[usize]) -> usize {
        self.at(buffer, &of_labels(axes), index, &[])
    }

    /// Where the element of a buffer is that has these places along its axes.
    fn at(&self, buffer: BufferId, along: &[Position], index: &[usize], computed: &[f64]) -> usize {
        let buffer = &self.plan.buffers[buffer];
        assert_eq!(buffer.shape.len(), along.len(), "every axis of a buffer has a place");
        let axes = buffer.shape.iter().zip(buffer.strides());
        let places = along.iter().zip(axes).map(|(place, (dim, stride))| {
            let here = usize::try_from(self.position(place, index, computed));
            let here = here.expect("a place is not negative");
            assert!(here < self.extent(dim), "a place is past the extent of its axis");
            here * self.number(&stride)
        });
        places.sum()
    }

    fn position(&self, place: &Position, index: &[usize], computed: &[f64]) -> i64 {
        let signed = |polynomial: &Polynomial| {
            let value = |symbol: &Dim| match symbol {
                Dim::Batch => self.rows as u64,
                _ => self.environment.extents[symbol],
            };
            polynomial.evaluate(&value)
        };
        let labels = place
            .labels
            .iter()
            .map(|(label, factor)| signed(factor) * index[*label as usize] as i64);
        let integers =
            place.integers.iter().map(|(value, factor)| signed(factor) * computed[*value] as i64);
        signed(&place.offset) + labels.chain(integers).sum::<i64>()
    }

    /// A number that the offset of a view speaks of.
    fn integer(&self, offset: &Position, buffer: BufferId) -> f64 {
        let is_read = offset.integers.iter().any(|(known, _)| *known == buffer);
        if is_read { self.read(buffer, 0) } else { 0.0 }
    }

    fn holds(&self, guards: &[Guard], index: &[usize], computed: &[f64]) -> bool {
        let position = |place: &Position| self.position(place, index, computed);
        guards.iter().all(|guard| match guard {
            Guard::Equal(left, right) => position(left) == position(right),
            Guard::Inside(place, dim) => (0..self.extent(dim) as i64).contains(&position(place)),
        })
    }

    fn nest(&mut self, nest: &Loop) {
        for effect in &nest.effects {
            self.open(effect.buffer);
            let start = match effect.update {
                Update::Set | Update::Continue => continue,
                Update::Accumulate if self.first > 0 => continue,
                Update::Add | Update::Accumulate => 0.0,
                Update::Max => f64::NEG_INFINITY,
                Update::Min => f64::INFINITY,
            };
            for place in 0..self.number(&self.plan.buffers[effect.buffer].elements()) {
                self.write(effect.buffer, place, |_| start);
            }
        }
        let extents: Vec<usize> = nest.domain.iter().map(|dim| self.extent(dim)).collect();
        for index in indices(&extents) {
            let computed = self.values(&nest.values, &index);
            for effect in &nest.effects {
                let value = computed[effect.value];
                if !self.holds(&effect.guards, &index, &computed) {
                    continue;
                }
                let mut along = of_labels(&effect.axes);
                for (axis, place) in &effect.places {
                    along[*axis] = place.clone();
                }
                let place = self.at(effect.buffer, &along, &index, &computed);
                self.write(effect.buffer, place, |old| match effect.update {
                    Update::Set => value,
                    Update::Add | Update::Accumulate | Update::Continue => old + value,
                    Update::Max if value.is_nan() || value > old => value,
                    Update::Min if value.is_nan() || value < old => value,
                    Update::Max | Update::Min => old,
                });
            }
        }
    }

    fn product(&mut self, product: &Product) {
        self.open(product.out);
        if product.clears && !(product.update == Update::Accumulate && self.first > 0) {
            self.fill(product.out, 0.0);
        }
        let adds = match product.update {
            Update::Accumulate if !product.clears => self.first > 0,
            Update::Set => false,
            _ => true,
        };
        let loops: Vec<usize> = product.loops.iter().map(|axis| self.extent(&axis.dim)).collect();
        let kernel: Vec<Option<&Axis>> =
            [&product.m, &product.n, &product.k].into_iter().map(Option::as_ref).collect();
        let inner: Vec<usize> =
            kernel.iter().map(|axis| axis.map_or(1, |axis| self.extent(&axis.dim))).collect();
        for outer_index in indices(&loops) {
            for index in indices(&inner[..2]) {
                let at = |k: usize| -> Vec<(&Axis, usize)> {
                    let outer = product.loops.iter().zip(outer_index.iter().copied());
                    let own = kernel.iter().zip(index.iter().copied().chain([k]));
                    outer.chain(own.filter_map(|(axis, i)| Some(((*axis)?, i)))).collect()
                };
                let offset = |k: usize, stride: &dyn Fn(&Axis) -> usize| -> usize {
                    at(k).into_iter().map(|(axis, i)| stride(axis) * i).sum()
                };
                let mut sum = 0.0;
                for k in 0..inner[2] {
                    let factors = product.factors.iter().enumerate().map(|(factor, &buffer)| {
                        self.read(buffer, offset(k, &|axis| self.number(&axis.factors[factor])))
                    });
                    sum += factors.product::<f64>();
                }
                let place = offset(0, &|axis| self.number(&axis.out));
                self.write(product.out, place, |old| if adds { old + sum } else { sum });
            }
        }
    }
}

/// The places of labels.
fn of_labels(axes: &[Label]) -> Vec<Position> {
    let place = |&label: &Label| match label {
        FIXED => Position::default(),
        label => Position::label(label),
    };
    axes.iter().map(place).collect()
}

/// All index vectors below the extents, the last one fastest.
fn indices(extents: &[usize]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for &extent in extents {
        all = all
            .iter()
            .flat_map(|index| (0..extent).map(move |i| [index.as_slice(), &[i]].concat()))
            .collect();
    }
    all
}
