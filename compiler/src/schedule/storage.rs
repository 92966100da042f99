//! Which values live in a buffer, in which phase they are computed, and what they are called.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Root, places, running};
use crate::functions::scalar;
use crate::ir::{
    Access, Body, Dim, Distribution, FoldResult, Graph, Kind, Label, Leaf, Node, NodeId,
};
use crate::plan::{Phase, Purpose, RESERVED};

/// Recomputing up to this many operations is cheaper than a round trip through a buffer.
const CHEAP: u32 = 4;
/// What finding an element costs.
const PLACE: u32 = 2;
/// What finding an element costs at a place that an integer of each example names: no vector instruction reads it.
const NAMED_PLACE: u32 = 8;
/// A chain of maps is stored when it gets longer than this, so that no loop body grows without bound.
const LONGEST_CHAIN: u32 = 160;

/// How a node is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Implementation {
    /// It is there: an argument, a number.
    Leaf,
    /// Per point of a loop: a map, or a view that somebody wants stored.
    Pointwise,
    /// By accumulation in a loop.
    Reduction,
    /// It lies in the memory of its array.
    View,
    /// By a kernel over stored operands.
    Kernel,
    /// By a loop over steps.
    Fold,
}

/// The decisions, indexed by node.
pub struct Storage {
    /// Which nodes the roots depend on.
    pub reachable: Vec<bool>,
    /// How each node is computed.
    pub implementation: Vec<Implementation>,
    /// Whether each node gets a place of its own.
    pub stored: Vec<bool>,
    /// Whether each node is a result of the graph.
    pub kept: Vec<bool>,
    /// When each node is computed.
    pub phase: Vec<Phase>,
    /// What each node is called, for those with a place.
    pub names: Vec<String>,
    /// What the first root of each node is for.
    pub purpose: Vec<Option<Purpose>>,
    /// Leaves that are brought into feature-major order before use, or drawn.
    pub loaded: Vec<bool>,
    /// Values put at places that a loop adds up: they are added there, without the zeros around them.
    pub added_at: Vec<bool>,
    /// Which sum of a loop each node is added to: a loop over elements adds to a sum once.
    pub added_to: Vec<Option<usize>>,
}

impl Storage {
    /// Whether the node adds at places, rather than has a value everywhere.
    pub fn adds_at_places(&self, graph: &Graph, id: NodeId) -> bool {
        self.added_at[id.0 as usize] || places::is_scatter(graph.node(id))
    }
}

/// Decides for what the roots depend on; `classes` are the leaves the caller passes as integers, `taken` names that buffers have.
pub fn decide(
    graph: &Graph,
    roots: &[Root],
    classes: &[Leaf],
    taken: &mut BTreeSet<String>,
) -> Result<Storage, String> {
    let root_ids: Vec<NodeId> = roots.iter().map(|root| root.node).collect();
    let mut purpose = vec![None; graph.len()];
    for root in roots {
        purpose[root.node.0 as usize].get_or_insert(root.purpose);
    }
    let mut storage = decide_kept(graph, &root_ids, purpose, taken)?;
    storage.loaded = graph.ids().map(|id| is_loaded(graph, id, classes)).collect();
    storage.phase = phases(graph);
    Ok(storage)
}

/// Decides for one step of a loop, which runs in the given phase; `sums` are those its sums are terms of.
pub fn decide_step(
    body: &Body,
    sums: &[usize],
    phase: Phase,
    taken: &mut BTreeSet<String>,
) -> Result<Storage, String> {
    let (graph, roots) = (&body.graph, body.roots());
    let mut storage = decide_kept(graph, &roots, vec![None; graph.len()], taken)?;
    storage.phase = vec![phase; graph.len()];
    for (&sum, &place) in body.sums.iter().zip(sums) {
        storage.added_to[sum.0 as usize] = Some(place);
        let is_read = graph.ids().any(|id| {
            let reads = |operand: &Access| operand.node == sum;
            storage.reachable[id.0 as usize] && graph.node(id).kind.operands().iter().any(reads)
        });
        let is_one_result = roots.iter().filter(|&&root| root == sum).count() == 1;
        if !is_read && is_one_result && places::is_put(graph.node(sum)) {
            storage.added_at[sum.0 as usize] = true;
            storage.implementation[sum.0 as usize] = Implementation::Reduction;
        }
    }
    Ok(storage)
}

