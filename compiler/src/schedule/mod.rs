//! Graph to plan: what is stored, what is recomputed, what runs in one loop, in which order.
//!
//! Contractions that are matrix products are kernels over stored operands, and so are sums over the batch of what is stored anyway; other
//! sums over the batch are added up by the loop that computes their terms. Everything elementwise between kernels is fused: a map is stored
//! only where a kernel reads it, where several loops need it and it is not cheap, or where a loop over more labels would compute it many
//! times over. What does not depend on examples runs once, before the tiles; what needs sums over all
//! examples, after them.

mod fold;
mod fuse;
mod matrix;
mod parts;
mod places;
mod product;
mod running;
mod scattered;
mod storage;
mod sums;
mod widen;

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Graph, Kind, Label, Leaf, NodeId};
use crate::plan::{
    Buffer, BufferId, Effect, Loop, Phase, Place, Plan, Purpose, Scattered, Step, Update, Value,
    Work,
};

pub use self::scattered::are_of_rows;

/// What a plan is to compute.
#[derive(Clone, Debug)]
pub struct Root {
    /// The value.
    pub node: NodeId,
    /// What it is for.
    pub purpose: Purpose,
}

/// Plans the roots; `classes` are the leaves the caller passes as integers.
pub fn schedule(graph: &Graph, roots: &[Root], classes: &[Leaf]) -> Result<Plan, String> {
    let widened = widen::widen(graph, roots);
    let (graph, roots) = match &widened {
        Some((graph, roots)) => (graph, roots.as_slice()),
        None => (graph, roots),
    };
    let scattered = scattered::find(graph, roots, classes);
    let roots = &scattered::with_terms(roots, &scattered);
    let mut taken = storage::reserved();
    let storage = storage::decide(graph, roots, classes, &mut taken)?;
    let groups = fuse::group(graph, &storage);
    let mut plan = Plan::default();
    let mut buffers = Buffers::new(graph, &storage, taken);
    for one in &scattered {
        begin(graph, &mut plan, &mut buffers, one);
    }
    let mut order: Vec<usize> = (0..groups.groups.len()).collect();
    order.sort_by_key(|&index| groups.groups[index].phase);
    for index in order {
        let group = &groups.groups[index];
        let works = works(graph, &storage, &groups, &mut plan, &mut buffers, group)?;
        plan.steps.extend(works.into_iter().map(|work| Step { phase: group.phase, work }));
    }
    finish(graph, roots, &mut plan, &mut buffers)?;
    Ok(plan)
}

/// A gradient that rows are added to begins with 0.
fn begin(graph: &Graph, plan: &mut Plan, buffers: &mut Buffers, scattered: &scattered::SumOfRows) {
    let scattered::SumOfRows { argument, sum, terms, rows } = scattered;
    let name = match terms.as_slice() {
        [one] => buffers.names[one.0 as usize].clone(),
        _ => {
            let name = graph.name(*sum).map_or("gradient", |name| name);
            buffers.fresh(&storage::identifier(name))
        }
    };
    let buffer = plan.buffers.len();
    let shape = graph.shape(*sum).to_vec();
    plan.buffers.push(Buffer { name, shape, place: Place::Gradient(*argument) });
    let work = Work::Clear { buffer, once: false };
    plan.steps.push(Step { phase: Phase::Before, work });
    plan.scattered.push(Scattered { argument: *argument, buffer, rows: rows.clone() });
    for term in terms {
        buffers.destinations[term.0 as usize] = Some(Destination::Into(buffer));
    }
}

/// What a group does; more than one thing only for a loop, which begins with its states.
fn works(
    graph: &Graph,
    storage: &storage::Storage,
    groups: &fuse::Groups,
    plan: &mut Plan,
    buffers: &mut Buffers,
    group: &fuse::Group,
) -> Result<Vec<Work>, String> {
    let work = match &group.work {
        fuse::GroupWork::Load(leaf) => load(graph, storage, plan, buffers, *leaf)?,
        fuse::GroupWork::Number(node) => fuse::number(graph, storage, plan, buffers, *node)?,
        fuse::GroupWork::Kernel(node) if is_of_matrices(graph, *node) => {
            Work::Matrix(matrix::plan(graph, storage, plan, buffers, *node)?)
        }
        fuse::GroupWork::Kernel(node) => {
            Work::Product(product::plan(graph, storage, plan, buffers, *node)?)
        }
        fuse::GroupWork::Loop(members) => {
            Work::Loop(fuse::fused_loop(graph, storage, groups, plan, buffers, members)?)
        }
        fuse::GroupWork::Fold(fold) => return fold::works(graph, storage, plan, buffers, fold),
    };
    Ok(vec![work])
}

