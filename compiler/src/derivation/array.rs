//! Terms in array form, where they have one: products of matrices, and what broadcasts along its last axes.
//!
//! Arrays have the example as their first axis, so the inputs of a batch are the rows of a matrix. A term has an array form over given
//! axes when each of its arrays has these axes in this order, or the last of them only.

use std::collections::BTreeSet;

use super::term::{Index, Matrix, Term};
use super::write::{self, Writer, free_labels};
use crate::mathematics::{Math, Times, applied_to_matrices, text};

impl Writer<'_> {
    /// The term as an array with these axes, if it can be written so.
    pub fn array_form(&self, term: &Term, axes: &[Index]) -> Option<Math> {
        match term {
            Term::Holds(condition) => Some(write::holds(self.array_form(condition, axes)?)),
            Term::Counter(_) | Term::At(..) | Term::If(_) => None,
            Term::Read(id, labels) => {
                let labels: Option<Vec<Index>> = self.batch_first(labels).into_iter().collect();
                let labels = labels?;
                let whole = Math::Symbol(self.names.symbol(*id));
                if axes.ends_with(&labels) {
                    return Some(whole);
                }
                let is_transposed = axes.len() == 2 && labels == [axes[1], axes[0]];
                is_transposed.then(|| Math::Transpose(Box::new(whole)))
            }
            Term::Sum(terms) => {
                let mut written = Vec::new();
                for (sign, term) in terms {
                    written.push((*sign, write::rank_of(term), self.array_form(term, axes)?));
                }
                Some(write::sum(written))
            }
            Term::Product(product) => {
                let above = self.multiplied(&product.above, axes)?;
                let below = self.multiplied(&product.below, axes)?;
                let varying = |math: Math| (math != Math::Number(1.0)).then_some(math);
                Some(self.product(product, varying(above), varying(below)))
            }
            Term::Apply(row, operands) => {
                let operands = self.all(operands, axes)?.into_iter().map(|(_, math)| math);
                Some(crate::mathematics::applied(row, operands.collect()))
            }
            Term::OfMatrices(row, operands, own) => {
                let own: Option<Vec<Index>> = self.batch_first(own).into_iter().collect();
                let whole = |one: &Matrix| {
                    let symbol = Math::Symbol(self.names.symbol(one.node));
                    if one.is_transposed { Math::Transpose(Box::new(symbol)) } else { symbol }
                };
                (own? == axes)
                    .then(|| applied_to_matrices(row, operands.iter().map(whole).collect()))
            }
            Term::Reduce(sign, over, body) => self.reduction(sign, over, body, axes),
        }
    }

    fn all(&self, terms: &[Term], axes: &[Index]) -> Option<Vec<(Vec<Index>, Math)>> {
        let written = terms.iter().map(|term| {
            let labels = free_labels(term).into_iter().collect();
            Some((labels, self.array_form(term, axes)?))
        });
        written.collect()
    }

    /// The product of factors, numbers first, products of matrices before other arrays; 1 without any.
    ///
    /// The sign is `·` between numbers, also those of each example, and `⊙` where two arrays have elements beyond that.
    fn multiplied(&self, factors: &[Term], axes: &[Index]) -> Option<Math> {
        let (numbers, mut arrays): (Vec<_>, Vec<_>) =
            self.all(factors, axes)?.into_iter().partition(|(labels, _)| labels.is_empty());
        arrays.sort_by_key(|(_, math)| !matches!(math, Math::Product(Times::Matrix, _)));
        let is_wide =
            arrays.iter().flat_map(|(labels, _)| labels).any(|&label| !self.is_batch(label));
        let plain = |factors: Vec<(Vec<Index>, Math)>| {
            write::powers(factors.into_iter().map(|(_, math)| math).collect())
        };
        let (mut factors, mut arrays) = (plain(numbers), plain(arrays));
        if is_wide && arrays.len() > 1 {
            arrays = vec![Math::Product(Times::Elementwise, arrays)];
        }
        factors.extend(arrays);
        Some(Math::product(Times::Number, factors))
    }

    fn reduction(
        &self,
        sign: &'static str,
        over: &[Index],
        body: &Term,
        axes: &[Index],
    ) -> Option<Math> {
        let kept: BTreeSet<Index> =
            free_labels(body).into_iter().filter(|label| !over.contains(label)).collect();
        let kept = self.in_order(kept);
        if !axes.ends_with(&kept) {
            return None;
        }
        if sign == "Σ"
            && let Some(product) = self.matrix_product(over, body, &kept)
        {
            return Some(product);
        }
        let over_examples = matches!(over, [only] if self.is_batch(*only));
        if !kept.is_empty() && !over_examples {
            return None;
        }
        let inner = self.in_order(over.iter().copied().chain(kept));
        let body = self.array_form(body, &inner)?;
        let letters =
            if over_examples { vec![Math::Symbol(self.letter(over[0]))] } else { Vec::new() };
        Some(Math::Big(sign, letters, Box::new(body)))
    }

    /// `A·B` for `Σₖ A[r,k]·B[k,c]`, where `A` and `B` may be products themselves, and `B` or both may be vectors.
    fn matrix_product(&self, over: &[Index], body: &Term, kept: &[Index]) -> Option<Math> {
        let ([label], Term::Product(product)) = (over, body) else { return None };
        if !product.below.is_empty() || kept.is_empty() || kept.len() > 2 {
            return None;
        }
        let (left, right) = split_factors(&product.above)?;
        let (left_kept, right_kept) =
            (without(&left.labels, *label), without(&right.labels, *label));
        match (kept, left_kept.as_slice(), right_kept.as_slice()) {
            ([r, c], [a], [b]) if a == r && b == c => {
                self.matrices(&left, &right, &[*r, *label], &[*label, *c])
            }
            ([r, c], [a], [b]) if a == c && b == r => {
                self.matrices(&right, &left, &[*r, *label], &[*label, *c])
            }
            ([r], [a], []) if a == r => self.matrices(&left, &right, &[*r, *label], &[*label]),
            ([r], [], [b]) if b == r => self.matrices(&right, &left, &[*r, *label], &[*label]),
            _ => None,
        }
    }

    fn matrices(
        &self,
        left: &Group,
        right: &Group,
        left_axes: &[Index],
        right_axes: &[Index],
    ) -> Option<Math> {
        let factors = vec![self.matrix(left, left_axes)?, self.matrix(right, right_axes)?];
        Some(Math::Product(Times::Matrix, factors))
    }

    /// The product of a group as a matrix with these axes: transposed as a whole where that is its order.
    fn matrix(&self, group: &Group, axes: &[Index]) -> Option<Math> {
        let product =
            super::term::Product { above: group.factors.clone(), ..super::term::Product::ONE };
        let term = match group.factors.as_slice() {
            [one] => one.clone(),
            _ => Term::Product(product),
        };
        let upright = self.array_form(&term, axes);
        if axes.len() < 2 {
            return upright;
        }
        let reversed: Vec<Index> = axes.iter().rev().copied().collect();
        let turned = self.array_form(&term, &reversed).filter(|math| transposes(math) == 0);
        let turned = turned.map(|math| Math::Transpose(Box::new(math)));
        [upright, turned].into_iter().flatten().min_by_key(transposes)
    }
}