fn decide_kept(
    graph: &Graph,
    roots: &[NodeId],
    purpose: Vec<Option<Purpose>>,
    taken: &mut BTreeSet<String>,
) -> Result<Storage, String> {
    let reachable = graph.reachable(roots);
    let mut kept = vec![false; graph.len()];
    for root in roots {
        kept[root.0 as usize] = true;
    }
    let in_matrices = read_by_matrices(graph, &reachable);
    let is_free = |id: NodeId| !kept[id.0 as usize] && !in_matrices[id.0 as usize];
    let is_view = places::views(graph, &reachable, is_free);
    let mut implementation: Vec<Implementation> =
        graph
            .ids()
            .map(|id| {
                if is_view[id.0 as usize] {
                    Implementation::View
                } else {
                    implementation(graph, id)
                }
            })
            .collect();
    running::sum_in_loops(graph, &reachable, &kept, &mut implementation);
    let searches_examples = graph.ids().any(|id| {
        let node = graph.node(id);
        matches!(node.kind, Kind::Extremum { .. }) && node.kind.reduced().contains(&Dim::Batch)
    });
    if searches_examples {
        return Err("an extremum over examples would begin anew in every tile".into());
    }
    let stored = decide_stored(graph, &reachable, &implementation, &kept)?;
    let loaded = vec![false; graph.len()];
    let (added_at, added_to) = (vec![false; graph.len()], vec![None; graph.len()]);
    let phase = Vec::new();
    let names = names(graph, &reachable, &stored, &purpose, taken);
    Ok(Storage {
        reachable,
        implementation,
        stored,
        kept,
        phase,
        names,
        purpose,
        loaded,
        added_at,
        added_to,
    })
}

/// For each node, whether a function of matrices reads it, which must lie in memory by itself.
fn read_by_matrices(graph: &Graph, reachable: &[bool]) -> Vec<bool> {
    let mut read = vec![false; graph.len()];
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        if let Kind::Matrix { operands, .. } = &graph.node(id).kind {
            for operand in operands {
                read[operand.node.0 as usize] = true;
            }
        }
    }
    read
}

fn implementation(graph: &Graph, id: NodeId) -> Implementation {
    let node = graph.node(id);
    match &node.kind {
        Kind::Leaf(_) => Implementation::Leaf,
        Kind::Map { .. } => Implementation::Pointwise,
        Kind::Contraction { summed, .. } if summed.is_empty() => Implementation::Pointwise,
        Kind::Matrix { .. } => Implementation::Kernel,
        Kind::Index { .. } if !places::is_scatter(node) => Implementation::Pointwise,
        Kind::Fold { .. } => Implementation::Fold,
        Kind::Extremum { .. } | Kind::Index { .. } => Implementation::Reduction,
        Kind::Contraction { operands, summed } => {
            let sums_batch = summed.contains(&Dim::Batch);
            let batched = node.shape.last() == Some(&Dim::Batch);
            let batched_operands =
                operands.iter().filter(|operand| graph.is_batched(operand.node)).count();
            let plain = operands.iter().all(|operand| is_addressable(graph, operand.node));
            let fits = operands.len() <= 2 && plain;
            match (sums_batch, batched) {
                (true, _) | (false, false) if fits => Implementation::Kernel,
                (false, true) if fits && operands.len() == 2 && batched_operands == 1 => {
                    Implementation::Kernel
                }
                (false, true) if fits && is_product_of_each(node, operands) => {
                    Implementation::Kernel
                }
                _ => Implementation::Reduction,
            }
        }
    }
}

/// From so many multiplications on, a matrix product of each example is a kernel; below, a loop with the examples in its lanes is faster.
const WORTH_A_KERNEL: f64 = 4096.0;

/// Whether each example has a matrix product of its own: rows from the first factor, columns from the second, of a size worth a kernel.
fn is_product_of_each(node: &Node, operands: &[Access]) -> bool {
    let [first, second] = operands else { return false };
    let scope = node.scope();
    let largest = |wanted: [bool; 2], labels: Range<usize>| {
        let has = |&label: &usize| {
            scope[label] != Dim::Batch
                && [first, second].map(|operand| operand.reads(label as Label)) == wanted
        };
        labels.filter(has).map(|label| scope[label].estimate()).max_by(f64::total_cmp)
    };
    let rank = node.shape.len();
    let rows = largest([true, false], 0..rank);
    let columns = largest([false, true], 0..rank);
    let inner = largest([true, true], rank..scope.len());
    let size = rows.zip(columns).zip(inner).map(|((rows, columns), inner)| rows * columns * inner);
    size.is_some_and(|size| size >= WORTH_A_KERNEL)
}

/// Whether the node can be given a buffer: numbers and counters have none.
fn is_addressable(graph: &Graph, id: NodeId) -> bool {
    !matches!(
        graph.node(id).kind,
        Kind::Leaf(Leaf::Constant(_) | Leaf::Extent(_) | Leaf::Named(_) | Leaf::Counter(_))
    )
}

