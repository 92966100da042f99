//! A fused loop as a Rust function.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::names::Names;
use super::places::Places;
use super::value::Values;
use crate::functions::scalar::Notation;
use crate::ir::{Dim, FIXED, Label, Polynomial, Position};
use crate::plan::{BufferId, Effect, Guard, Loop, Place, Plan, Update, Value, ValueId};

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
    Printer { plan, names: names.clone(), nest, counters: Vec::new() }.print()
}

struct Printer<'a> {
    plan: &'a Plan,
    names: Names,
    nest: &'a Loop,
    /// One counter per axis of the domain.
    counters: Vec<Ident>,
}

/// How one value or effect reaches its element.
struct Element {
    /// What stands before the innermost loop.
    prelude: TokenStream,
    /// The element itself, inside the innermost loop.
    access: TokenStream,
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
        let parameters = self.parameters();
        let body = self.body();
        let clears = self.clears();
        let (names, types): (Vec<_>, Vec<_>) =
            parameters.iter().map(|(name, kind, _)| (name, kind)).unzip();
        let arguments = parameters.iter().map(|(_, _, argument)| argument);
        let isa = self.calls_kernels().then(|| (quote!(isa: I,), quote!(isa,))).unzip();
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

    /// Whether the body calls functions of `math`, which need to know the instruction set.
    fn calls_kernels(&self) -> bool {
        let is_call = |value: &Value| match value {
            Value::Apply(row, _) => {
                !matches!(row.notation, Notation::Infix(..) | Notation::Prefix(_))
            }
            _ => false,
        };
        let compares = |effect: &Effect| matches!(effect.update, Update::Max | Update::Min);
        self.nest.values.iter().any(is_call) || self.nest.effects.iter().any(compares)
    }

