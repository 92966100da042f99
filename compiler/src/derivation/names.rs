//! What values are called in equations.
//!
//! The user's names stay. The loss is `L`, the prediction `p`, the target `y`, an adjoint the name of its value with a bar; whatever else
//! has an equation gets a letter that says what it is. Letters the user has taken get a number.

use std::collections::{BTreeMap, BTreeSet};

use crate::functions::scalar::{self, Notation};
use crate::ir::{Dim, Distribution, Fold, FoldResult, Graph, Kind, Leaf, NodeId};
use crate::mathematics::{Math, Symbol};
use crate::pipeline::{Compiled, Planned};
use crate::plan::Purpose;
use crate::schedule::Root;
use crate::tree::{self, Block, ExprKind, Loop, Loss, Model, Objective, Statement};

/// The names of one model's equations.
#[derive(Clone, Debug)]
pub struct Names {
    symbols: BTreeMap<NodeId, Symbol>,
    /// The names of values so far, and the last number each was given with.
    numbers: BTreeMap<String, u32>,
    /// What the loss is called.
    pub loss: String,
    /// What the number of examples is called.
    pub examples: String,
    /// What the prediction is called.
    pub prediction: String,
    /// What the target is called.
    pub target: String,
    /// The index of an example.
    example: String,
    /// Names that no index may have.
    taken: BTreeSet<String>,
}

impl Names {
    /// Names for the leaves and for what has an equation.
    pub fn new(
        compiled: &Compiled,
        planned: &Planned,
        result: Option<&str>,
        has_equation: &[bool],
    ) -> Names {
        let model = &compiled.model;
        let written = names_of_user(model);
        let mut taken: BTreeSet<String> = written.iter().cloned().collect();
        taken.extend(model.symbols.iter().map(|symbol| symbol.name.text.clone()));
        let loss = result
            .filter(|name| !taken.contains(*name))
            .map_or_else(|| first_free(&["L", "loss", "L_batch"], &taken), str::to_string);
        let examples = first_free(&["N", "M", "B", "examples"], &taken);
        let example = first_free(&["n", "e", "s", "example"], &taken);
        let prediction = name_of_prediction(compiled)
            .filter(|name| written.contains(name))
            .unwrap_or_else(|| first_free(&["p", "prediction"], &taken));
        let target = first_free(&["y", "target", "t"], &taken);
        let (symbols, numbers) = (BTreeMap::new(), BTreeMap::new());
        let mut names =
            Names { symbols, numbers, loss, examples, prediction, target, example, taken };
        let reserved =
            [&names.loss, &names.examples, &names.example, &names.prediction, &names.target];
        names.taken.extend(reserved.map(String::clone));
        names.name_values(planned, has_equation, &written, &derivatives_of_user(model));
        names
    }

    fn name_values(
        &mut self,
        planned: &Planned,
        has_equation: &[bool],
        written: &[String],
        derivatives: &BTreeMap<String, String>,
    ) {
        let graph = &planned.graph;
        let is_loss = |root: &&Root| root.purpose == Purpose::Loss;
        let loss = planned.roots.iter().find(is_loss).map(|root| root.node);
        let values = values_of_adjoints(graph);
        let (mut letters, mut adjoints) = (Vec::new(), Vec::new());
        let written: BTreeSet<&str> = written.iter().map(String::as_str).collect();
        for id in graph.ids() {
            let name = graph.name(id).map_or("", |name| &**name);
            let is_written = written.contains(name);
            let wanted = match &graph.node(id).kind {
                Kind::Leaf(Leaf::Argument(_)) => name.to_string(),
                Kind::Leaf(Leaf::Target) => self.target.clone(),
                Kind::Leaf(Leaf::Named(path)) => self.numbered(Leaf::last_segment(path)),
                Kind::Leaf(Leaf::Random(..)) if is_written => self.numbered(name),
                Kind::Leaf(Leaf::Random(..)) => {
                    letters.push(id);
                    continue;
                }
                Kind::Leaf(_) => continue,
                _ if Some(id) == loss => self.loss.clone(),
                _ if !has_equation[id.0 as usize] => continue,
                _ if is_written => self.numbered(name),
                _ if name == "prediction" => self.prediction.clone(),
                _ => {
                    let unnamed =
                        if values.contains_key(&id) { &mut adjoints } else { &mut letters };
                    unnamed.push(id);
                    continue;
                }
            };
            self.taken.insert(wanted.clone());
            let symbol = match derivatives.get(name) {
                Some(written) if wanted == name => Symbol::word(written),
                _ => Symbol::new(&wanted),
            };
            self.symbols.insert(id, symbol);
            self.numbers.entry(wanted).or_insert(1);
        }
        self.letters(graph, &letters);
        self.bars(graph, &adjoints, &values);
    }