fn decide_stored(
    graph: &Graph,
    reachable: &[bool],
    implementation: &[Implementation],
    kept: &[bool],
) -> Result<Vec<bool>, String> {
    let consumers = consumers(graph, reachable);
    let mut stored = vec![false; graph.len()];
    let mut cost = vec![0u32; graph.len()];
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        let node = graph.node(id);
        let place = id.0 as usize;
        if implementation[place] == Implementation::Leaf {
            continue;
        }
        let consumers = &consumers[place];
        let feeds_memory = consumers.iter().any(|consumer| {
            let how = implementation[consumer.0 as usize];
            matches!(how, Implementation::Kernel | Implementation::View)
                || places::reads_places(graph.node(*consumer), id)
                || is_captured(graph.node(*consumer), id)
        });
        let own_cost = match &node.kind {
            Kind::Map { function, .. } => scalar::row(*function)?.cost,
            Kind::Index { operands, .. } if implementation[place] == Implementation::Pointwise => {
                let is_named = operands[1..].iter().any(|integer| !integer.axes.is_empty());
                if is_named { NAMED_PLACE } else { PLACE }
            }
            _ => {
                stored[place] = implementation[place] != Implementation::Pointwise
                    || feeds_memory
                    || kept[place];
                continue;
            }
        };
        let operands = node.kind.operands();
        let inlined = operands.iter().filter(|operand| !stored[operand.node.0 as usize]);
        let chain = inlined
            .fold(own_cost, |sum, operand| sum.saturating_add(cost[operand.node.0 as usize]));
        cost[place] = chain;
        let is_widened =
            consumers.iter().any(|consumer| graph.node(*consumer).scope().len() > node.shape.len());
        let is_expensive = chain > CHEAP && (consumers.len() > 1 || is_widened);
        stored[place] = kept[place]
            || node.shape.is_empty()
            || feeds_memory
            || is_expensive
            || chain > LONGEST_CHAIN;
    }
    Ok(stored)
}

/// For each node, what reads it.
pub fn consumers(graph: &Graph, reachable: &[bool]) -> Vec<Vec<NodeId>> {
    let mut consumers: Vec<Vec<NodeId>> = vec![Vec::new(); graph.len()];
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        for operand in graph.node(id).kind.operands() {
            let list = &mut consumers[operand.node.0 as usize];
            if list.last() != Some(&id) {
                list.push(id);
            }
        }
    }
    consumers
}

/// Inputs with axes, and integers, are brought into feature-major order; a scalar input is read where it is. Random numbers are drawn.
fn is_loaded(graph: &Graph, id: NodeId, classes: &[Leaf]) -> bool {
    match &graph.node(id).kind {
        Kind::Leaf(leaf) if leaf.is_given() => {
            graph.is_batched(id) && (graph.shape(id).len() > 1 || classes.contains(leaf))
        }
        Kind::Leaf(Leaf::Random(..)) => true,
        _ => false,
    }
}

/// Whether a loop captures the value.
fn is_captured(node: &Node, id: NodeId) -> bool {
    let Kind::Fold { body, operands, .. } = &node.kind else { return false };
    operands[body.next.len()..].iter().any(|operand| operand.node == id)
}

fn phases(graph: &Graph) -> Vec<Phase> {
    let mut phases = vec![Phase::Before; graph.len()];
    for id in graph.ids() {
        let node = graph.node(id);
        let after_tiles = node.kind.operands().iter().any(|operand| {
            let operand_phase = phases[operand.node.0 as usize];
            operand_phase == Phase::After
                || (operand_phase == Phase::Tile && !graph.is_batched(operand.node))
        });
        phases[id.0 as usize] = match () {
            () if node.scope().contains(&Dim::Batch) => Phase::Tile,
            () if matches!(&node.kind, Kind::Fold { body, .. } if body.is_batched()) => Phase::Tile,
            () if after_tiles => Phase::After,
            () => Phase::Before,
        };
    }
    phases
}

/// What the generated code numbers its own names after.
const NUMBERED: [&str; 4] = ["region_", "tile_region_", "gradient_", "without_influence_"];

/// Names no buffer may have.
pub fn reserved() -> BTreeSet<String> {
    RESERVED.iter().map(|name| (*name).to_string()).collect()
}

/// Unique names: the model's own where it has one, otherwise what the value is.
fn names(
    graph: &Graph,
    reachable: &[bool],
    stored: &[bool],
    purpose: &[Option<Purpose>],
    taken: &mut BTreeSet<String>,
) -> Vec<String> {
    let mut numbers = BTreeMap::new();
    let mut names = vec![String::new(); graph.len()];
    for id in graph.ids() {
        let place = id.0 as usize;
        let is_leaf = matches!(
            &graph.node(id).kind,
            Kind::Leaf(leaf) if leaf.is_given() || matches!(leaf, Leaf::Random(..))
        );
        if !(reachable[place] && (stored[place] || is_leaf)) {
            continue;
        }
        let wanted = match purpose[place] {
            Some(Purpose::Loss) => "loss".to_string(),
            Some(Purpose::Prediction) => "prediction".to_string(),
            Some(Purpose::Residual) => "residual".to_string(),
            _ => graph.name(id).map_or_else(|| kind_name(graph, id), |name| identifier(name)),
        };
        let is_ours = NUMBERED.iter().any(|prefix| wanted.starts_with(prefix));
        let wanted = if is_ours { format!("value_{wanted}") } else { wanted };
        names[place] = unique(&wanted, taken, &mut numbers);
    }
    names
}

