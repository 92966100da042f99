//! Steps that do not cost the size of a table: which parts of θ a batch touches, and clearing these alone.

use proc_macro2::TokenStream;
use quote::quote;

use super::Items;
use crate::ir::Polynomial;
use crate::plan::Scattered;
use crate::tree::Argument;

impl Items<'_> {
    /// `touched` and the gradient of what is touched, for a model with tables.
    pub(super) fn touched_methods(&self) -> Option<TokenStream> {
        if self.scattered("loss").is_empty() {
            return None;
        }
        let scalar = &self.scalar;
        let (dims, parts) = (self.own_dims(), self.parts());
        let gradient = self.run_cleared_gradient("loss", &self.clear_rows());
        Some(quote! {
            fn touched(
                &self,
                batch: &Self::Batch<'_>,
                see: &mut dyn ::core::ops::FnMut(::core::ops::Range<usize>),
            ) {
                #dims
                #parts
            }

            fn loss_and_touched_gradient_into(
                &self,
                batch: &Self::Batch<'_>,
                gradient: &mut [#scalar],
                workspace: &mut Self::Workspace,
            ) -> #scalar {
                #gradient
            }
        })
    }

    /// Clears the tables that the gradient of a loss is added to.
    pub(super) fn clear_tables(&self, loss: &str) -> TokenStream {
        let clears = self.tables(loss).map(|(table, _)| {
            let (first, end) = (&table.first, table.first.plus(&table.elements));
            let (first, end) = (self.extents.polynomial(first), self.extents.polynomial(&end));
            quote!(gradient[#first..#end].fill(0.0);)
        });
        clears.collect()
    }

    /// Clears the rows of the tables that the examples name.
    fn clear_rows(&self) -> TokenStream {
        let clears = self.tables("loss").map(|(table, scattered)| {
            self.for_rows(&table, scattered, &quote!(gradient[row].fill(0.0)))
        });
        clears.collect()
    }

    /// Shows every part of θ that a batch touches: tables by rows, what lies between them as one.
    fn parts(&self) -> TokenStream {
        let mut parts = TokenStream::new();
        let mut seen = Polynomial::default();
        let see = |from: &Polynomial, to: &Polynomial| {
            let (first, end) = (self.extents.polynomial(from), self.extents.polynomial(to));
            (from != to).then(|| quote!(see(#first..#end);))
        };
        for (table, scattered) in self.tables("loss") {
            parts.extend(see(&seen, &table.first));
            parts.extend(self.for_rows(&table, scattered, &quote!(see(row))));
            seen = table.first.plus(&table.elements);
        }
        let elements = self.parameters().map(|argument| Polynomial::product(extents(argument)));
        let end = elements.fold(Polynomial::default(), |end, elements| end.plus(&elements));
        parts.extend(see(&seen, &end));
        parts
    }

    /// Does something with the range in θ of each row of a table that the examples name.
    fn for_rows(
        &self,
        table: &Table,
        scattered: &Scattered,
        with_row: &TokenStream,
    ) -> TokenStream {
        let (first, width) =
            (self.extents.polynomial(&table.first), self.extents.polynomial(&table.width));
        let places = scattered.rows.iter().filter_map(|leaf| self.arguments.index_place(leaf));
        let loops = places.map(|place| {
            quote! {
                for row in rows_of(batch.examples().indices[#place].values, #first, #width) {
                    #with_row;
                }
            }
        });
        loops.collect()
    }

    /// The parameters that the gradient of a loss is added to by rows.
    fn tables(&self, loss: &str) -> impl Iterator<Item = (Table, &Scattered)> {
        let scattered = self.scattered(loss);
        let arguments = self.model.arguments.iter().enumerate();
        arguments.filter_map(move |(place, argument)| {
            let scattered = scattered.iter().find(|one| one.argument == place)?;
            let first = self.arguments.parameter_offset(place)?.clone();
            let elements = Polynomial::product(extents(argument));
            let width = Polynomial::product(extents(argument).skip(1));
            Some((Table { first, elements, width }, scattered))
        })
    }

    fn scattered(&self, loss: &str) -> &[Scattered] {
        self.plan_of_gradient(loss).map_or(&[], |planned| &planned.plan.scattered)
    }
}

/// A parameter whose gradient is a sum of rows, and how it lies in θ.
struct Table {
    first: Polynomial,
    elements: Polynomial,
    width: Polynomial,
}

fn extents(argument: &Argument) -> impl Iterator<Item = &crate::ir::Dim> {
    argument.shape.iter().map(|extent| &extent.dim)
}