/// Which buffer holds which node, while a plan is being made.
struct Buffers {
    of: Vec<Option<BufferId>>,
    names: Vec<String>,
    /// What each view lies in, and the integers that say where; nothing for other nodes.
    views: Vec<Vec<NodeId>>,
    /// Where values go that are results of a step.
    destinations: Vec<Option<Destination>>,
    /// Names that buffers of the plan have.
    taken: BTreeSet<String>,
    /// Whether the graph is that of one step of a loop, which begins anew each time.
    is_step: bool,
}

/// Where a result of a step goes.
#[derive(Clone, Debug)]
enum Destination {
    /// To a place of its own.
    At(Place),
    /// Into a sum.
    Into(BufferId),
}

impl Buffers {
    fn new(graph: &Graph, storage: &storage::Storage, taken: BTreeSet<String>) -> Buffers {
        Buffers {
            of: vec![None; graph.len()],
            names: storage.names.clone(),
            views: graph.ids().map(|id| places::sources_of_view(graph, storage, id)).collect(),
            destinations: vec![None; graph.len()],
            taken,
            is_step: false,
        }
    }

    fn of_step(graph: &Graph, storage: &storage::Storage, taken: BTreeSet<String>) -> Buffers {
        Buffers { is_step: true, ..Buffers::new(graph, storage, taken) }
    }

    /// A name nobody else has.
    fn fresh(&mut self, wanted: &str) -> String {
        storage::unique(wanted, &mut self.taken, &mut BTreeMap::new())
    }

    fn has_destination(&self, node: NodeId) -> bool {
        self.destinations[node.0 as usize].is_some()
    }

    /// The buffer a value is written to, and how, where that is not for the value to say.
    fn destination(
        &mut self,
        graph: &Graph,
        plan: &mut Plan,
        node: NodeId,
        place: Place,
    ) -> (BufferId, Option<Update>) {
        match self.destinations[node.0 as usize].take() {
            None => (self.create(graph, plan, node, place), None),
            Some(Destination::At(place)) => (self.create(graph, plan, node, place), None),
            Some(Destination::Into(sum)) => {
                self.of[node.0 as usize] = Some(sum);
                (sum, Some(Update::Continue))
            }
        }
    }

    /// The buffer of a node that has been stored, or of a leaf the caller has.
    fn read(&mut self, graph: &Graph, plan: &mut Plan, node: NodeId) -> Result<BufferId, String> {
        if let Some(buffer) = self.of[node.0 as usize] {
            return Ok(buffer);
        }
        if !self.views[node.0 as usize].is_empty() {
            let mut sources = Vec::new();
            for source in self.views[node.0 as usize].clone() {
                sources.push(self.read(graph, plan, source)?);
            }
            let view = places::plan_view(graph, plan, node, &sources)?;
            return Ok(self.create(graph, plan, node, Place::View(Box::new(view))));
        }
        match &graph.node(node).kind {
            Kind::Leaf(leaf) if leaf.is_given() => {
                Ok(self.create(graph, plan, node, Place::Caller(leaf.clone())))
            }
            _ => Err(format!("node {} is read before it is stored", node.0)),
        }
    }

    /// A new buffer for the node.
    fn create(&mut self, graph: &Graph, plan: &mut Plan, node: NodeId, place: Place) -> BufferId {
        let id = plan.buffers.len();
        let name = self.names[node.0 as usize].clone();
        plan.buffers.push(Buffer { name, shape: graph.shape(node).to_vec(), place });
        self.of[node.0 as usize] = Some(id);
        id
    }
}

fn is_of_matrices(graph: &Graph, node: NodeId) -> bool {
    matches!(graph.node(node).kind, Kind::Matrix { .. })
}