/// How many transposes are written.
fn transposes(math: &Math) -> usize {
    text(math).matches('ᵀ').count()
}

/// Factors that make one matrix of a product, with all their labels.
struct Group {
    labels: BTreeSet<Index>,
    factors: Vec<Term>,
}

fn without(labels: &BTreeSet<Index>, label: Index) -> Vec<Index> {
    labels.iter().copied().filter(|&other| other != label).collect()
}

/// The factors in two groups, such that each has the labels of its largest member.
fn split_factors(factors: &[Term]) -> Option<(Group, Group)> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_size: Vec<(usize, BTreeSet<Index>)> =
        factors.iter().map(free_labels).enumerate().collect();
    by_size.sort_by_key(|(place, labels)| (std::cmp::Reverse(labels.len()), *place));
    let mut of = vec![0; factors.len()];
    for (place, labels) in by_size {
        match groups.iter().position(|group| labels.is_subset(&group.labels)) {
            Some(group) if factors.len() > 2 => of[place] = group,
            _ => {
                of[place] = groups.len();
                groups.push(Group { labels, factors: Vec::new() });
            }
        }
    }
    for (factor, &group) in factors.iter().zip(&of) {
        groups[group].factors.push(factor.clone());
    }
    let right = groups.pop()?;
    let left = groups.pop()?;
    groups.is_empty().then_some((left, right))
}
