//! Rust names for buffers, extents and counters: each unique in the function it occurs in.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{Dim, Polynomial};
use crate::plan::RESERVED;
use crate::rust_syntax::items::field_name;
use crate::tree::{Symbol, SymbolSource};

/// The names of one expansion: symbols of dimensions, and what is reserved.
///
/// A clone starts with everything taken so far and takes names for itself alone: the locals of one function.
#[derive(Clone, Debug)]
pub struct Names {
    symbols: Rc<Vec<Extent>>,
    /// The constants of the scope, each as written.
    constants: Rc<BTreeMap<String, TokenStream>>,
    taken: Rc<BTreeSet<String>>,
    own: BTreeMap<String, u32>,
}

/// A symbol of dimensions.
#[derive(Clone, Debug)]
struct Extent {
    dim: Dim,
    /// Its name as a local.
    ident: Ident,
    /// Where it is read: the local, or where its value comes from.
    value: TokenStream,
}

impl Names {
    /// Names every symbol after itself in lower case, apart from what `taken` already uses.
    pub fn new(symbols: &[Symbol], buffers: impl IntoIterator<Item = String>) -> Names {
        let taken = RESERVED.iter().map(|name| (*name).to_string()).chain(buffers).collect();
        let mut names = Names {
            symbols: Rc::default(),
            constants: Rc::default(),
            taken: Rc::new(taken),
            own: BTreeMap::new(),
        };
        let mut named = Vec::new();
        for symbol in symbols {
            let last =
                symbol.name.text.rsplit("::").next().unwrap_or("extent").trim().to_lowercase();
            let is_plain = last.starts_with(|first: char| first.is_ascii_alphabetic());
            let ident = names.fresh(&if is_plain { last } else { format!("extent_{last}") });
            let (dim, value) = (Dim::named(&symbol.name.text), quote!(#ident));
            named.push(Extent { dim, ident, value });
        }
        names.symbols = Rc::new(named);
        names
    }

    /// The same names, with the constants of the scope.
    pub fn with_constants(
        self,
        constants: impl IntoIterator<Item = (String, TokenStream)>,
    ) -> Names {
        Names { constants: Rc::new(constants.into_iter().collect()), ..self }
    }

    /// A constant of the scope as an expression of the scalar type: it may be an integer or a number of either format.
    pub fn constant(&self, path: &str) -> TokenStream {
        let path = self.constants.get(path);
        quote!(T::from_f64(#path as f64))
    }

    /// The same names, with extents read where their values come from: in the order of the model's symbols.
    pub fn reading(&self, values: impl IntoIterator<Item = TokenStream>) -> Names {
        let symbols = self.symbols.iter().zip(values);
        let symbols = symbols.map(|(symbol, value)| Extent { value, ..symbol.clone() });
        Names { symbols: Rc::new(symbols.collect()), ..self.clone() }
    }

    /// A name nobody else has.
    pub fn fresh(&mut self, wanted: &str) -> Ident {
        let mut name = wanted.to_string();
        let mut number = self.own.get(wanted).map_or(1, |last| last + 1);
        if number > 1 {
            name = format!("{wanted}_{number}");
        }
        while self.taken.contains(&name) || self.own.contains_key(&name) {
            number += 1;
            name = format!("{wanted}_{number}");
        }
        self.own.insert(wanted.to_string(), number);
        self.own.entry(name.clone()).or_insert(1);
        format_ident!("{name}")
    }

    /// The symbols' names, in the order of the model's symbols.
    pub fn symbols(&self) -> impl Iterator<Item = &Ident> {
        self.symbols.iter().map(|symbol| &symbol.ident)
    }

    /// An extent as an expression of type `usize`.
    pub fn extent(&self, dim: &Dim) -> TokenStream {
        match dim {
            Dim::Fixed(number) => integer(*number),
            Dim::Batch => quote!(rows),
            Dim::Named(_) => {
                let symbol = self.symbols.iter().find(|symbol| symbol.dim == *dim);
                symbol.map_or_else(|| quote!(unknown_extent), |symbol| symbol.value.clone())
            }
            Dim::Composite(polynomial) => self.polynomial(polynomial),
            Dim::Quotient(polynomial, divisor) => {
                let (above, below) = (self.polynomial(polynomial), integer(*divisor));
                quote!(((#above) / #below))
            }
        }
    }

    /// A polynomial as an expression of type `usize`. Subtractions come last and stop at 0, an extent that every constructor refuses.
    pub fn polynomial(&self, polynomial: &Polynomial) -> TokenStream {
        let term = |factors: &[Dim], coefficient: u64| -> TokenStream {
            let mut tokens: Vec<TokenStream> = factors.iter().map(|dim| self.extent(dim)).collect();
            if coefficient != 1 || tokens.is_empty() {
                tokens.insert(0, integer(coefficient));
            }
            tokens
                .into_iter()
                .reduce(|product, factor| quote!(#product * #factor))
                .unwrap_or_default()
        };
        let mut sum = TokenStream::new();
        let mut terms: Vec<(&Vec<Dim>, i64)> = polynomial.terms().collect();
        terms.sort_by_key(|(factors, coefficient)| {
            (*coefficient < 0, std::cmp::Reverse(factors.len()))
        });
        for (factors, coefficient) in terms {
            let tokens = term(factors, coefficient.unsigned_abs());
            match (sum.is_empty(), coefficient < 0) {
                (true, false) => sum = tokens,
                (true, true) => {}
                (false, false) => sum = quote!(#sum + #tokens),
                (false, true) => sum = quote!((#sum).saturating_sub(#tokens)),
            }
        }
        if sum.is_empty() { quote!(0) } else { sum }
    }

    /// The same, in parentheses where it is more than one product.
    pub fn factor(&self, polynomial: &Polynomial) -> TokenStream {
        let tokens = self.polynomial(polynomial);
        if polynomial.terms().count() > 1 { quote!((#tokens)) } else { tokens }
    }

    /// An extent as a number of the scalar type.
    pub fn number(&self, dim: &Dim) -> TokenStream {
        let extent = self.extent(dim);
        let is_sum = Polynomial::from(dim).terms().count() > 1;
        if is_sum {
            quote!(T::from_f64((#extent) as f64))
        } else {
            quote!(T::from_f64(#extent as f64))
        }
    }

    /// `sum + Σ index·stride`, without the terms that are zero.
    pub fn offset<'a>(
        &self,
        terms: impl IntoIterator<Item = (&'a Ident, &'a Polynomial)>,
    ) -> TokenStream {
        let mut sum = TokenStream::new();
        for (index, stride) in terms {
            let term = match stride.as_constant() {
                Some(0) => continue,
                Some(1) => quote!(#index),
                _ => {
                    let stride = self.factor(stride);
                    quote!(#index * #stride)
                }
            };
            sum = if sum.is_empty() { term } else { quote!(#sum + #term) };
        }
        sum
    }
}

/// An integer literal without a suffix.
pub fn integer(number: u64) -> TokenStream {
    let literal = Literal::u64_unsuffixed(number);
    quote!(#literal)
}

/// How a symbol's value is had where `dims` is in scope: a generic, a field of `dims`, a constant.
pub fn symbol_value(symbol: &Symbol, written: &TokenStream) -> TokenStream {
    match symbol.source {
        SymbolSource::ConstGeneric | SymbolSource::Constant => written.clone(),
        SymbolSource::RunTime => {
            let field = format_ident!("{}", field_name(&symbol.name.text));
            quote!(dims.#field)
        }
    }
}
