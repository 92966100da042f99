//! The stages in order, each result verified and, on request, shown.

use std::fmt::Write;

use crate::allocate;
use crate::diagnostic::{Errors, meaning};
use crate::ir::{self, Graph, Leaf, NodeId};
use crate::lower::{self, Program, Target};
use crate::plan::{self, Layout, Plan};
use crate::schedule::{self, Purpose, Root};
use crate::tree::{Model, Role};
use crate::{average, differentiate, name, simplify, stabilize};

/// The names `dump = ".."` may have.
pub const STAGES: [&str; 5] = ["lower", "stabilize", "differentiate", "simplify", "schedule"];

/// A model, all the way to its plans.
#[derive(Debug)]
pub struct Compiled {
    /// The model as written.
    pub model: Model,
    /// What the loss compares the prediction with.
    pub target: Option<Target>,
    /// The prediction alone.
    pub predict: Option<Planned>,
    /// The loss alone.
    pub loss: Planned,
    /// The loss and every gradient.
    pub gradient: Planned,
    /// The text `dump` asks for.
    pub dump: Option<String>,
}

impl Compiled {
    /// The plans: of loss and gradient, of the loss, of the prediction.
    pub fn plans(&self) -> impl Iterator<Item = &Planned> {
        [Some(&self.gradient), Some(&self.loss), self.predict.as_ref()].into_iter().flatten()
    }
}

/// Some results of a model, planned.
#[derive(Debug)]
pub struct Planned {
    /// The simplified graph.
    pub graph: Graph,
    /// What the plan computes.
    pub roots: Vec<Root>,
    /// How.
    pub plan: Plan,
    /// In which memory.
    pub layout: Layout,
}

impl Planned {
    /// The steps and the memory as text.
    pub fn text(&self) -> String {
        plan::text(&self.graph, &self.plan, &self.layout)
    }
}

/// Compiles a model. `None` when errors were found.
pub fn compile(model: &Model, errors: &mut Errors) -> Option<Compiled> {
    if let Some(stage) = model.dump.as_ref().filter(|name| !STAGES.contains(&&*name.text)) {
        errors.add(meaning::unknown_stage(stage.at, &stage.text, &STAGES));
    }
    let Some(program) = lower::lower(model, errors) else {
        if errors.is_empty() {
            errors.add(meaning::bug(
                model.name.at,
                "a part of it has no meaning, but no error either",
            ));
        }
        return None;
    };
    let stages = Stages { wanted: model.dump.as_ref().map(|name| name.text.clone()), dump: None };
    match stages.run(model, program, errors) {
        Ok(compiled) => compiled,
        Err(problem) => {
            errors.add(meaning::bug(model.name.at, &problem));
            None
        }
    }
}

/// The stages after lowering, and what of them is to be shown.
struct Stages {
    wanted: Option<String>,
    dump: Option<String>,
}

impl Stages {
    fn run(
        mut self,
        model: &Model,
        program: Program,
        errors: &mut Errors,
    ) -> Result<Option<Compiled>, String> {
        let lowered = roots_of(&program);
        self.show("lower", &program.graph, &lowered)?;

        let (mut graph, stable) = stabilize::stabilize(&program.graph, &nodes(&lowered))?;
        let stable = with_nodes(&lowered, &stable);
        name::name(&mut graph, &nodes(&stable))?;
        self.show("stabilize", &graph, &stable)?;

        let parameters = parameters(model);
        let leaves: Vec<NodeId> =
            parameters.iter().map(|&index| argument_leaf(&mut graph, model, index)).collect();
        let loss = stable[0].node;
        let gradients = differentiate::differentiate(&mut graph, loss, &leaves)?;
        let mut roots = vec![stable[0].clone()];
        for (&argument, gradient) in parameters.iter().zip(&gradients) {
            if let &Some(node) = gradient {
                roots.push(Root { node, purpose: Purpose::Gradient(argument) });
            }
        }
        report_missing_gradients(model, &graph, loss, &leaves, &gradients, errors);
        if !errors.is_empty() {
            return Ok(None);
        }
        self.show("differentiate", &graph, &roots)?;

        let classes = class_leaves(model, program.target.as_ref());
        let gradient = plan(&graph, &roots, &classes)?;
        self.show("simplify", &gradient.graph, &gradient.roots)?;
        if self.wanted.as_deref() == Some("schedule") {
            self.dump = Some(gradient.text());
        }
        let loss = plan(&gradient.graph, &gradient.roots[..1], &classes)?;
        let predict = stable.get(1).map(|root| predict(&graph, root, &classes)).transpose()?;
        let target = program.target;
        Ok(Some(Compiled {
            model: model.clone(),
            target,
            predict,
            loss,
            gradient,
            dump: self.dump,
        }))
    }

