//! The stages in order, each result verified and, on request, shown.

mod sensitivities;

use std::fmt::Write;

use crate::allocate;
use crate::diagnostic::{Diagnostic, Errors, meaning};
use crate::functions::scalar::declared;
use crate::ir::{self, Dim, Graph, Leaf, NodeId};
use crate::lower::{self, Lowered, Program, Target};
use crate::plan::{self, Layout, Plan, Purpose};
use crate::schedule::{self, Root};
use crate::sensitivity::Quantity;
use crate::tree::{Model, Role};
use crate::{average, differentiate, name, simplify, stabilize};

/// The names `dump = ".."` may have.
pub const STAGES: [&str; 5] = ["lower", "stabilize", "differentiate", "simplify", "schedule"];

/// A model, all the way to its plans.
#[derive(Debug)]
pub struct Compiled {
    /// The model as written.
    pub model: Model,
    /// What the main loss compares the prediction with.
    pub target: Option<Target>,
    /// The predictions, each alone, by name.
    pub outputs: Vec<(String, Planned)>,
    /// The losses; the main one is the first.
    pub losses: Vec<PlannedLoss>,
    /// The derivatives that the attribute asks for.
    pub sensitivities: Vec<PlannedSensitivity>,
    /// Extents that are at least 1 for some dimensions only: models with others do not exist.
    pub required: Vec<Dim>,
    /// The text `dump` asks for.
    pub dump: Option<String>,
}

/// A loss and its gradient, planned.
#[derive(Debug)]
pub struct PlannedLoss {
    /// What it is called.
    pub name: String,
    /// The loss alone.
    pub loss: Planned,
    /// The loss and every gradient.
    pub gradient: Planned,
}

/// A derivative besides the gradient, planned.
#[derive(Debug)]
pub struct PlannedSensitivity {
    /// What it is.
    pub quantity: Quantity,
    /// How it is computed.
    pub planned: Planned,
}

impl Compiled {
    /// The main loss alone.
    pub fn loss(&self) -> &Planned {
        &self.losses[0].loss
    }

    /// The main loss and every gradient of it.
    pub fn gradient(&self) -> &Planned {
        &self.losses[0].gradient
    }

    /// The prediction alone, where the model has one that is called so or is the only one.
    pub fn predict(&self) -> Option<&Planned> {
        let prediction = &self.model.prediction()?.name.text;
        self.outputs.iter().find(|(name, _)| name == prediction).map(|(_, planned)| planned)
    }

    /// All plans: for each loss with its gradient and alone, then the predictions, then the derivatives asked for.
    pub fn plans(&self) -> impl Iterator<Item = &Planned> {
        let losses = self.losses.iter().flat_map(|loss| [&loss.gradient, &loss.loss]);
        let outputs = self.outputs.iter().map(|(_, planned)| planned);
        losses.chain(outputs).chain(self.sensitivities.iter().map(|found| &found.planned))
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
        plan::text(&self.plan, &self.layout)
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
            let bug = || meaning::bug(model.name.at, &problem);
            errors.add(missing_derivative(model, &problem).unwrap_or_else(bug));
            None
        }
    }
}

/// The message for a problem that is the user's: a function of numbers without the derivative that a gradient needs.
fn missing_derivative(model: &Model, problem: &str) -> Option<Diagnostic> {
    let operands = model.scalars.iter().flat_map(|function| {
        function.operands.iter().map(|operand| (&function.name, &operand.name))
    });
    let mut missing = operands.filter(|(function, operand)| {
        problem == declared::missing_derivative(&function.text, &operand.text)
    });
    let (function, operand) = missing.next()?;
    Some(meaning::missing_derivative(function.at, &function.text, &operand.text))
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

        let sensitivities = sensitivities::check(model, &program, errors);
        let (losses, outputs) = stable.split_at(program.losses.len());
        let mut gradients = Vec::new();
        for loss in losses {
            gradients.push(gradients_of(&graph, model, loss)?);
        }
        report_missing_gradients(model, &program, &gradients, errors);
        if !errors.is_empty() {
            return Ok(None);
        }
        let classes = class_leaves(model, program.target.as_ref());
        let mut planned = Vec::new();
        for (gradients, lowered) in gradients.iter().zip(&program.losses) {
            planned.push(self.plan_loss(gradients, &lowered.name.text, &classes)?);
        }
        let outputs = outputs
            .iter()
            .zip(&program.outputs)
            .map(|(root, output)| Ok((output.name.text.clone(), predict(&graph, root, &classes)?)));
        let outputs: Result<_, String> = outputs.collect();
        let sources = sensitivities::Sources { model, program: &program, stable: &stable };
        let mut derivatives = Vec::new();
        for quantity in sensitivities {
            derivatives.push(sources.plan(&graph, quantity, &classes)?);
        }
        Ok(Some(Compiled {
            model: model.clone(),
            target: program.target,
            outputs: outputs?,
            losses: planned,
            sensitivities: derivatives,
            required: program.required,
            dump: self.dump,
        }))
    }

    fn plan_loss(
        &mut self,
        gradients: &Gradients,
        name: &str,
        classes: &[Leaf],
    ) -> Result<PlannedLoss, String> {
        self.show("differentiate", &gradients.graph, &gradients.roots)?;
        let gradient = plan(&gradients.graph, &gradients.roots, classes)?;
        self.show("simplify", &gradient.graph, &gradient.roots)?;
        if self.wanted.as_deref() == Some("schedule") {
            self.keep(&gradient.text());
        }
        let loss = plan(&gradient.graph, &gradient.roots[..1], classes)?;
        Ok(PlannedLoss { name: name.to_owned(), loss, gradient })
    }

    /// Verifies a stage's graph in debug builds, and keeps its text if it is the one wanted.
    fn show(&mut self, stage: &str, graph: &Graph, roots: &[Root]) -> Result<(), String> {
        if cfg!(debug_assertions) {
            ir::verify(graph).map_err(|problem| format!("after {stage}: {problem}"))?;
        }
        if self.wanted.as_deref() == Some(stage) {
            self.keep(&text_of(graph, roots));
        }
        Ok(())
    }

    /// Adds to the text that is wanted: a model with several losses has several graphs.
    fn keep(&mut self, text: &str) {
        *self.dump.get_or_insert_default() += text;
    }
}

