//! A fused loop as a Rust function.

mod effect;
mod element;
mod flat;
mod parameters;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::names::Names;
use super::places::Places;
use super::value::Values;
use crate::ir::{Dim, Label};
use crate::plan::{Effect, Local, Loop, Plan, Update, ValueId};

pub use self::element::element_where;

/// A step function and the call of it.
pub struct Function {
    /// The name wanted for it.
    pub name: String,
    /// Its parameters and body, without the name.
    ///
    /// The body is compiled for the instruction set once, whichever kernels call it. It is a function inside the function, because the
    /// compiler trusts slices to be apart only where they are parameters.
    pub definition: TokenStream,
    /// The arguments of its call.
    pub arguments: TokenStream,
}

/// Prints a fused loop.
pub fn function(plan: &Plan, names: &Names, nest: &Loop) -> Function {
    let nest = &flat::flat(plan, nest);
    Printer { plan, names: names.clone(), nest, counters: Vec::new(), runs: None }.print()
}

/// The statements of a loop that has no axes: too little for a function.
pub fn statements(plan: &Plan, names: &Names, nest: &Loop) -> TokenStream {
    let mut printer = Printer { plan, names: names.clone(), nest, counters: vec![], runs: None };
    let (body, clears) = (printer.body(), printer.clears());
    quote!(#clears #body)
}

/// From so many operations for each example on, one addition is over before the next to the same lane begins.
const LONG: u32 = 8;

struct Printer<'a> {
    plan: &'a Plan,
    names: Names,
    nest: &'a Loop,
    /// One counter per axis of the domain.
    counters: Vec<Ident>,
    /// How the innermost loop is cut, where it adds up over the examples.
    runs: Option<Runs>,
}

/// The innermost loop in runs of as many examples as there are lanes: a sum has one number for each lane, so that it is added to in vectors.
struct Runs {
    /// The type of the lanes.
    width: TokenStream,
    /// The first example of a run.
    start: Ident,
    /// How many it has: the last may have fewer.
    lanes: Ident,
    /// The counter in it.
    lane: Ident,
}