    /// The names in the body of a loop: what it captures is called as outside.
    pub fn inside(&self, fold: &Fold, has_equation: &[bool], written: &[String]) -> Inside {
        let (body, graph) = (&fold.body, &fold.body.graph);
        let mut names = Names { symbols: BTreeMap::new(), ..self.clone() };
        let counter = first_free(&["t", "s", "r", "step"], &names.taken);
        names.taken.insert(counter.clone());
        let states: Vec<Symbol> =
            (0..body.next.len()).map(|place| self.state(&mut names, fold, place)).collect();
        let (mut letters, mut adjoints) = (Vec::new(), Vec::new());
        let values = values_of_adjoints(graph);
        for id in graph.ids() {
            let name = graph.name(id).map_or("", |name| &**name);
            let next = body.next.iter().position(|&next| next == id);
            let symbol = match &graph.node(id).kind {
                Kind::Leaf(Leaf::State(place)) => states[*place].clone(),
                Kind::Leaf(Leaf::Captured(place)) => {
                    self.symbol(fold.operands[body.next.len() + place].node)
                }
                Kind::Leaf(Leaf::Step) => Symbol::new(&counter),
                Kind::Leaf(Leaf::Named(path)) => Symbol::new(Leaf::last_segment(path)),
                Kind::Leaf(_) => continue,
                _ if !has_equation[id.0 as usize] => continue,
                _ if next.is_some() => states[next.unwrap_or(0)].clone().primed(),
                _ if written.iter().any(|known| known == name) => {
                    let wanted = names.numbered(name);
                    names.numbers.entry(wanted.clone()).or_insert(1);
                    Symbol::new(&wanted)
                }
                _ => {
                    let unnamed =
                        if values.contains_key(&id) { &mut adjoints } else { &mut letters };
                    unnamed.push(id);
                    continue;
                }
            };
            names.symbols.insert(id, symbol);
        }
        names.letters(graph, &letters);
        names.bars(graph, &adjoints, &values);
        Inside { names, states, counter: Symbol::new(&counter) }
    }

    /// What a state is called: as the value it leaves, or as what it begins with.
    fn state(&self, names: &mut Names, fold: &Fold, place: usize) -> Symbol {
        let result = fold.results.iter().find(|(_, result)| *result == FoldResult::State(place));
        if let Some((node, _)) = result
            && let Some(symbol) = self.symbols.get(node)
        {
            return symbol.clone();
        }
        let leaf = fold.body.leaf(&Leaf::State(place));
        let name = leaf.and_then(|leaf| fold.body.graph.name(leaf));
        let adjoint = name.and_then(|name| name.strip_suffix("_bar"));
        let wanted = names.numbered(adjoint.or(name.map(|name| &**name)).unwrap_or("s"));
        names.numbers.entry(wanted.clone()).or_insert(1);
        names.taken.insert(wanted.clone());
        let symbol = Symbol::new(wanted.trim_end_matches("_next"));
        if adjoint.is_some() { symbol.barred() } else { symbol }
    }

    /// A letter for each, with a number where several have the same.
    fn letters(&mut self, graph: &Graph, nodes: &[NodeId]) {
        let stems: Vec<&str> = nodes.iter().map(|&id| letter(graph, id)).collect();
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for stem in &stems {
            *counts.entry(stem).or_default() += 1;
        }
        let mut next: BTreeMap<&str, u32> = BTreeMap::new();
        for (&id, stem) in nodes.iter().zip(&stems) {
            let is_only = counts[stem] == 1;
            let mut name = (*stem).to_string();
            while !is_only && name == *stem || self.taken.contains(&name) {
                let number = next.entry(stem).or_default();
                *number += 1;
                name = format!("{stem}{number}");
            }
            self.taken.insert(name.clone());
            self.symbols.insert(id, Symbol::new(&name));
        }
    }