/// A loss with its gradients, in a graph of its own.
struct Gradients {
    graph: Graph,
    /// The loss, then the gradients there are.
    roots: Vec<Root>,
    /// For each parameter, whether the loss depends on it.
    is_used: Vec<bool>,
}

/// Differentiates a loss for every parameter.
fn gradients_of(graph: &Graph, model: &Model, loss: &Root) -> Result<Gradients, String> {
    let mut graph = graph.clone();
    let parameters = parameters(model);
    let leaves: Vec<NodeId> =
        parameters.iter().map(|&index| argument_leaf(&mut graph, model, index)).collect();
    let gradients = differentiate::differentiate(&mut graph, loss.node, &leaves)?;
    let mut roots = vec![loss.clone()];
    for (&argument, gradient) in parameters.iter().zip(&gradients) {
        if let &Some(node) = gradient {
            roots.push(Root { node, purpose: Purpose::Gradient(argument) });
        }
    }
    let reachable = graph.reachable(&[loss.node]);
    let is_used = leaves.iter().map(|leaf| reachable[leaf.0 as usize]).collect();
    Ok(Gradients { graph, roots, is_used })
}

/// Every loss has a parameter, and every parameter a gradient of some loss, unless the signature says that it may be unused.
fn report_missing_gradients(
    model: &Model,
    program: &Program,
    losses: &[Gradients],
    errors: &mut Errors,
) {
    let is_constant = |gradients: &Gradients| !gradients.is_used.contains(&true);
    for (lowered, _) in program.losses.iter().zip(losses).filter(|(_, loss)| is_constant(loss)) {
        let entry = model.entries.iter().find(|entry| entry.name.text == lowered.name.text);
        let body = model.body(entry.unwrap_or_else(|| model.main_entry()));
        errors.add(meaning::constant_loss(body.value.at, &model.name.text));
    }
    if losses.iter().any(is_constant) {
        return;
    }
    for (place, index) in parameters(model).into_iter().enumerate() {
        let argument = &model.arguments[index];
        let has_gradient = |gradients: &Gradients| {
            gradients.roots.iter().any(|root| root.purpose == Purpose::Gradient(index))
        };
        if losses.iter().any(has_gradient) || argument.may_be_unused {
            continue;
        }
        let is_used = losses.iter().any(|gradients| gradients.is_used[place]);
        let message = if is_used { meaning::zero_gradient } else { meaning::unused_parameter };
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
                Purpose::Residual => write!(name, "residual"),
                Purpose::Columns(argument) => write!(name, "columns {argument}"),
                Purpose::Entries(block) => write!(name, "entries {block}"),
                Purpose::Block(rows, columns) => write!(name, "block {rows}, {columns}"),
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

/// The losses, then the predictions.
fn roots_of(program: &Program) -> Vec<Root> {
    let root = |purpose| move |result: &Lowered| Root { node: result.node, purpose };
    let losses = program.losses.iter().map(root(Purpose::Loss));
    losses.chain(program.outputs.iter().map(root(Purpose::Prediction))).collect()
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
    let argument = &model.arguments[index];
    let mut shape: Vec<Dim> = argument.shape.iter().map(|extent| extent.dim.clone()).collect();
    shape.extend(argument.role.is_of_example().then_some(Dim::Batch));
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