impl<'a> Printer<'a> {
    fn print(mut self) -> Function {
        self.counters = (0..self.nest.domain.len())
            .map(|axis| match self.nest.domain[axis] {
                Dim::Batch => self.names.fresh("n"),
                _ => self.names.fresh(
                    ["i", "j", "k", "l", "m", "p", "q"].get(axis).copied().unwrap_or("index"),
                ),
            })
            .collect();
        if self.nest.effects.iter().any(|effect| self.sums_examples(effect)) {
            let [start, lanes, lane] =
                ["start", "lanes", "lane"].map(|name| self.names.fresh(name));
            let is_long = self.nest.operations() >= LONG;
            let width = if is_long { quote!(T::Vector) } else { quote!(T::Vectors) };
            self.runs = Some(Runs { width, start, lanes, lane });
        }
        let parameters = self.parameters();
        let body = self.body();
        let clears = self.clears();
        let (names, types): (Vec<_>, Vec<_>) =
            parameters.iter().map(|(name, kind, _)| (name, kind)).unzip();
        let arguments = parameters.iter().map(|(_, _, argument)| argument);
        let needs_isa = mentions(&body, &format_ident!("isa"));
        let isa = needs_isa.then(|| (quote!(isa: I,), quote!(isa,))).unzip();
        let (isa_parameter, isa_argument): (Option<TokenStream>, Option<TokenStream>) = isa;
        let isa_generic = isa_parameter.is_some().then(|| quote!(I: Isa,));
        let last = self
            .nest
            .effects
            .last()
            .map_or("step", |effect| self.plan.buffers[effect.buffer].name.as_str());
        Function {
            name: last.to_string(),
            definition: quote! {
                <I: Isa, T: Real>(isa: I, #(#names: #types),*) {
                    #[inline(always)]
                    fn vectorized<#isa_generic T: Real>(#isa_parameter #(#names: #types),*) {
                        #clears
                        #body
                    }
                    isa.run(#[inline(always)] || vectorized(#isa_argument #(#names),*));
                }
            },
            arguments: quote!(isa, #(#arguments),*),
        }
    }

    /// The nest: outer loops, what the innermost loop needs, the innermost loop.
    fn body(&mut self) -> TokenStream {
        let values = self.nest.values.clone();
        let (mut preludes, mut rows) = (TokenStream::new(), TokenStream::new());
        let mut reads: Vec<TokenStream> = vec![TokenStream::new(); values.len()];
        for (id, value) in values.iter().enumerate() {
            let element = self.read(value, &values, &reads);
            preludes.extend(element.prelude);
            rows.extend(element.row);
            reads[id] = element.access;
        }
        let outside: Vec<ValueId> = self.nest.effects.iter().map(|effect| effect.value).collect();
        let places = self.places();
        let read = |id: ValueId, write: &dyn Fn(ValueId) -> TokenStream| {
            if reads[id].is_empty() {
                element_where(&places, &values, &values[id], write)
            } else {
                reads[id].clone()
            }
        };
        let mut printed = Values::new(&values, &outside, &read);
        let mut names = self.names.clone();
        let called = |local: &Local| (local.value, names.fresh(&local.name));
        printed.call(self.nest.locals.iter().map(called));
        let bindings = printed.bindings(&mut |wanted| names.fresh(wanted));
        self.names = names;
        let mut statements = TokenStream::new();
        let mut after = TokenStream::new();
        for effect in &self.nest.effects {
            let printed = self.effect(effect, &printed);
            preludes.extend(printed.prelude);
            rows.extend(printed.row);
            statements.extend(printed.statement);
            after.extend(printed.after);
        }
        let mut body = quote!(#bindings #statements);
        for axis in (0..self.nest.domain.len()).rev() {
            let counter = &self.counters[axis];
            let extent = self.names.extent(&self.nest.domain[axis]);
            if axis + 1 == self.nest.domain.len() {
                let innermost = self.innermost(&rows, &body);
                body = quote!(#preludes #innermost #after);
            } else if !body.is_empty() {
                body = quote!(for #counter in 0..#extent { #body });
            }
        }
        if self.nest.domain.is_empty() { quote!(#preludes #rows #body #after) } else { body }
    }

    /// The innermost loop over the rows it visits, in one run or many.
    fn innermost(&self, rows: &TokenStream, body: &TokenStream) -> TokenStream {
        let last = self.nest.domain.last().zip(self.counters.last());
        let Some((dim, counter)) = last.filter(|_| !body.is_empty()) else { return rows.clone() };
        let extent = self.names.extent(dim);
        let Some(Runs { width, start, lanes, lane }) = &self.runs else {
            return quote!(#rows for #counter in 0..#extent { #body });
        };
        let counted = mentions(body, counter).then(|| quote!(let #counter = #start + #lane;));
        quote! {
            runs!(#width, #extent, |#start, #lanes| {
                #rows
                for #lane in 0..#lanes { #counted #body }
            });
        }
    }

    /// Whether the innermost loop adds the value up over examples.
    fn sums_examples(&self, effect: &Effect) -> bool {
        let adds = matches!(effect.update, Update::Add | Update::Accumulate | Update::Continue);
        let innermost = self.nest.domain.len().checked_sub(1);
        let is_summed = |axis: usize| {
            self.nest.domain[axis] == Dim::Batch && !effect.axes.contains(&(axis as Label))
        };
        adds && effect.places.is_empty() && innermost.is_some_and(is_summed)
    }

    fn places(&self) -> Places<'a> {
        let (names, counters) = (self.names.clone(), self.counters.clone());
        Places { plan: self.plan, names, counters, domain: &self.nest.domain }
    }
}

/// Whether the tokens contain the name.
fn mentions(tokens: &TokenStream, name: &Ident) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
