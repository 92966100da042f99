//! A function of matrices as a call of its kernel.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::names::Names;
use crate::functions::matrix::Role;
use crate::plan::{MatrixStep, Place, Plan};

/// Prints the call; a kernel that reads factors does not read the matrix.
pub fn statement(plan: &Plan, names: &Names, step: &MatrixStep) -> TokenStream {
    let kernel = format_ident!("{}", step.function.name);
    let extent = names.extent(&step.rows);
    let declared = step.function.operands;
    let factors = declared.iter().position(|operand| matches!(operand.role, Role::Factors(_)));
    let matrix = factors.unwrap_or(0);
    let order = if step.exchanged[matrix] { quote!(Order::Columns) } else { quote!(Order::Rows) };
    let others = (1..declared.len()).filter(|place| Some(*place) != factors);
    let read = std::iter::once(matrix).chain(others).map(|place| {
        let buffer = &plan.buffers[step.operands[place]];
        let name = format_ident!("{}", buffer.name);
        if buffer.place == Place::Cell { quote!(&#name) } else { quote!(#name) }
    });
    let out = &plan.buffers[step.out];
    let name = format_ident!("{}", out.name);
    let out = if out.place == Place::Cell { quote!(&mut #name) } else { quote!(#name) };
    quote!(linear_algebra::#kernel(isa, #extent, #order, #(#read,)* #out);)
}
