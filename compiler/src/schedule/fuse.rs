//! Stored values to loops: what is computed in one pass over the same domain.

use std::collections::{BTreeMap, BTreeSet};

use super::storage::{Implementation, Storage, identifier};
use super::{Buffers, places};
use crate::functions::scalar::{self, MUL};
use crate::ir::{Access, Dim, Extremum, FIXED, Fold, Graph, Kind, Label, Leaf, NodeId};
use crate::plan::{
    BufferId, Effect, Local, Loop, Phase, Place, Plan, Purpose, Update, Value, ValueId, Work,
};

/// Steps to be, in an order in which they can run.
pub struct Groups {
    /// The groups.
    pub groups: Vec<Group>,
    /// Whether each stored node is read outside the loop that computes it.
    pub escapes: Vec<bool>,
}

/// What runs in one step.
pub struct Group {
    /// When.
    pub phase: Phase,
    /// What.
    pub work: GroupWork,
    domain: Vec<Dim>,
}

/// The kinds of groups.
pub enum GroupWork {
    /// A leaf is brought into feature-major order, or drawn.
    Load(NodeId),
    /// A local number.
    Number(NodeId),
    /// A kernel.
    Kernel(NodeId),
    /// Maps and reductions over one domain.
    Loop(Vec<NodeId>),
    /// Steps that depend on one another.
    Fold(Fold),
}

/// Puts every stored node into the earliest group that can compute it.
pub fn group(graph: &Graph, storage: &Storage) -> Groups {
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of: Vec<Option<usize>> = vec![None; graph.len()];
    let mut escapes: Vec<bool> = storage.kept.clone();
    let mut folds = Fold::all(graph, |id| storage.reachable[id.0 as usize]);
    for id in graph.ids().filter(|id| storage.reachable[id.0 as usize]) {
        let place = id.0 as usize;
        if storage.loaded[place] {
            group_of[place] = Some(groups.len());
            groups.push(Group {
                phase: storage.phase[place],
                work: GroupWork::Load(id),
                domain: Vec::new(),
            });
        }
    }
    for id in graph.ids().filter(|id| storage.stored[id.0 as usize]) {
        let place = id.0 as usize;
        if storage.implementation[place] == Implementation::View {
            for source in graph.node(id).kind.operands() {
                let source = source.node.0 as usize;
                group_of[place] = group_of[place].max(group_of[source]);
                escapes[source] = true;
            }
            continue;
        }
        let phase = storage.phase[place];
        if group_of[place].is_some() {
            continue;
        }
        let sources = sources(graph, storage, id);
        let is_loop = is_loop(graph, storage, id);
        let labels = domain_labels(graph, storage, id);
        let domain = domain(graph, id, &labels);
        let mut earliest = 0;
        for source in &sources {
            let Some(group) = group_of[source.node.0 as usize] else { continue };
            if groups[group].phase != phase {
                continue;
            }
            let fusible = is_loop
                && source.axes == labels
                && storage.implementation[source.node.0 as usize] == Implementation::Pointwise
                && is_loop_of(&groups[group], phase, &domain);
            earliest = earliest.max(if fusible { group } else { group + 1 });
        }
        let joined = (earliest..groups.len()).find(|&group| {
            is_loop
                && is_loop_of(&groups[group], phase, &domain)
                && !adds_to_sum_of(&groups[group], storage, id)
        });
        let index = joined.unwrap_or(groups.len());
        match groups.get_mut(index).map(|group| &mut group.work) {
            Some(GroupWork::Loop(members)) => members.push(id),
            _ => {
                let work = match storage.implementation[place] {
                    _ if is_loop => GroupWork::Loop(vec![id]),
                    Implementation::Kernel => GroupWork::Kernel(id),
                    _ => GroupWork::Number(id),
                };
                groups.push(Group { phase, work, domain });
            }
        }
        group_of[place] = Some(index);
        if let Some(fold) = folds.iter().position(|fold| fold.results[0].0 == id) {
            let fold = folds.swap_remove(fold);
            for (result, _) in &fold.results {
                group_of[result.0 as usize] = Some(index);
            }
            groups[index].work = GroupWork::Fold(fold);
        }
        for source in sources {
            if group_of[source.node.0 as usize] != Some(index) {
                escapes[source.node.0 as usize] = true;
            }
        }
    }
    Groups { groups, escapes }
}

