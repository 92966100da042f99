//! The pages of the reference beside what the runtime's documentation shows.
//!
//! `UPDATE=1 cargo test -p chainrule-compiler --test language_reference` writes the pages anew; read them before they are committed.

use std::fs;
use std::path::Path;

use chainrule_compiler::reference::pages;

#[test]
fn pages_are_as_committed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src/reference");
    let mut changed = Vec::new();
    for page in pages().expect("the formulas of the tables can be read") {
        let file = folder.join(page.name).with_extension("md");
        if fs::read_to_string(&file).unwrap_or_default() == page.text {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, &page.text).expect("the folder is writable");
        } else {
            changed.push(file.display().to_string());
        }
    }
    assert!(
        changed.is_empty(),
        "the reference changed (UPDATE=1 writes it):\n{}",
        changed.join("\n")
    );
}