/// Brings a leaf to its buffer: examples are loaded, random numbers drawn.
fn load(
    graph: &Graph,
    storage: &storage::Storage,
    plan: &mut Plan,
    buffers: &mut Buffers,
    node: NodeId,
) -> Result<Work, String> {
    let Kind::Leaf(leaf) = &graph.node(node).kind else {
        return Err("only leaves are loaded".into());
    };
    let buffer = buffers.create(graph, plan, node, fuse::place(graph, storage, node));
    match *leaf {
        Leaf::Random(distribution, site) => Ok(Work::Draw { distribution, site, buffer }),
        _ => Ok(Work::Load { leaf: leaf.clone(), buffer }),
    }
}

/// Hands the results over; a gradient that is some other value as well is copied.
fn finish(
    graph: &Graph,
    roots: &[Root],
    plan: &mut Plan,
    buffers: &mut Buffers,
) -> Result<(), String> {
    for root in roots {
        match root.purpose {
            Purpose::Gradient(argument) => {
                copy_gradient(graph, plan, buffers, root.node, argument)?;
            }
            Purpose::Loss => plan.loss = Some(stored(graph, plan, buffers, root.node, "loss")?),
            Purpose::Prediction | Purpose::Residual => {
                let buffer = buffers.read(graph, plan, root.node)?;
                add(plan, Phase::Tile, Work::StoreRows { buffer });
            }
            Purpose::Columns(argument) => {
                let buffer = buffers.read(graph, plan, root.node)?;
                add(plan, Phase::Tile, Work::StoreColumns { buffer, argument });
            }
            Purpose::Entries(block) => {
                let buffer = buffers.read(graph, plan, root.node)?;
                add(plan, Phase::Tile, Work::StoreEntries { buffer, block });
            }
            Purpose::Block(rows, columns) => {
                let buffer = stored(graph, plan, buffers, root.node, "block")?;
                let arguments = [rows, columns];
                add(plan, Phase::After, Work::StoreBlock { buffer, arguments });
            }
        }
    }
    Ok(())
}

/// The number a node is by itself, which has no buffer.
fn number(graph: &Graph, node: NodeId) -> Option<Value> {
    match &graph.node(node).kind {
        Kind::Leaf(Leaf::Constant(bits)) => Some(Value::Constant(f64::from_bits(*bits))),
        Kind::Leaf(Leaf::Extent(dim)) => Some(Value::Extent(dim.clone())),
        Kind::Leaf(Leaf::Named(path)) => Some(Value::Named(path.clone())),
        _ => None,
    }
}

/// Adds a step at the end of its phase.
fn add(plan: &mut Plan, phase: Phase, work: Work) {
    let is_later = |step: &Step| step.phase > phase;
    let place = plan.steps.iter().position(is_later).unwrap_or(plan.steps.len());
    plan.steps.insert(place, Step { phase, work });
}

/// The buffer of a result; one that is a number by itself gets one of this name.
fn stored(
    graph: &Graph,
    plan: &mut Plan,
    buffers: &mut Buffers,
    node: NodeId,
    name: &str,
) -> Result<BufferId, String> {
    let Some(value) = number(graph, node) else { return buffers.read(graph, plan, node) };
    let buffer = plan.buffers.len();
    let name = buffers.fresh(name);
    plan.buffers.push(Buffer { name, shape: Vec::new(), place: Place::Number });
    let work = Work::Number { buffer, values: vec![value] };
    plan.steps.push(Step { phase: Phase::After, work });
    Ok(buffer)
}

fn copy_gradient(
    graph: &Graph,
    plan: &mut Plan,
    buffers: &mut Buffers,
    node: NodeId,
    argument: usize,
) -> Result<(), String> {
    let labels: Vec<Label> = (0..graph.shape(node).len() as Label).collect();
    let value = match number(graph, node) {
        Some(number) => number,
        None => {
            let source = buffers.read(graph, plan, node)?;
            if plan.buffers[source].place == Place::Gradient(argument) {
                return Ok(());
            }
            Value::Read(source, labels.clone())
        }
    };
    let name = format!("gradient_{argument}");
    let shape = graph.shape(node).to_vec();
    let buffer = plan.buffers.len();
    plan.buffers.push(Buffer { name, shape: shape.clone(), place: Place::Gradient(argument) });
    let effect = Effect {
        buffer,
        axes: labels,
        places: Vec::new(),
        guards: Vec::new(),
        value: 0,
        update: Update::Set,
    };
    let work = Work::Loop(Loop {
        domain: shape,
        values: vec![value],
        locals: vec![],
        effects: vec![effect],
    });
    plan.steps.push(Step { phase: Phase::After, work });
    Ok(())
}