/// Local numbers and kernels stand alone; the rest are loops.
fn is_loop(graph: &Graph, storage: &Storage, id: NodeId) -> bool {
    match storage.implementation[id.0 as usize] {
        Implementation::Leaf
        | Implementation::Kernel
        | Implementation::View
        | Implementation::Fold => false,
        Implementation::Reduction => true,
        Implementation::Pointwise => !graph.shape(id).is_empty(),
    }
}

fn is_loop_of(group: &Group, phase: Phase, domain: &[Dim]) -> bool {
    group.phase == phase && matches!(group.work, GroupWork::Loop(_)) && group.domain == domain
}

/// Whether the group adds to the sum that a node is added to.
fn adds_to_sum_of(group: &Group, storage: &Storage, id: NodeId) -> bool {
    let sum = storage.added_to[id.0 as usize];
    match &group.work {
        GroupWork::Loop(members) if sum.is_some() => {
            members.iter().any(|member| storage.added_to[member.0 as usize] == sum)
        }
        _ => false,
    }
}

/// The labels of a node in the order its loop runs over them: its own, then what it reduces, the batch innermost.
fn domain_labels(graph: &Graph, storage: &Storage, id: NodeId) -> Vec<Label> {
    let (node, adds) = (graph.node(id), storage.adds_at_places(graph, id));
    let scope = node.scope();
    let mut labels: Vec<Label> =
        (0..scope.len() as Label).filter(|&label| places::is_looped(node, adds, label)).collect();
    labels.sort_by_key(|&label| (scope[label as usize] == Dim::Batch, label));
    labels
}

fn domain(graph: &Graph, id: NodeId, labels: &[Label]) -> Vec<Dim> {
    let scope = graph.node(id).scope();
    labels.iter().map(|&label| scope[label as usize].clone()).collect()
}

/// What a stored node reads from elsewhere, in its own labels: stored nodes and leaves, through the maps computed on the way.
fn sources(graph: &Graph, storage: &Storage, id: NodeId) -> Vec<Access> {
    let mut found = Vec::new();
    let mut open: Vec<Access> = graph.node(id).kind.operands().to_vec();
    let mut visited = std::collections::BTreeSet::new();
    while let Some(access) = open.pop() {
        if !visited.insert(access.clone()) {
            continue;
        }
        let is_inlined = storage.implementation[access.node.0 as usize]
            == Implementation::Pointwise
            && !storage.stored[access.node.0 as usize];
        if is_inlined {
            let kind = &graph.node(access.node).kind;
            let mut names = access.axes.clone();
            names.resize(names.len() + kind.reduced().len(), FIXED);
            open.extend(kind.operands().iter().map(|operand| operand.relabelled(&names)));
        } else {
            found.push(access);
        }
    }
    found
}

/// A step that computes one local number.
pub fn number(
    graph: &Graph,
    storage: &Storage,
    plan: &mut Plan,
    buffers: &mut Buffers,
    id: NodeId,
) -> Result<Work, String> {
    let mut body = Expression::new(graph, storage);
    body.definition(plan, buffers, id, &[])?;
    let values = body.values;
    let buffer = buffers.create(graph, plan, id, Place::Number);
    Ok(Work::Number { buffer, values })
}

