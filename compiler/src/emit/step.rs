//! One plan as a kernel: a struct of what it works on, and the steps over tiles of examples.

mod interface;
mod memory;
mod tiles;

pub use self::interface::{entries, fields};

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::loops;
use super::matrices;
use super::names::Names;
use super::places::Places;
use super::products;
use super::value::Values;
use super::{Arguments, Planned};
use crate::ir::{Dim, Distribution, Leaf, Order, Polynomial};
use crate::plan::{
    BufferId, Effect, Fold, Loop, Phase, Place, Plan, Update, Value, ValueId, Work, formula,
};

/// Who clears the gradients that rows are added to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Clears {
    /// The kernel, as a whole.
    Kernel,
    /// Whoever runs it, before that: as a whole, or the rows that the examples name.
    Caller,
}

/// The step functions of an expansion; plans that need the same function share it.
pub struct Functions {
    by_definition: BTreeMap<String, Ident>,
    /// Names of functions alone: every step copies the names of locals, which should stay few.
    names: Names,
    /// The functions, in order of first use.
    pub tokens: TokenStream,
}

impl Functions {
    /// No functions yet; their names are apart from these.
    pub fn new(names: &Names) -> Functions {
        Functions {
            by_definition: BTreeMap::new(),
            names: names.clone(),
            tokens: TokenStream::new(),
        }
    }

    /// The name of a function with this definition, written the first time it is asked for.
    fn name(&mut self, wanted: &str, doc: &[String], definition: &TokenStream) -> Ident {
        let key = definition.to_string();
        if let Some(name) = self.by_definition.get(&key) {
            return name.clone();
        }
        let name = self.names.fresh(&format!("compute_{wanted}"));
        let docs = doc.iter().map(|line| format!(" {line}"));
        self.tokens.extend(quote! {
            #(#[doc = #docs])*
            #[inline(always)]
            fn #name #definition
        });
        self.by_definition.insert(key, name.clone());
        name
    }
}

