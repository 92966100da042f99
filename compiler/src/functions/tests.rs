//! What holds across the tables: no name has two meanings, and everything is documented.

use super::library::definitions;
use super::scalar::scalars;
use super::structural::{Arity, structural, structurals};

/// Every name of every table, with the numbers of arguments it may have.
fn meanings() -> Vec<(&'static str, usize)> {
    let mut found = Vec::new();
    for row in scalars() {
        found.extend(row.names().map(|name| (name, row.operands.len())));
    }
    for one in definitions() {
        let required = one.parameters.iter().filter(|parameter| parameter.default.is_none());
        let counts = required.count()..=one.parameters.len();
        found.extend(one.names().flat_map(|name| counts.clone().map(move |count| (name, count))));
    }
    for one in structurals() {
        let (Arity::Exactly(count) | Arity::AtLeast(count)) = one.arity;
        found.extend(
            std::iter::once(one.name).chain(one.aliases.iter().copied()).map(|name| (name, count)),
        );
    }
    found
}

#[test]
fn no_name_has_two_meanings_with_as_many_arguments() {
    let mut found = meanings();
    found.sort_unstable();
    for pair in found.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}

#[test]
fn everything_is_documented() {
    let rows = scalars().map(|row| (row.name, row.doc));
    let composites = definitions().flat_map(|one| [(one.name, one.doc), (one.name, one.formula)]);
    let primitives = structurals().map(|one| (one.name, one.doc));
    for (name, text) in rows.chain(composites).chain(primitives) {
        assert!(text.len() > 3, "`{name}`");
        assert!(!text.contains("  "), "`{name}` has a gap in its text");
        assert!(text.matches('`').count() % 2 == 0, "`{name}` has an open backtick");
    }
}

#[test]
fn signs_of_primitives_are_names_too() {
    assert_eq!(structural("Σ").map(|one| one.name), Some("sum"));
    assert!(structural("tanh").is_none());
}
