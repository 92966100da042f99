//! The shapes of a call: what a function's own dimensions are, and whether each argument is as declared.

use std::collections::BTreeMap;

use super::{Lowering, Value, undecidable};
use crate::diagnostic::meaning;
use crate::ir::{Dim, Polynomial};
use crate::tree::{Expr, Extent, Function, Parameter, ParameterKind};

/// The dimensions of a function's own, each with the argument it was bound by.
pub(super) type Dims = BTreeMap<String, (Dim, String)>;

/// An argument of a call: what it is bound to, where it is written, what it is.
pub(super) struct Given<'a> {
    pub parameter: &'a Parameter,
    pub source: &'a Expr,
    pub value: Value,
}

/// What a parameter declares and what its argument has; of classes, the bound comes first.
struct Shapes<'a> {
    given: &'a Given<'a>,
    declared: Vec<Dim>,
    found: Vec<Dim>,
}

impl Lowering<'_> {
    /// Binds the function's own dimensions, each by the first argument that mentions it alone, and checks every shape.
    pub(super) fn bind(&mut self, function: &Function, given: &[Given]) -> Option<Dims> {
        let shapes: Vec<Shapes> = given.iter().filter_map(|given| self.shapes(given)).collect();
        let mut dims = Dims::new();
        for Shapes { given, declared, found } in &shapes {
            for (declared, found) in declared.iter().zip(found) {
                if let Dim::Named(name) = declared
                    && function.dims.iter().any(|own| **own == **name)
                {
                    let by = given.parameter.name.text.clone();
                    dims.entry(name.to_string()).or_insert((found.clone(), by));
                }
            }
        }
        for shapes in &shapes {
            self.check_shapes(function, shapes, &dims)?;
        }
        Some(dims)
    }

    fn shapes<'a>(&self, given: &'a Given<'a>) -> Option<Shapes<'a>> {
        let (declared, found) = match (&given.parameter.kind, &given.value) {
            (ParameterKind::Shaped(shape), Value::Array(node)) => {
                (extents(shape), self.example_shape(*node))
            }
            (ParameterKind::Class(bound, shape), Value::Class(node, found)) => {
                let declared = [bound.clone()].into_iter().chain(extents(shape));
                let found = [found.clone()].into_iter().chain(self.example_shape(*node));
                (declared.collect(), found.collect())
            }
            _ => return None,
        };
        Some(Shapes { given, declared, found })
    }

    fn check_shapes(&mut self, function: &Function, shapes: &Shapes, dims: &Dims) -> Option<()> {
        let Shapes { given, declared, found } = shapes;
        let meant: Option<Vec<Dim>> =
            declared.iter().map(|dim| in_terms_of_caller(function, dim, dims)).collect();
        if meant.as_deref() == Some(found) {
            return Some(());
        }
        let at = given.source.at;
        let pairs = meant.iter().flat_map(|meant| meant.iter().zip(found));
        let undecided = pairs.into_iter().find(|(meant, found)| undecidable(meant, found));
        if let Some((meant, found)) = undecided.filter(|_| declared.len() == found.len()) {
            let diagnostic = meaning::undecidable_extents(at, found, meant);
            self.report(diagnostic);
            return None;
        }
        let (name, parameter) = (&function.name.text, &given.parameter.name.text);
        let of_classes = usize::from(matches!(given.parameter.kind, ParameterKind::Class(..)));
        let same_bound = meant.as_ref().and_then(|meant| meant.first()) == found.first();
        self.report(if of_classes == 1 && !same_bound {
            meaning::argument_bound_differs(at, name, parameter, &declared[0], &found[0])
        } else {
            let (declared, found) = (&declared[of_classes..], &found[of_classes..]);
            let bound = bound_by_others(declared, dims, parameter);
            let shared = dimension_of_model(function, declared);
            let message = meaning::argument_shape_differs;
            message(at, name, parameter, declared, found, &bound, shared.as_deref())
        });
        None
    }
}

/// What other arguments made of the declared dimensions, in words.
fn bound_by_others(declared: &[Dim], dims: &Dims, parameter: &str) -> Vec<String> {
    let is_news = |name: &str, dim: &Dim, by: &str| {
        mentions(declared, name) && dim.to_string() != name && by != parameter
    };
    dims.iter()
        .filter(|(name, (dim, by))| is_news(name, dim, by))
        .map(|(name, (dim, by))| format!("`{name}` is {dim} by `{by}`"))
        .collect()
}

/// A dimension of the model among the declared ones, which a function cannot bind.
fn dimension_of_model(function: &Function, declared: &[Dim]) -> Option<String> {
    let mut names = declared.iter().filter_map(|dim| match dim {
        Dim::Named(name) => Some(name.to_string()),
        _ => None,
    });
    names.find(|name| !function.dims.contains(name))
}

pub(super) fn extents(shape: &[Extent]) -> Vec<Dim> {
    shape.iter().map(|extent| extent.dim.clone()).collect()
}

/// Whether a dimension is written with the name.
fn mentions(dims: &[Dim], name: &str) -> bool {
    let named = Dim::named(name);
    dims.iter().any(|dim| Polynomial::from(dim).symbols().contains(&named))
}

/// A declared dimension with the function's own replaced; `None` where one of those is not bound, or nothing has such an extent.
pub(super) fn in_terms_of_caller(function: &Function, dim: &Dim, dims: &Dims) -> Option<Dim> {
    dim.substituted(&|name| {
        if function.dims.iter().any(|own| own == name) {
            dims.get(name).map(|(dim, _)| dim.clone())
        } else {
            Some(Dim::named(name))
        }
    })
}
