//! Which crate and which module may name which: the tables are the architecture, and a line that breaks one is named.

mod code;
mod rules;

use std::fs;
use std::path::{Path, PathBuf};

use self::code::Code;

/// The root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace is there")
}

/// All Rust files below a folder, sorted, without those of rustc's cases.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder is readable") {
            let path = entry.expect("the entry is readable").path();
            if path.is_dir() && !path.ends_with("tests/ui") && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The sources of the compiler that are not tests, with the module of the crate they belong to.
fn compiler() -> Vec<(String, Code)> {
    let source = root().join("compiler/src");
    let codes: Vec<(PathBuf, Code)> = rust_files(&source)
        .into_iter()
        .map(|path| {
            let code = Code::read(&root(), &path);
            (path, code)
        })
        .collect();
    let tests: Vec<PathBuf> =
        codes.iter().flat_map(|(path, code)| code.test_modules(path)).collect();
    codes
        .into_iter()
        .filter(|(path, _)| {
            !tests.iter().any(|test| path.starts_with(test) || *path == test.with_extension("rs"))
        })
        .map(|(path, code)| {
            let inside = path.strip_prefix(&source).expect("it is below the source");
            let first = inside.components().next().expect("it has a name").as_os_str();
            let module = Path::new(first).with_extension("").to_string_lossy().into_owned();
            (module, code)
        })
        .collect()
}

fn assert_none(broken: &[String]) {
    assert!(broken.is_empty(), "{} broken:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn crates_depend_on_those_below_them() {
    let mut broken = Vec::new();
    for (krate, allowed) in rules::CRATES {
        let manifest =
            fs::read_to_string(root().join(krate).join("Cargo.toml")).expect("it is readable");
        let section = manifest.split("\n[dependencies]").nth(1).unwrap_or_default();
        let section = section.split("\n[").next().unwrap_or_default();
        for line in section.lines() {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            if name.starts_with("chainrule") && !allowed.contains(&name) {
                broken.push(format!("{krate}/Cargo.toml: `{krate}` may not depend on `{name}`"));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn modules_of_the_compiler_name_those_below_them() {
    let mut broken = Vec::new();
    for (module, code) in compiler() {
        if module == "lib" {
            continue;
        }
        let Some((_, allowed)) = rules::MODULES.iter().find(|(name, _)| *name == module) else {
            broken.push(format!("{}: `{module}` is not in the table of modules", code.name));
            continue;
        };
        for (line, named) in code.modules() {
            if named != module && !allowed.contains(&named.as_str()) {
                broken.push(format!("{}:{line}: `{module}` may not name `{named}`", code.name));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn the_table_of_modules_has_no_edge_that_is_not_used() {
    let sources = compiler();
    let is_used = |module: &str, named: &str| {
        sources
            .iter()
            .filter(|(name, _)| name == module)
            .any(|(_, code)| code.modules().iter().any(|(_, found)| found == named))
    };
    let edges = rules::MODULES
        .iter()
        .flat_map(|(module, allowed)| allowed.iter().map(move |named| (module, named)));
    let unused: Vec<String> = edges
        .filter(|(module, named)| !is_used(module, named))
        .map(|(module, named)| format!("`{module}` does not name `{named}`"))
        .collect();
    assert_none(&unused);
}

#[test]
fn syntax_and_tokens_stay_at_the_ends_of_the_compiler() {
    let mut broken = Vec::new();
    for (module, code) in compiler() {
        for (word, allowed) in rules::FOREIGN {
            for line in code.lines_with(word).filter(|_| !allowed.contains(&module.as_str())) {
                broken.push(format!("{}:{line}: `{module}` may not name `{word}`", code.name));
            }
        }
        for word in ["HashMap", "HashSet"] {
            for line in code.lines_with(word) {
                broken.push(format!(
                    "{}:{line}: `{word}` has no order: tokens would differ from run to run",
                    code.name
                ));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn unsafe_code_is_in_the_kernels() {
    let mut broken = Vec::new();
    for krate in rules::CRATES.iter().map(|(krate, _)| krate) {
        for path in rust_files(&root().join(krate)) {
            let code = Code::read(&root(), &path);
            if rules::UNSAFE.iter().any(|allowed| code.name.starts_with(allowed)) {
                continue;
            }
            for line in code.lines_with("unsafe") {
                broken.push(format!(
                    "{}:{line}: `unsafe` belongs under runtime/src/kernel",
                    code.name
                ));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn expansions_name_the_core_and_the_private_module() {
    let folder = root().join("tests/expansions");
    let mut broken = Vec::new();
    for path in rust_files(&folder) {
        if !path.to_string_lossy().ends_with(".expanded.rs") {
            continue;
        }
        let code = Code::read(&root(), &path);
        for (line, named) in code.absolute_paths() {
            if !named.starts_with("core::") && !named.starts_with("chainrule::__private::") {
                broken
                    .push(format!("{}:{line}: generated code may not name `::{named}`", code.name));
            }
        }
    }
    assert_none(&broken);
}