/// The wanted name, numbered if it is taken; `numbers` has the last number of each.
pub fn unique(
    wanted: &str,
    taken: &mut BTreeSet<String>,
    numbers: &mut BTreeMap<String, u32>,
) -> String {
    if taken.insert(wanted.to_string()) {
        return wanted.to_string();
    }
    let number = numbers.entry(wanted.to_string()).or_insert(1);
    loop {
        *number += 1;
        let name = format!("{wanted}_{number}");
        if taken.insert(name.clone()) {
            return name;
        }
    }
}

fn kind_name(graph: &Graph, id: NodeId) -> String {
    match &graph.node(id).kind {
        Kind::Leaf(Leaf::Random(distribution, _)) => match distribution {
            Distribution::Uniform => "uniform".into(),
            Distribution::Normal => "normal".into(),
            Distribution::Bernoulli(_) => "bernoulli".into(),
            Distribution::Dropout(_) => "dropout".into(),
        },
        Kind::Leaf(_) => "target".into(),
        Kind::Map { function, operands } => match scalar::row(*function).map(|row| row.notation) {
            Ok(scalar::Notation::Infix(sign, _)) => infix_name(graph, sign, operands).into(),
            Ok(scalar::Notation::Prefix(_)) | Err(_) => "negative".into(),
            Ok(_) => match operands.first().and_then(|operand| graph.name(operand.node)) {
                Some(name) => format!("{}_{}", function.0, identifier(name)),
                None => function.0.into(),
            },
        },
        Kind::Contraction { operands, .. } => match operands.as_slice() {
            [one] => graph
                .name(one.node)
                .map_or("sum".into(), |name| format!("sum_{}", identifier(name))),
            [one, other] if one == other => "sum_of_squares".into(),
            several => {
                let named = several
                    .iter()
                    .map(|operand| graph.name(operand.node).map(|name| identifier(name)));
                match named.collect::<Option<Vec<String>>>() {
                    Some(names) => names.join("_dot_"),
                    None => "product".into(),
                }
            }
        },
        Kind::Extremum { .. } => "extremum".into(),
        Kind::Index { .. } => "part".into(),
        Kind::Matrix { function, .. } => function.0.into(),
        Kind::Fold { result, .. } => match result {
            FoldResult::State(_) => "state".into(),
            FoldResult::Collected(_) => "kept".into(),
            FoldResult::Sum(_) => "total".into(),
        },
    }
}

/// What a result of arithmetic is: against the target, the error.
fn infix_name(graph: &Graph, sign: &str, operands: &[Access]) -> &'static str {
    let is_target = |operand: &Access| graph.node(operand.node).kind == Kind::Leaf(Leaf::Target);
    match sign {
        "-" if operands.iter().any(is_target) => "error",
        "-" => "difference",
        "+" => "sum",
        "/" => "quotient",
        _ => "product",
    }
}

/// The name in ASCII letters, digits and underscores.
pub fn identifier(name: &str) -> String {
    const GREEK: [(char, &str); 24] = [
        ('α', "alpha"),
        ('β', "beta"),
        ('γ', "gamma"),
        ('δ', "delta"),
        ('ε', "epsilon"),
        ('ζ', "zeta"),
        ('η', "eta"),
        ('θ', "theta"),
        ('ι', "iota"),
        ('κ', "kappa"),
        ('λ', "lambda"),
        ('μ', "mu"),
        ('ν', "nu"),
        ('ξ', "xi"),
        ('ο', "omicron"),
        ('π', "pi"),
        ('ρ', "rho"),
        ('σ', "sigma"),
        ('τ', "tau"),
        ('υ', "upsilon"),
        ('φ', "phi"),
        ('χ', "chi"),
        ('ψ', "psi"),
        ('ω', "omega"),
    ];
    let mut ascii = String::new();
    for letter in name.chars() {
        match GREEK.iter().find(|(greek, _)| *greek == letter) {
            Some((_, spelled)) => ascii.push_str(spelled),
            None if letter.is_ascii_alphanumeric() || letter == '_' => ascii.push(letter),
            None => ascii.push('_'),
        }
    }
    if ascii.starts_with(|first: char| first.is_ascii_alphabetic()) {
        ascii
    } else {
        format!("v{ascii}")
    }
}
