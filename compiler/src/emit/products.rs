//! A kernel call, with the loops around it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::names::Names;
use crate::ir::{Dim, Polynomial};
use crate::plan::{Axis, Place, Plan, Product, Update};

/// Prints a product as statements of the step.
pub fn statements(plan: &Plan, names: &Names, product: &Product) -> TokenStream {
    let mut locals = names.clone();
    let counters: Vec<Ident> = product.loops.iter().map(|_| locals.fresh("i")).collect();
    let call = call(plan, names, product, &counters);
    let mut body = call;
    for (axis, counter) in product.loops.iter().zip(&counters).rev() {
        let extent = names.extent(&axis.dim);
        body = quote!(for #counter in 0..#extent { #body });
    }
    if product.clears {
        let out = format_ident!("{}", plan.buffers[product.out].name);
        let length = names.polynomial(&plan.buffers[product.out].elements());
        let clear = quote!(#out[..#length].fill(T::ZERO););
        body = if product.update == Update::Accumulate {
            quote!(if first == begin { #clear } #body)
        } else {
            quote!(#clear #body)
        };
    }
    body
}

/// The size of the scratch memory that the matrix product needs.
pub fn scratch(names: &Names, product: &Product) -> Option<TokenStream> {
    if product.factors.len() != 2 || sums_contiguous(product) {
        return None;
    }
    let [m, k, n] = [&product.m, &product.k, &product.n].map(|axis| extent(names, axis.as_ref()));
    let size =
        if is_apart(product) { quote!(matmul_apart_scratch) } else { quote!(matmul_scratch) };
    Some(quote!(#size::<T>([#m, #k, #n])))
}

/// Whether columns of the result are apart.
fn is_apart(product: &Product) -> bool {
    product.n.as_ref().is_some_and(|axis| axis.out.as_constant() != Some(1))
}

fn extent(names: &Names, axis: Option<&Axis>) -> TokenStream {
    names.extent(&axis.map_or(Dim::Fixed(1), |axis| axis.dim.clone()))
}

fn call(plan: &Plan, names: &Names, product: &Product, counters: &[Ident]) -> TokenStream {
    let stride = |axis: Option<&Axis>, factor: usize| {
        names.polynomial(axis.map_or(&Polynomial::default(), |axis| &axis.factors[factor]))
    };
    let out_stride =
        names.polynomial(product.m.as_ref().map_or(&Polynomial::default(), |axis| &axis.out));
    let factor = |index: usize, rows: Option<&Axis>, columns: Option<&Axis>| {
        let buffer = &plan.buffers[product.factors[index]];
        let name = format_ident!("{}", buffer.name);
        let offset = names
            .offset(counters.iter().zip(product.loops.iter().map(|axis| &axis.factors[index])));
        let values = match (buffer.is_number(), offset.is_empty()) {
            (true, _) => quote!(&[#name]),
            (false, true) => quote!(#name),
            (false, false) => quote!(&#name[#offset..]),
        };
        let values = if buffer.place == Place::Cell { quote!(&#name) } else { values };
        let (rows, columns) = (stride(rows, index), stride(columns, index));
        quote!(Matrix::new(#values, #rows, #columns))
    };
    let out = format_ident!("{}", plan.buffers[product.out].name);
    let offset = names.offset(counters.iter().zip(product.loops.iter().map(|axis| &axis.out)));
    let out = match (&plan.buffers[product.out].place, offset.is_empty()) {
        (Place::Cell, _) => quote!(&mut #out),
        (_, true) => quote!(#out),
        (_, false) => quote!(&mut #out[#offset..]),
    };
    let update = match product.update {
        Update::Accumulate if !product.clears => quote!(update),
        Update::Set => quote!(Update::Set),
        _ => quote!(Update::Add),
    };
    if let Some(reduction) = contiguous_reduction(plan, names, product, &update, counters) {
        return reduction;
    }
    let [m, k, n] = [&product.m, &product.k, &product.n].map(|axis| extent(names, axis.as_ref()));
    let (rows, inner, columns) = (product.m.as_ref(), product.k.as_ref(), product.n.as_ref());
    if product.factors.len() == 2 {
        let (a, b) = (factor(0, rows, inner), factor(1, inner, columns));
        if let Some(columns) = columns.filter(|_| is_apart(product)) {
            let strides = [out_stride, names.polynomial(&columns.out)];
            return quote!(
                matmul_apart(isa, [#m, #k, #n], #a, #b, #out, [#(#strides),*], #update, scratch);
            );
        }
        quote!(matmul(isa, [#m, #k, #n], #a, #b, #out, #out_stride, #update, scratch);)
    } else {
        let a = factor(0, rows, inner);
        quote!(row_sums(isa, [#m, #k], #a, #out, #out_stride, #update);)
    }
}

/// Whether the kernel gives one number, from values that lie side by side.
fn sums_contiguous(product: &Product) -> bool {
    let is_contiguous =
        |axis: &Axis| axis.factors.iter().all(|stride| stride.as_constant() == Some(1));
    product.m.is_none() && product.n.is_none() && product.k.as_ref().is_some_and(is_contiguous)
}

/// Sums over contiguous values have kernels of their own, which give a number.
fn contiguous_reduction(
    plan: &Plan,
    names: &Names,
    product: &Product,
    update: &TokenStream,
    counters: &[Ident],
) -> Option<TokenStream> {
    let inner = product.k.as_ref().filter(|_| sums_contiguous(product))?;
    let factors = product.factors.iter().enumerate().map(|(index, &factor)| {
        let buffer = &plan.buffers[factor];
        let name = format_ident!("{}", buffer.name);
        let strides = product.loops.iter().map(|axis| &axis.factors[index]);
        let offset = names.offset(counters.iter().zip(strides));
        let is_whole = buffer.elements() == Polynomial::from(&inner.dim);
        let length = names.extent(&inner.dim);
        match (is_whole, offset.is_empty()) {
            (true, _) => quote!(#name),
            (false, true) => quote!(&#name[..#length]),
            (false, false) => quote!(&#name[#offset..][..#length]),
        }
    });
    let kernel = if product.factors.len() == 2 { quote!(dot) } else { quote!(sum) };
    let value = quote!(#kernel(isa, #(#factors),*));
    let out = format_ident!("{}", plan.buffers[product.out].name);
    let offset = names.offset(counters.iter().zip(product.loops.iter().map(|axis| &axis.out)));
    let place = if offset.is_empty() { quote!(#out[0]) } else { quote!(#out[#offset]) };
    Some(match update.to_string().as_str() {
        "update" => quote!(update.apply(&mut #place, #value);),
        "Update :: Set" => quote!(#place = #value;),
        _ => quote!(#place += #value;),
    })
}