/// The loop nest of a group.
pub fn fused_loop(
    graph: &Graph,
    storage: &Storage,
    groups: &Groups,
    plan: &mut Plan,
    buffers: &mut Buffers,
    members: &[NodeId],
) -> Result<Loop, String> {
    let mut body = Expression::new(graph, storage);
    let mut effects = Vec::new();
    let mut loop_domain = Vec::new();
    for &id in members {
        let node = graph.node(id);
        let labels = domain_labels(graph, storage, id);
        loop_domain = domain(graph, id, &labels);
        let mut names = vec![FIXED; node.scope().len()];
        for (position, &label) in labels.iter().enumerate() {
            names[label as usize] = position as Label;
        }
        let located = if storage.adds_at_places(graph, id) {
            Some(body.located(plan, buffers, id, &names)?)
        } else {
            None
        };
        let value = match &located {
            Some(_) => body.value(plan, buffers, &node.kind.operands()[0].relabelled(&names))?,
            None => body.definition(plan, buffers, id, &names)?,
        };
        let axes = names[..node.shape.len()].to_vec();
        let update = match &node.kind {
            Kind::Extremum { extremum: Extremum::Max, .. } => Update::Max,
            Kind::Extremum { extremum: Extremum::Min, .. } => Update::Min,
            Kind::Contraction { .. } | Kind::Index { .. }
                if node.kind.reduced().contains(&Dim::Batch) && !buffers.is_step =>
            {
                Update::Accumulate
            }
            Kind::Contraction { summed, .. } if !summed.is_empty() => Update::Add,
            Kind::Index { .. } if located.is_some() => Update::Add,
            _ => {
                body.known.insert(Access { node: id, axes: axes.clone() }, value);
                Update::Set
            }
        };
        if groups.escapes[id.0 as usize] || update != Update::Set {
            let place = place(graph, storage, id);
            let (buffer, given) = buffers.destination(graph, plan, id, place);
            let update = given.unwrap_or(update);
            let (places, guards) = match located {
                Some(located) => (places::apart(&axes, &located), located.guards),
                None => (Vec::new(), Vec::new()),
            };
            effects.push(Effect { buffer, axes, places, guards, value, update });
        } else {
            body.locals.push(Local { name: buffers.names[id.0 as usize].clone(), axes, value });
        }
    }
    let Expression { values, locals, .. } = body;
    Ok(Loop { domain: loop_domain, values, locals, effects })
}

/// Where the value of a stored node lives.
pub fn place(graph: &Graph, storage: &Storage, id: NodeId) -> Place {
    match storage.purpose[id.0 as usize] {
        Some(Purpose::Gradient(argument)) => Place::Gradient(argument),
        _ if graph.is_batched(id) => Place::Tile(0),
        _ if graph.shape(id).is_empty() => Place::Cell,
        _ => Place::Persistent(0),
    }
}

/// The values at one point of a loop, each computed once.
pub struct Expression<'a> {
    graph: &'a Graph,
    storage: &'a Storage,
    values: Vec<Value>,
    locals: Vec<Local>,
    /// What locals are called.
    called: BTreeSet<String>,
    known: BTreeMap<Access, ValueId>,
}