/// Prints a plan: the kernel's struct and its implementation.
pub fn kernel(
    planned: &Planned,
    arguments: &Arguments,
    names: &mut Names,
    functions: &mut Functions,
    name: &Ident,
    clears: Clears,
) -> TokenStream {
    let mut printer = Printer {
        planned,
        plan: &planned.plan,
        arguments,
        names,
        functions,
        clears,
        phase: Phase::Before,
    };
    let body = printer.body();
    let (real, index, shared) = arguments.counts();
    let symbols: Vec<&Ident> = printer.names.symbols().collect();
    let count = Literal::usize_unsuffixed(symbols.len());
    let fields = fields(&planned.plan);
    let (field_names, types): (Vec<Ident>, Vec<TokenStream>) = fields.into_iter().unzip();
    let (output, returns) = match planned.plan.loss {
        Some(_) => (quote!(T), Some(quote!(-> T))),
        None => (quote!(()), None),
    };
    let known =
        (!symbols.is_empty()).then(|| quote!(let [#(#symbols),*] = isa.extents([#(#symbols),*]);));
    let added = planned.plan.scattered.iter().filter(|_| clears == Clears::Caller);
    let added = added.map(|one| format!("`{}`", planned.plan.buffers[one.buffer].name));
    let added: Vec<String> = added.collect();
    let doc = format!(" Adds to rows of {}, which must be 0 before.", added.join(", "));
    let doc = (!added.is_empty()).then(|| quote!(#[doc = #doc]));
    quote! {
        #doc
        struct #name<'a, T> {
            extents: [usize; #count],
            parameters: &'a [T],
            examples: &'a Examples<'a, T, #real, #index, #shared>,
            #(#field_names: #types,)*
            workspace: &'a mut Workspace<T>,
        }

        impl<T: Real> Kernel for #name<'_, T> {
            type Output = #output;

            #[inline(always)]
            fn run<I: Isa>(self, isa: I) #returns {
                let #name { extents: [#(#symbols),*], parameters, examples, #(#field_names,)* workspace } = self;
                #known
                #body
            }
        }
    }
}

/// The printer of one plan.
struct Printer<'a> {
    planned: &'a Planned,
    plan: &'a Plan,
    arguments: &'a Arguments,
    names: &'a mut Names,
    functions: &'a mut Functions,
    clears: Clears,
    /// Of the steps that are being printed.
    phase: Phase,
}

impl Printer<'_> {
    fn body(&mut self) -> TokenStream {
        let callers = self.caller_values();
        let regions = self.regions();
        let gradient = self.gradient_views();
        let without = self.without_influence();
        let cells = self.cells(|buffer| !self.is_of_part(buffer));
        let count =
            self.uses_count().then(|| quote!(let count = T::from_f64(examples.rows as f64);));
        let mut written = BTreeSet::new();
        let before = self.steps(Phase::Before, &mut written);
        written.retain(|&id| !matches!(self.plan.buffers[id].place, Place::View(_)));
        let tiles = self.tiles(&mut written);
        written.retain(|&id| !matches!(self.plan.buffers[id].place, Place::View(_)));
        let after = self.steps(Phase::After, &mut written);
        let loss =
            self.plan.loss.filter(|_| !self.ends_with_loss()).map(|buffer| self.number(buffer));
        let [scratch_before, scratch_after] = [Phase::Before, Phase::After]
            .map(|phase| self.uses_scratch(phase).then(|| quote!(let scratch = tiles.scratch();)));
        quote! {
            #callers
            #count
            #regions
            #gradient
            #without
            #cells
            #scratch_before
            #before
            #tiles
            #scratch_after
            #after
            #loss
        }
    }

    fn uses_count(&self) -> bool {
        let mentions = |values: &[Value]| {
            values.iter().any(|value| matches!(value, Value::Extent(Dim::Batch)))
        };
        self.plan.works().into_iter().any(|work| match work {
            Work::Number { values, .. } => mentions(values),
            Work::Loop(nest) => mentions(&nest.values),
            _ => false,
        })
    }

    fn steps(&mut self, phase: Phase, written: &mut BTreeSet<BufferId>) -> TokenStream {
        let plan = self.plan;
        self.phase = phase;
        let mut tokens = TokenStream::new();
        for step in plan.steps.iter().filter(|step| step.phase == phase) {
            tokens.extend(self.work(&step.work, written));
        }
        tokens
    }

    /// What is done, with names for what it is the first to touch: a region of the workspace, or an input that is read where it is.
    fn work(&mut self, work: &Work, written: &mut BTreeSet<BufferId>) -> TokenStream {
        let mut tokens = TokenStream::new();
        for id in crate::allocate::buffers_of(self.plan, work) {
            self.open(id, written, &mut tokens);
        }
        tokens.extend(self.step(work, written));
        tokens
    }

    /// A loop whose steps depend on one another.
    fn fold(&mut self, fold: &Fold, opened: &BTreeSet<BufferId>) -> TokenStream {
        let mut inside = opened.clone();
        let body: TokenStream = fold.body.iter().map(|work| self.work(work, &mut inside)).collect();
        let counter = format_ident!("{}", self.plan.buffers[fold.counter].name);
        let steps = self.names.extent(&fold.steps);
        match fold.order {
            Order::Forward => quote!(for #counter in 0..#steps { #body }),
            Order::Backward => quote!(for #counter in (0..#steps).rev() { #body }),
        }
    }

    /// Whether a buffer is written in the phase that is being printed, or one that lies in its memory.
    fn is_written(&self, buffer: BufferId) -> bool {
        let lies_in = |mut inner: BufferId| loop {
            match &self.plan.buffers[inner].place {
                _ if inner == buffer => return true,
                Place::View(view) => inner = view.of,
                _ => return false,
            }
        };
        let mut works = self.plan.works_of(self.phase).into_iter();
        works.any(|work| crate::allocate::written_by(work).into_iter().any(lies_in))
    }

    fn step(&mut self, work: &Work, opened: &BTreeSet<BufferId>) -> TokenStream {
        match work {
            Work::Load { leaf, buffer } => {
                let name = format_ident!("{}", self.plan.buffers[*buffer].name);
                match self.arguments.index_place(leaf) {
                    Some(place) => {
                        quote! {
                            load_indices(examples.indices[#place].values, examples.indices[#place].width, first, rows, #name);
                        }
                    }
                    None if *leaf == Leaf::Weights => {
                        let shape = &self.plan.buffers[*buffer].shape;
                        let width = Polynomial::product(&shape[..shape.len() - 1]);
                        let width = self.names.polynomial(&width);
                        quote!(load_rows(isa, given_weights, #width, first, rows, #name);)
                    }
                    None => {
                        let place = self.arguments.real_place(leaf);
                        quote! {
                            load_rows(isa, examples.reals[#place].values, examples.reals[#place].width, first, rows, #name);
                        }
                    }
                }
            }
            Work::Draw { distribution, site, buffer } => self.draw(*distribution, *site, *buffer),
            Work::Number { buffer, values } => self.number_step(*buffer, values),
            Work::Loop(nest) if nest.domain.is_empty() => {
                let statements = loops::statements(self.plan, self.names, nest);
                let clears = self.clears(nest);
                quote!(#clears { #statements })
            }
            Work::Loop(nest) => {
                let printed = loops::function(self.plan, self.names, nest);
                let lines = formula::of_loop(self.plan, nest);
                let doc: Vec<String> = lines.iter().map(|line| format!("`{line}`")).collect();
                let name = self.functions.name(&printed.name, &doc, &printed.definition);
                let arguments = printed.arguments;
                let clears = self.clears(nest);
                quote!(#clears #name(#arguments);)
            }
            Work::Product(product) => products::statements(self.plan, self.names, product),
            Work::Clear { buffer, .. } if self.is_cleared_by_caller(*buffer) => TokenStream::new(),
            Work::Clear { buffer, once } => {
                let cleared = &self.plan.buffers[*buffer];
                let name = format_ident!("{}", cleared.name);
                let length = self.names.polynomial(&cleared.elements());
                let clear = quote!(#name[..#length].fill(T::ZERO););
                if *once { quote!(if first == begin { #clear }) } else { clear }
            }
            Work::Fold(fold) => self.fold(fold, opened),
            Work::Matrix(call) => matrices::statement(self.plan, self.names, call),
            Work::StoreRows { buffer } => self.store_rows(*buffer),
            Work::StoreColumns { buffer, argument } => self.store_columns(*buffer, *argument),
            Work::StoreEntries { buffer, block } => self.store_entries(*buffer, *block),
            Work::StoreBlock { buffer, arguments } => self.store_block(*buffer, *arguments),
        }
    }

    /// Whether the method that runs the kernel has cleared the buffer, or those of its rows that the examples name.
    fn is_cleared_by_caller(&self, buffer: BufferId) -> bool {
        let is_scattered = self.plan.scattered.iter().any(|one| one.buffer == buffer);
        self.clears == Clears::Caller && is_scattered
    }

    /// Random numbers: for the examples of the tile, or for all elements as if they were examples.
    fn draw(&self, distribution: Distribution, site: usize, buffer: BufferId) -> TokenStream {
        let drawn = &self.plan.buffers[buffer];
        let probability = |bits| Some(Literal::f64_unsuffixed(f64::from_bits(bits)));
        let (function, probability) = match distribution {
            Distribution::Uniform => ("draw_uniform", None),
            Distribution::Normal => ("draw_normal", None),
            Distribution::Bernoulli(bits) => ("draw_bernoulli", probability(bits)),
            Distribution::Dropout(bits) => ("draw_dropout", probability(bits)),
        };
        let function = format_ident!("{function}");
        let probability = probability.map(|probability| quote!(#probability,));
        let (first, count) = if drawn.shape.contains(&Dim::Batch) {
            (quote!(examples.first + first), quote!(rows))
        } else {
            (quote!(0), self.names.polynomial(&drawn.elements()))
        };
        let site = Literal::usize_unsuffixed(site);
        let name = format_ident!("{}", drawn.name);
        let name = if drawn.place == Place::Cell { quote!(&mut #name) } else { quote!(#name) };
        quote!(#function(isa, examples.randomness, #probability #site, #first, #count, #name);)
    }

    /// What goes on from tile to tile begins with the first.
    fn clears(&self, nest: &Loop) -> Option<TokenStream> {
        let goes_on = |effect: &&Effect| effect.update == Update::Accumulate;
        let clears: Vec<TokenStream> = nest
            .effects
            .iter()
            .filter(goes_on)
            .map(|effect| {
                let buffer = &self.plan.buffers[effect.buffer];
                let name = format_ident!("{}", buffer.name);
                let length = self.names.polynomial(&buffer.elements());
                quote!(#name[..#length].fill(T::ZERO);)
            })
            .collect();
        (!clears.is_empty()).then(|| quote!(if first == begin { #(#clears)* }))
    }

    /// `let name = ..;` for a local number.
    fn number_step(&mut self, buffer: BufferId, values: &[Value]) -> TokenStream {
        let reads: Vec<TokenStream> = values
            .iter()
            .map(|value| match value {
                Value::Read(buffer, _) => self.number(*buffer),
                Value::Extent(Dim::Batch) => quote!(count),
                Value::Extent(dim) => self.names.number(dim),
                Value::Named(path) => self.names.constant(path),
                _ => TokenStream::new(),
            })
            .collect();
        let places =
            Places { plan: self.plan, names: self.names.clone(), counters: vec![], domain: &[] };
        let read = |id: ValueId, write: &dyn Fn(ValueId) -> TokenStream| {
            if reads[id].is_empty() {
                loops::element_where(&places, values, &values[id], write)
            } else {
                reads[id].clone()
            }
        };
        let last = values.len() - 1;
        let mut printed = Values::new(values, &[last], &read);
        let names = &mut *self.names;
        let bindings = printed.bindings(&mut |wanted| names.fresh(wanted));
        let value = printed.expression(last);
        if self.plan.loss == Some(buffer) && self.ends_with_loss() {
            return quote!(#bindings #value);
        }
        let name = format_ident!("{}", self.plan.buffers[buffer].name);
        quote!(#bindings let #name = #value;)
    }

    /// Whether the last step is the loss, which is then the value of the kernel.
    fn ends_with_loss(&self) -> bool {
        match self.plan.steps.last().map(|step| &step.work) {
            Some(Work::Number { buffer, .. }) => self.plan.loss == Some(*buffer),
            _ => false,
        }
    }

    /// A buffer of one number, as an expression.
    fn number(&self, buffer: BufferId) -> TokenStream {
        let name = format_ident!("{}", self.plan.buffers[buffer].name);
        match () {
            () if self.plan.buffers[buffer].place == Place::Counter => {
                quote!(T::from_f64(#name as f64))
            }
            () if self.plan.buffers[buffer].is_number() => quote!(#name),
            () => quote!(#name[0]),
        }
    }
}
