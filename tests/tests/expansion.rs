//! What models expand to, formatted, beside what was written: `expansions/name.rs` and `expansions/name.expanded.rs`.
//!
//! `UPDATE=1 cargo test -p chainrule-tests --test expansion` writes the expansions anew; read them before they are committed.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens;

/// The models, sorted by name.
fn models() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("expansions");
    let files = fs::read_dir(folder).expect("the folder is there");
    let mut models: Vec<PathBuf> = files.map(|file| file.expect("it is readable").path()).collect();
    models.retain(|path| !path.to_string_lossy().ends_with(".expanded.rs"));
    models.sort();
    models
}

/// The expansion of the one annotated function in a file.
fn expand(model: &Path) -> TokenStream {
    let text = fs::read_to_string(model).expect("the model is readable");
    let mut function: syn::ItemFn = syn::parse_str(&text).expect("the model is a function");
    let is_model = |attribute: &syn::Attribute| attribute.path().is_ident("model");
    let place = function.attrs.iter().position(is_model).expect("the function is a model");
    let attribute = match function.attrs.remove(place).meta {
        syn::Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    chainrule_compiler::expand(attribute, function.into_token_stream())
}

#[test]
fn models_expand_as_committed() {
    let mut changed = Vec::new();
    for model in models() {
        let file = syn::parse2(expand(&model)).expect("the expansion parses");
        let found = prettyplease::unparse(&file);
        let snapshot = model.with_extension("expanded.rs");
        let committed = fs::read_to_string(&snapshot).unwrap_or_default();
        if found == committed {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&snapshot, &found).expect("the folder is writable");
        } else {
            let lines = found.lines().zip(committed.lines());
            let first = lines.clone().take_while(|(found, committed)| found == committed).count();
            changed.push(format!("{}, line {}", snapshot.display(), first + 1));
        }
    }
    assert!(
        changed.is_empty(),
        "expansions changed (UPDATE=1 writes them):\n{}",
        changed.join("\n")
    );
}

#[test]
fn the_same_model_expands_to_the_same_tokens() {
    for model in models() {
        assert_eq!(expand(&model).to_string(), expand(&model).to_string(), "{}", model.display());
    }
}