    /// Name, type and argument of every parameter: extents, numbers, buffers read, buffers written.
    fn parameters(&mut self) -> Vec<(TokenStream, TokenStream, TokenStream)> {
        let mut parameters = Vec::new();
        for ident in self.extents_used() {
            parameters.push((quote!(#ident), quote!(usize), quote!(#ident)));
        }
        if self.nest.values.iter().any(|value| matches!(value, Value::Extent(Dim::Batch))) {
            parameters.push((quote!(count), quote!(T), quote!(count)));
        }
        let mut seen: Vec<BufferId> = Vec::new();
        for buffer in crate::allocate::reads(&self.nest.values) {
            if seen.contains(&buffer) {
                continue;
            }
            seen.push(buffer);
            let name = format_ident!("{}", self.plan.buffers[buffer].name);
            let (kind, argument) = match self.plan.buffers[buffer].place {
                Place::Counter => (quote!(usize), quote!(#name)),
                _ if self.plan.buffers[buffer].is_number() => (quote!(T), quote!(#name)),
                Place::Cell => (quote!(&[T]), quote!(&#name)),
                _ => (quote!(&[T]), quote!(#name)),
            };
            parameters.push((quote!(#name), kind, argument));
        }
        for effect in &self.nest.effects {
            if seen.contains(&effect.buffer) {
                continue;
            }
            seen.push(effect.buffer);
            let name = format_ident!("{}", self.plan.buffers[effect.buffer].name);
            let is_cell = self.plan.buffers[effect.buffer].place == Place::Cell;
            let argument = if is_cell { quote!(&mut #name) } else { quote!(#name) };
            parameters.push((quote!(#name), quote!(&mut [T]), argument));
        }
        parameters
    }

    /// The extents the body mentions, `rows` for the batch.
    fn extents_used(&self) -> Vec<Ident> {
        let mut dims: Vec<Dim> = self.nest.domain.clone();
        let mut places: Vec<&Position> = Vec::new();
        let mut guards: Vec<&Guard> = Vec::new();
        for value in &self.nest.values {
            match value {
                Value::Extent(dim) if *dim != Dim::Batch => dims.push(dim.clone()),
                Value::Place(place) => places.push(place),
                Value::Gather(_, along, conditions) => {
                    places.extend(along);
                    guards.extend(conditions);
                }
                Value::Where(conditions, _) => guards.extend(conditions),
                _ => {}
            }
        }
        for effect in &self.nest.effects {
            places.extend(effect.places.iter().map(|(_, place)| place));
            guards.extend(&effect.guards);
        }
        for guard in guards {
            places.extend(guard.places());
            if let Guard::Inside(_, dim) = guard {
                dims.push(dim.clone());
            }
        }
        let mut symbols: Vec<Dim> = Vec::new();
        for dim in &dims {
            symbols.extend(Polynomial::from(dim).symbols());
        }
        for place in places {
            symbols.extend(place.symbols());
        }
        for buffer in self.buffers() {
            let strides = self.plan.buffers[buffer].strides();
            symbols.extend(strides.iter().flat_map(Polynomial::symbols));
        }
        symbols.sort();
        symbols.dedup();
        symbols
            .iter()
            .map(|symbol| match symbol {
                Dim::Batch => format_ident!("rows"),
                _ => format_ident!("{}", self.names.extent(symbol).to_string()),
            })
            .collect()
    }

    /// The buffers read, then those written.
    fn buffers(&self) -> impl Iterator<Item = BufferId> {
        let written = self.nest.effects.iter().map(|effect| effect.buffer);
        crate::allocate::reads(&self.nest.values).chain(written)
    }

    /// What accumulators start from.
    fn clears(&self) -> TokenStream {
        let mut clears = TokenStream::new();
        for effect in &self.nest.effects {
            let start = match effect.update {
                Update::Set | Update::Accumulate | Update::Continue => continue,
                Update::Add => quote!(T::ZERO),
                Update::Max => quote!(T::from_f64(::core::f64::NEG_INFINITY)),
                Update::Min => quote!(T::from_f64(::core::f64::INFINITY)),
            };
            let buffer = &self.plan.buffers[effect.buffer];
            let name = format_ident!("{}", buffer.name);
            let length = self.names.polynomial(&buffer.elements());
            clears.extend(quote!(#name[..#length].fill(#start);));
        }
        clears
    }

    /// The nest: outer loops, what the innermost loop needs, the innermost loop.
    fn body(&mut self) -> TokenStream {
        let values = self.nest.values.clone();
        let mut preludes = TokenStream::new();
        let mut reads: Vec<TokenStream> = vec![TokenStream::new(); values.len()];
        for (id, value) in values.iter().enumerate() {
            let element = self.read(value, &values, &reads);
            preludes.extend(element.prelude);
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
        let bindings = printed.bindings(&mut |wanted| names.fresh(wanted));
        self.names = names;
        let mut statements = TokenStream::new();
        let mut after = TokenStream::new();
        for effect in &self.nest.effects {
            let value = printed.expression(effect.value);
            let (prelude, statement, closing) =
                self.effect(effect, &value, &|id| printed.expression(id));
            preludes.extend(prelude);
            statements.extend(statement);
            after.extend(closing);
        }
        let mut body = quote!(#bindings #statements);
        for axis in (0..self.nest.domain.len()).rev() {
            let counter = &self.counters[axis];
            let extent = self.names.extent(&self.nest.domain[axis]);
            if !body.is_empty() {
                body = quote!(for #counter in 0..#extent { #body });
            }
            if axis + 1 == self.nest.domain.len() {
                body = quote!(#preludes #body #after);
            }
        }
        if self.nest.domain.is_empty() { quote!(#preludes #body #after) } else { body }
    }

    fn read(&mut self, value: &Value, values: &[Value], reads: &[TokenStream]) -> Element {
        let plain = |access: TokenStream| Element { prelude: TokenStream::new(), access };
        match value {
            Value::Constant(_) | Value::Apply(..) | Value::Place(_) | Value::Where(..) => {
                plain(TokenStream::new())
            }
            Value::Gather(buffer, along, guards) => {
                self.gathered(*buffer, along, guards, values, reads)
            }
            Value::Extent(Dim::Batch) => plain(quote!(count)),
            Value::Extent(dim) => plain(self.names.number(dim)),
            Value::Named(path) => plain(self.names.constant(path)),
            Value::Counter(label) => {
                let counter = &self.counters[*label as usize];
                plain(quote!(T::from_f64(#counter as f64)))
            }
            Value::Read(buffer, axes) => self.element(*buffer, axes, Direction::Read),
        }
    }

    /// How an element of a buffer is reached: a row cut to the innermost extent, a number fixed for the innermost loop, or an index.
    fn element(&mut self, buffer: BufferId, axes: &[Label], direction: Direction) -> Element {
        let stored = &self.plan.buffers[buffer];
        let name = format_ident!("{}", stored.name);
        if stored.place == Place::Counter {
            let access = quote!(T::from_f64(#name as f64));
            return Element { prelude: TokenStream::new(), access };
        }
        if stored.is_number() {
            return Element { prelude: TokenStream::new(), access: quote!(#name) };
        }
        let strides = self.strides(buffer, axes);
        let Some(innermost) = self.nest.domain.len().checked_sub(1) else {
            return Element { prelude: TokenStream::new(), access: quote!(#name[0]) };
        };
        let outer = self.names.offset(self.counters[..innermost].iter().zip(&strides));
        let start = if outer.is_empty() { quote!(0) } else { outer.clone() };
        match strides[innermost].as_constant() {
            Some(1) => {
                let length = self.names.extent(&self.nest.domain[innermost]);
                let row = self.names.fresh(&format!("{name}_row"));
                let counter = &self.counters[innermost];
                let range = if outer.is_empty() {
                    quote!([..#length])
                } else {
                    quote!([#outer..][..#length])
                };
                let prelude = match direction {
                    Direction::Read => quote!(let #row = &#name #range;),
                    Direction::Write => quote!(let #row = &mut #name #range;),
                };
                Element { prelude, access: quote!(#row[#counter]) }
            }
            Some(0) if direction == Direction::Read => {
                let number = self.names.fresh(&format!("{name}_here"));
                Element { prelude: quote!(let #number = #name[#start];), access: quote!(#number) }
            }
            Some(0) => Element { prelude: TokenStream::new(), access: quote!(#name[#start]) },
            _ => {
                let index = self.names.offset(self.counters.iter().zip(&strides));
                Element { prelude: TokenStream::new(), access: quote!(#name[#index]) }
            }
        }
    }

    /// An element at a place, as far as that is the same along the innermost loop, or next to each other there; nothing otherwise.
    fn gathered(
        &mut self,
        buffer: BufferId,
        along: &[Position],
        guards: &[Guard],
        values: &[Value],
        reads: &[TokenStream],
    ) -> Element {
        let nothing = Element { prelude: TokenStream::new(), access: TokenStream::new() };
        let places = self.places();
        let address = places.address(buffer, along);
        let Some(innermost) = self.nest.domain.len().checked_sub(1) else { return nothing };
        let label = innermost as Label;
        let is_fixed = |place: &Position| {
            !place.mentions(label)
                && place.integers.iter().all(|(value, _)| {
                    matches!(&values[*value], Value::Read(_, axes) if !axes.contains(&label))
                })
        };
        let start = address.substituted(label, &Position::default());
        if !is_fixed(&start) || !guards.iter().flat_map(Guard::places).all(is_fixed) {
            return nothing;
        }
        let integer = |value: usize| places.integer(&values[value], &reads[value]);
        let (start, holds) = (places.index(&start, &integer), places.holds(guards, &integer));
        let name = format_ident!("{}", self.plan.buffers[buffer].name);
        let length = self.names.extent(&self.nest.domain[innermost]);
        let counter = self.counters[innermost].clone();
        match (address.factor(label).as_constant(), holds) {
            (Some(0), None) => {
                let here = self.names.fresh(&format!("{name}_here"));
                Element { prelude: quote!(let #here = #name[#start];), access: quote!(#here) }
            }
            (Some(0), Some(holds)) => {
                let here = self.names.fresh(&format!("{name}_here"));
                let prelude = quote!(let #here = if #holds { #name[#start] } else { T::ZERO };);
                Element { prelude, access: quote!(#here) }
            }
            (Some(1), None) => {
                let row = self.names.fresh(&format!("{name}_row"));
                let prelude = quote!(let #row = &#name[#start..][..#length];);
                Element { prelude, access: quote!(#row[#counter]) }
            }
            (Some(1), Some(holds)) => {
                let row = self.names.fresh(&format!("{name}_row"));
                let inside = self.names.fresh("inside");
                let prelude = quote! {
                    let #inside = #holds;
                    let #row = &#name[if #inside { #start } else { 0 }..][..#length];
                };
                Element { prelude, access: quote!(if #inside { #row[#counter] } else { T::ZERO }) }
            }
            _ => nothing,
        }
    }

    /// The elements of a buffer that the innermost loop reads side by side, where that is all a value is.
    fn row(&self, value: &Value) -> Option<TokenStream> {
        let Value::Read(buffer, axes) = value else { return None };
        let innermost = self.nest.domain.len().checked_sub(1)?;
        let strides = self.strides(*buffer, axes);
        let stored = &self.plan.buffers[*buffer];
        if stored.place == Place::Counter || strides[innermost].as_constant() != Some(1) {
            return None;
        }
        let name = format_ident!("{}", stored.name);
        let length = self.names.extent(&self.nest.domain[innermost]);
        let outer = self.names.offset(self.counters[..innermost].iter().zip(&strides));
        Some(if outer.is_empty() {
            quote!(&#name[..#length])
        } else {
            quote!(&#name[#outer..][..#length])
        })
    }

    fn places(&self) -> Places<'a> {
        let (names, counters) = (self.names.clone(), self.counters.clone());
        Places { plan: self.plan, names, counters, domain: &self.nest.domain }
    }

    /// The stride of each axis of the domain in a buffer.
    fn strides(&self, buffer: BufferId, axes: &[Label]) -> Vec<Polynomial> {
        let mut strides = vec![Polynomial::default(); self.nest.domain.len()];
        for (&label, stride) in axes.iter().zip(self.plan.buffers[buffer].strides()) {
            if label != FIXED {
                strides[label as usize] = strides[label as usize].plus(&stride);
            }
        }
        strides
    }

    /// What is added at a place.
    fn scattered(
        &self,
        effect: &Effect,
        value: &TokenStream,
        write: &dyn Fn(ValueId) -> TokenStream,
    ) -> TokenStream {
        let places = self.places();
        let integer = |value: usize| places.integer(&self.nest.values[value], &write(value));
        let mut along = Places::of_labels(&effect.axes);
        for (axis, place) in &effect.places {
            along[*axis] = place.clone();
        }
        let name = format_ident!("{}", self.plan.buffers[effect.buffer].name);
        let place = places.index(&places.address(effect.buffer, &along), &integer);
        let addition = quote!(#name[#place] += #value;);
        match places.holds(&effect.guards, &integer) {
            Some(holds) => quote!(if #holds { #addition }),
            None => addition,
        }
    }

    /// What an effect puts before, into and after the innermost loop.
    fn effect(
        &mut self,
        effect: &Effect,
        value: &TokenStream,
        write: &dyn Fn(ValueId) -> TokenStream,
    ) -> (TokenStream, TokenStream, TokenStream) {
        if !effect.places.is_empty() {
            return (TokenStream::new(), self.scattered(effect, value, write), TokenStream::new());
        }
        let element = self.element(effect.buffer, &effect.axes, Direction::Write);
        let access = element.access;
        let innermost = self.nest.domain.len().checked_sub(1);
        let reduces_innermost =
            innermost.is_some_and(|axis| !effect.axes.contains(&(axis as Label)));
        let adds = matches!(effect.update, Update::Add | Update::Accumulate | Update::Continue);
        if reduces_innermost && adds {
            let sum = self.names.fresh("accumulator");
            return (
                quote!(let mut #sum = T::ZERO;),
                quote!(#sum += #value;),
                quote!(#access += #sum;),
            );
        }
        if reduces_innermost && let Some(row) = self.row(&self.nest.values[effect.value].clone()) {
            let whole = match effect.update {
                Update::Max => Some(quote!(math::max(isa, #access, math::maximum(isa, #row)))),
                Update::Min => Some(quote!(math::min(isa, #access, math::minimum(isa, #row)))),
                _ => None,
            };
            if let Some(whole) = whole {
                return (quote!(#access = #whole;), TokenStream::new(), TokenStream::new());
            }
        }
        let statement = match effect.update {
            Update::Set => quote!(#access = #value;),
            Update::Add | Update::Accumulate | Update::Continue => quote!(#access += #value;),
            Update::Max => quote!(#access = math::max(isa, #access, #value);),
            Update::Min => quote!(#access = math::min(isa, #access, #value);),
        };
        (element.prelude, statement, TokenStream::new())
    }
}

/// A value at places that the innermost loop computes: those of elements, numbers and gates.
pub fn element_where(
    places: &Places,
    values: &[Value],
    value: &Value,
    write: &dyn Fn(ValueId) -> TokenStream,
) -> TokenStream {
    let integer = |value: usize| places.integer(&values[value], &write(value));
    let (guards, inner) = match value {
        Value::Place(place) => {
            let place = places.index(place, &integer);
            return quote!(T::from_f64((#place) as f64));
        }
        Value::Gather(buffer, along, guards) => {
            let name = format_ident!("{}", places.plan.buffers[*buffer].name);
            let place = places.index(&places.address(*buffer, along), &integer);
            (guards, quote!(#name[#place]))
        }
        Value::Where(guards, value) => (guards, write(*value)),
        Value::Constant(_)
        | Value::Extent(_)
        | Value::Named(_)
        | Value::Counter(_)
        | Value::Read(..)
        | Value::Apply(..) => return TokenStream::new(),
    };
    match places.holds(guards, &integer) {
        Some(holds) => quote!(if #holds { #inner } else { T::ZERO }),
        None => inner,
    }
}

/// Whether an element is read or written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Read,
    Write,
}