impl<'a> Expression<'a> {
    /// Nothing yet.
    pub fn new(graph: &'a Graph, storage: &'a Storage) -> Expression<'a> {
        let (values, locals, known) = (Vec::new(), Vec::new(), BTreeMap::new());
        Expression { graph, storage, values, locals, called: BTreeSet::new(), known }
    }

    /// An element of a buffer.
    pub fn read(&mut self, buffer: BufferId, axes: Vec<Label>) -> ValueId {
        self.push(Value::Read(buffer, axes))
    }

    /// A loop that writes a value to a buffer of this shape.
    pub fn into_loop(
        self,
        value: ValueId,
        shape: Vec<Dim>,
        buffer: BufferId,
        update: Update,
    ) -> Loop {
        let axes = (0..shape.len() as Label).collect();
        let (places, guards) = (Vec::new(), Vec::new());
        let effect = Effect { buffer, axes, places, guards, value, update };
        Loop { domain: shape, values: self.values, locals: self.locals, effects: vec![effect] }
    }

    /// The value of a node by its definition, with its label `l` called `names[l]`.
    fn definition(
        &mut self,
        plan: &mut Plan,
        buffers: &mut Buffers,
        id: NodeId,
        names: &[Label],
    ) -> Result<ValueId, String> {
        if let Kind::Index { .. } = &self.graph.node(id).kind {
            return self.element(plan, buffers, id, names);
        }
        let operands: Vec<Access> = self
            .graph
            .node(id)
            .kind
            .operands()
            .iter()
            .map(|operand| operand.relabelled(names))
            .collect();
        let mut values = Vec::new();
        for operand in &operands {
            values.push(self.value(plan, buffers, operand)?);
        }
        match &self.graph.node(id).kind {
            Kind::Map { function, .. } => match (scalar::row(*function)?, values.as_slice()) {
                (row, [operand]) if row.cost == 0 => Ok(*operand),
                (row, _) => Ok(self.push(Value::Apply(row, values))),
            },
            _ => values
                .into_iter()
                .reduce(|product, factor| self.push(Value::Apply(MUL, vec![product, factor])))
                .ok_or_else(|| format!("node {} has no operand", id.0)),
        }
    }

    /// What an index node reads where, its label `l` called `names[l]`.
    fn located(
        &mut self,
        plan: &mut Plan,
        buffers: &mut Buffers,
        id: NodeId,
        names: &[Label],
    ) -> Result<places::Located, String> {
        let node = self.graph.node(id);
        let Kind::Index { operands, .. } = &node.kind else {
            return Err("only an index has places".into());
        };
        let mut integers = vec![0];
        for operand in &operands[1..] {
            integers.push(self.value(plan, buffers, &operand.relabelled(names))?);
        }
        let adds = self.storage.adds_at_places(self.graph, id);
        Ok(places::locate(node, adds, names, &integers))
    }

    /// One element of an index node that reads.
    fn element(
        &mut self,
        plan: &mut Plan,
        buffers: &mut Buffers,
        id: NodeId,
        names: &[Label],
    ) -> Result<ValueId, String> {
        let node = self.graph.node(id);
        let mut names = names.to_vec();
        names.resize(node.scope().len(), FIXED);
        let located = self.located(plan, buffers, id, &names)?;
        let array = &node.kind.operands()[0];
        if !places::reads_places(node, array.node) {
            let value = self.value(plan, buffers, &array.relabelled(&names))?;
            return Ok(self.push(Value::Where(located.guards, value)));
        }
        let along = places::along(array, &located.places);
        if let Kind::Leaf(Leaf::Counter(_)) = self.graph.node(array.node).kind {
            let value = self.push(Value::Place(along[0].clone()));
            return Ok(self.push(Value::Where(located.guards, value)));
        }
        let buffer = buffers.read(self.graph, plan, array.node)?;
        Ok(self.push(Value::Gather(buffer, along, located.guards)))
    }

    /// The value an access reads.
    pub fn value(
        &mut self,
        plan: &mut Plan,
        buffers: &mut Buffers,
        access: &Access,
    ) -> Result<ValueId, String> {
        if let Some(&value) = self.known.get(access) {
            return Ok(value);
        }
        let place = access.node.0 as usize;
        let value = match &self.graph.node(access.node).kind {
            Kind::Leaf(Leaf::Constant(bits)) => self.push(Value::Constant(f64::from_bits(*bits))),
            Kind::Leaf(Leaf::Extent(dim)) => self.push(Value::Extent(dim.clone())),
            Kind::Leaf(Leaf::Named(path)) => self.push(Value::Named(path.clone())),
            Kind::Leaf(Leaf::Counter(_)) => self.push(Value::Counter(access.axes[0])),
            _ if self.storage.implementation[place] == Implementation::Pointwise
                && !self.storage.stored[place] =>
            {
                let value = self.definition(plan, buffers, access.node, &access.axes)?;
                self.name(buffers, access, value);
                value
            }
            _ => {
                let buffer = buffers.read(self.graph, plan, access.node)?;
                self.push(Value::Read(buffer, access.axes.clone()))
            }
        };
        self.known.insert(access.clone(), value);
        Ok(value)
    }

    /// A value that the model has a name for is called that, where no buffer is.
    fn name(&mut self, buffers: &Buffers, access: &Access, value: ValueId) {
        let Some(name) = self.graph.name(access.node).map(|name| identifier(name)) else { return };
        if !buffers.taken.contains(&name) && self.called.insert(name.clone()) {
            self.locals.push(Local { name, axes: access.axes.clone(), value });
        }
    }

    fn push(&mut self, value: Value) -> ValueId {
        self.values.push(value);
        self.values.len() - 1
    }
}