    /// Each adjoint under the name of its value; a second one of the same value gets a letter.
    fn bars(&mut self, graph: &Graph, adjoints: &[NodeId], values: &BTreeMap<NodeId, NodeId>) {
        let mut of_value: BTreeSet<NodeId> = BTreeSet::new();
        let mut others = Vec::new();
        for &id in adjoints {
            let value = values[&id];
            match self.symbols.get(&value).cloned() {
                // A bar over a fraction cannot be read.
                Some(symbol) if !symbol.stem.starts_with('∂') && of_value.insert(value) => {
                    self.symbols.insert(id, symbol.barred());
                }
                _ => others.push(id),
            }
        }
        self.letters(graph, &others);
    }

    fn numbered(&mut self, name: &str) -> String {
        if !self.numbers.contains_key(name) {
            return name.to_string();
        }
        let mut number = self.numbers[name];
        loop {
            number += 1;
            let numbered = format!("{name}_{number}");
            if !self.numbers.contains_key(&numbered) {
                self.numbers.insert(name.to_string(), number);
                return numbered;
            }
        }
    }

    /// The name of a value.
    pub fn symbol(&self, id: NodeId) -> Symbol {
        self.symbols.get(&id).cloned().unwrap_or_else(|| Symbol::new(&format!("v{}", id.0)))
    }

    /// The index of an example.
    pub fn example_letter(&self) -> &str {
        &self.example
    }

    /// An extent as mathematics.
    pub fn extent(&self, dim: &Dim) -> Math {
        match dim {
            Dim::Batch => Math::symbol(&self.examples),
            Dim::Fixed(number) => Math::Number(*number as f64),
            Dim::Named(name) => Math::symbol(name),
            Dim::Composite(polynomial) => super::counts::mathematics(polynomial, self),
            Dim::Quotient(polynomial, divisor) => {
                let above = super::counts::mathematics(polynomial, self);
                let below = Math::Number(*divisor as f64);
                Math::Fence("⌊", Box::new(Math::quotient(above, Some(below))), "⌋")
            }
        }
    }

    /// A letter for a new index: the extent's own in lower case where it is one letter and free, else the next of `i`, `j`, `k`, ….
    pub fn index_letter(&self, dim: &Dim, used: &[String]) -> String {
        if *dim == Dim::Batch {
            return self.example.clone();
        }
        let is_free = |letter: &String| !used.contains(letter) && !self.taken.contains(letter);
        let own = match dim {
            Dim::Named(name) if name.chars().count() == 1 => Some(name.to_lowercase()),
            _ => None,
        };
        let numbered = (1..).map(|number| format!("i{number}"));
        let letters = ["i", "j", "k", "l", "m", "q", "r"].map(String::from).into_iter();
        let mut candidates = own.into_iter().chain(letters).chain(numbered);
        candidates.find(is_free).unwrap_or_default()
    }
}

/// The names in the body of a loop.
pub struct Inside {
    /// The names.
    pub names: Names,
    /// What the states are called.
    pub states: Vec<Symbol>,
    /// What the number of the step is called.
    pub counter: Symbol,
}

/// What the model itself calls its prediction.
fn name_of_prediction(compiled: &Compiled) -> Option<String> {
    let planned = compiled.predict()?;
    let root = planned.roots.first()?;
    planned.graph.name(root.node).map(ToString::to_string)
}

/// The first name not taken, the last one if all are.
fn first_free(candidates: &[&str], taken: &BTreeSet<String>) -> String {
    let free = candidates.iter().find(|name| !taken.contains(**name));
    (*free.or(candidates.last()).unwrap_or(&"v")).to_string()
}

/// For each node whose name says it is an adjoint, the value it is the adjoint of.
pub fn values_of_adjoints(graph: &Graph) -> BTreeMap<NodeId, NodeId> {
    let mut by_name: BTreeMap<&str, NodeId> = BTreeMap::new();
    for id in graph.ids() {
        if let Some(name) = graph.name(id) {
            by_name.entry(name).or_insert(id);
        }
    }
    let value = |id| by_name.get(graph.name(id)?.strip_suffix("_bar")?).copied();
    graph.ids().filter_map(|id| value(id).map(|value| (id, value))).collect()
}

