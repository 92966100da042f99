//! What holds across the tables: no name has two meanings, and everything is documented.

use super::foreign::FOREIGN;
use super::library::{Definition, definitions};
use super::resolve::{function, functions, public_names};
use super::scalar::{Scalar, scalars};
use super::structural::{Structural, structural, structurals};

#[test]
fn no_name_has_two_meanings_with_as_many_arguments() {
    let internal =
        scalars().flat_map(Scalar::names).chain(structurals().flat_map(Structural::names));
    for name in public_names().chain(internal) {
        for arguments in 0..5 {
            let meanings = functions(name).filter(|one| one.takes(arguments)).count();
            assert!(meanings <= 1, "`{name}` of {arguments} has {meanings} meanings");
        }
    }
    for names in [
        scalars().flat_map(Scalar::names).collect::<Vec<_>>(),
        definitions().flat_map(Definition::names).collect(),
        structurals().flat_map(Structural::names).collect(),
    ] {
        let mut sorted = names;
        sorted.sort_unstable();
        assert!(sorted.windows(2).all(|pair| pair[0] != pair[1]), "{sorted:?}");
    }
}

#[test]
fn internal_functions_are_not_suggested() {
    assert!(public_names().all(|name| functions(name).any(|one| one.is_public())));
    assert!(!public_names().any(|name| ["pick", "hold", "max_over"].contains(&name)));
    assert!(functions("pick").all(|one| !one.is_public()));
}

#[test]
fn foreign_names_are_not_ours_and_lead_to_ours() {
    assert!(FOREIGN.windows(2).all(|pair| pair[0].0 < pair[1].0));
    for (foreign, ours) in FOREIGN {
        assert!(functions(foreign).next().is_none(), "`{foreign}`");
        assert!(functions(ours).any(|one| one.is_public()), "`{ours}`");
    }
}

#[test]
fn settings_may_be_left_out() {
    assert!(function("huber", 2).is_some_and(|one| one.takes(3) && !one.takes(4)));
    assert!(function("einsum", 5).is_some() && function("einsum", 1).is_none());
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