    /// Verifies a stage's graph in debug builds, and keeps its text if it is the one wanted.
    fn show(&mut self, stage: &str, graph: &Graph, roots: &[Root]) -> Result<(), String> {
        if cfg!(debug_assertions) {
            ir::verify(graph).map_err(|problem| format!("after {stage}: {problem}"))?;
        }
        if self.wanted.as_deref() == Some(stage) {
            self.dump = Some(text_of(graph, roots));
        }
        Ok(())
    }
}

/// Every parameter has a gradient, unless the signature says that it may be unused.
fn report_missing_gradients(
    model: &Model,
    graph: &Graph,
    loss: NodeId,
    leaves: &[NodeId],
    gradients: &[Option<NodeId>],
    errors: &mut Errors,
) {
    let reachable = graph.reachable(&[loss]);
    let is_used = |leaf: &NodeId| reachable[leaf.0 as usize];
    if !leaves.iter().any(is_used) {
        errors.add(meaning::constant_loss(model.body.value.at, &model.name.text));
        return;
    }
    for ((argument, leaf), gradient) in parameters(model).into_iter().zip(leaves).zip(gradients) {
        let argument = &model.arguments[argument];
        if gradient.is_some() || argument.may_be_unused {
            continue;
        }
        let message =
            if is_used(leaf) { meaning::zero_gradient } else { meaning::unused_parameter };
        errors.add(message(argument.name.at, &argument.name.text));
    }
}

/// A graph with its roots, as `dump` and snapshots show it.
pub fn text_of(graph: &Graph, roots: &[Root]) -> String {
    let named: Vec<(String, NodeId)> = roots
        .iter()
        .map(|root| {
            let mut name = String::new();
            let _ = match root.purpose {
                Purpose::Loss => write!(name, "loss"),
                Purpose::Gradient(argument) => write!(name, "gradient {argument}"),
                Purpose::Prediction => write!(name, "prediction"),
            };
            (name, root.node)
        })
        .collect();
    ir::print(graph, &named)
}

/// Simplify, schedule, allocate.
fn plan(graph: &Graph, roots: &[Root], classes: &[Leaf]) -> Result<Planned, String> {
    let (graph, simple) = simplify::simplify(graph, &nodes(roots))?;
    let roots = with_nodes(roots, &simple);
    if cfg!(debug_assertions) {
        ir::verify(&graph).map_err(|problem| format!("after simplify: {problem}"))?;
    }
    let mut plan = schedule::schedule(&graph, &roots, classes)?;
    let layout = allocate::allocate(&mut plan);
    Ok(Planned { graph, roots, plan, layout })
}

/// The plan of a prediction, which draws nothing.
fn predict(graph: &Graph, root: &Root, classes: &[Leaf]) -> Result<Planned, String> {
    let (graph, nodes) = average::average(graph, &[root.node])?;
    let roots = with_nodes(std::slice::from_ref(root), &nodes);
    plan(&graph, &roots, classes)
}

fn roots_of(program: &Program) -> Vec<Root> {
    let loss = Root { node: program.loss, purpose: Purpose::Loss };
    let prediction = program.prediction.map(|node| Root { node, purpose: Purpose::Prediction });
    std::iter::once(loss).chain(prediction).collect()
}

fn nodes(roots: &[Root]) -> Vec<NodeId> {
    roots.iter().map(|root| root.node).collect()
}

fn with_nodes(roots: &[Root], nodes: &[NodeId]) -> Vec<Root> {
    roots.iter().zip(nodes).map(|(root, &node)| Root { node, purpose: root.purpose }).collect()
}

/// The arguments that are parameters, in order.
pub fn parameters(model: &Model) -> Vec<usize> {
    let is_parameter = |&index: &usize| matches!(model.arguments[index].role, Role::Param(_));
    (0..model.arguments.len()).filter(is_parameter).collect()
}

fn argument_leaf(graph: &mut Graph, model: &Model, index: usize) -> NodeId {
    let shape = model.arguments[index].shape.iter().map(|extent| extent.dim.clone()).collect();
    graph.leaf(Leaf::Argument(index), shape)
}

/// The leaves the caller passes as integers.
fn class_leaves(model: &Model, target: Option<&Target>) -> Vec<Leaf> {
    let is_class =
        |(_, argument): &(usize, &crate::tree::Argument)| matches!(argument.role, Role::Index(_));
    let arguments =
        model.arguments.iter().enumerate().filter(is_class).map(|(index, _)| Leaf::Argument(index));
    arguments.chain(matches!(target, Some(Target::Class(..))).then_some(Leaf::Target)).collect()
}