/// The names of the arguments, of every `let`, and of the predictions that have one of their own.
pub fn names_of_user(model: &Model) -> Vec<String> {
    let mut names: Vec<String> =
        model.arguments.iter().map(|argument| argument.name.text.clone()).collect();
    for function in &model.functions {
        names_of_block(&function.body, &mut names);
    }
    if let Objective::OfPrediction(_, Loss::Closure { body, .. }) = &model.objective {
        names_of_block(body, &mut names);
    }
    let prediction = model.prediction().map(|entry| &entry.name.text);
    let outputs = model.outputs().map(|entry| &entry.name.text);
    names.extend(outputs.filter(|name| Some(*name) != prediction).cloned());
    names
}

/// How the derivatives inside a model are written, by their names.
fn derivatives_of_user(model: &Model) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut see = |expression: &tree::Expr| {
        let derivative = tree::derivative(&expression.kind);
        names.extend(derivative.and_then(|(value, name)| tree::derivative_name(value, name)));
    };
    for function in &model.functions {
        tree::for_each_expression(&function.body, &mut see);
    }
    names
}

fn names_of_block(block: &Block, names: &mut Vec<String>) {
    names_of_statements(&block.statements, names);
    names_of_expression(&block.value.kind, names);
}

fn names_of_statements(statements: &[Statement], names: &mut Vec<String>) {
    for statement in statements {
        match statement {
            Statement::Let(binding) | Statement::Assign(binding) => {
                names.push(binding.name.text.clone());
                names_of_expression(&binding.value.kind, names);
            }
            Statement::For(inner) => names_of_loop(inner, names),
        }
    }
}

fn names_of_loop(inner: &Loop, names: &mut Vec<String>) {
    names_of_statements(&inner.statements, names);
    if let Some(value) = &inner.value {
        names_of_expression(&value.kind, names);
    }
}

fn names_of_expression(kind: &ExprKind, names: &mut Vec<String>) {
    match kind {
        ExprKind::Call { arguments, .. } => {
            let derivative = tree::derivative(kind);
            let name = derivative.and_then(|(value, name)| tree::derivative_name(value, name));
            names.extend(name.map(|(plain, _)| plain));
            for argument in arguments {
                names_of_expression(&argument.value.kind, names);
            }
        }
        ExprKind::List(items) => {
            for item in items {
                names_of_expression(&item.kind, names);
            }
        }
        ExprKind::Block(block) => names_of_block(block, names),
        ExprKind::For(inner) => names_of_loop(inner, names),
        ExprKind::Index { array, .. } => names_of_expression(&array.kind, names),
        ExprKind::Number(_) | ExprKind::Integer(_) | ExprKind::Name(_) | ExprKind::Text(_) => {}
    }
}

/// The letter that says what a value is.
fn letter(graph: &Graph, id: NodeId) -> &'static str {
    let name = graph.name(id).map_or("", |name| name);
    let digits = name.trim_end_matches(|end: char| end.is_ascii_digit());
    match digits {
        "a" => return "a",
        "h" => return "h",
        "example_loss" => return "l",
        _ => {}
    }
    match &graph.node(id).kind {
        Kind::Leaf(Leaf::Random(distribution, _)) => match distribution {
            Distribution::Uniform => "u",
            Distribution::Normal => "ε",
            Distribution::Bernoulli(_) | Distribution::Dropout(_) => "m",
        },
        Kind::Leaf(_) => "v",
        Kind::Contraction { .. } => "s",
        Kind::Extremum { .. } => "m",
        Kind::Index { .. } | Kind::Matrix { .. } | Kind::Fold { .. } => "v",
        Kind::Map { function, operands } => match scalar::row(*function) {
            Ok(row) => match row.notation {
                Notation::Infix("-", _) if reads_target(graph, operands) => "e",
                Notation::Infix(_, 1) => "d",
                Notation::Infix("/", _) => "q",
                Notation::Infix(..) | Notation::Prefix(_) => "t",
                Notation::Exponential(_) => "u",
                Notation::Indicator(_) => "δ",
                Notation::Fence(..) | Notation::Root(_) => "r",
                Notation::Power | Notation::Superscript(_) => "w",
                Notation::Function(_) => "f",
            },
            Err(_) => "v",
        },
    }
}

fn reads_target(graph: &Graph, operands: &[crate::ir::Access]) -> bool {
    operands.iter().any(|operand| graph.node(operand.node).kind == Kind::Leaf(Leaf::Target))
}
