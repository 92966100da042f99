//! Programs to begin with: those of the messages, and every model in the workspace's tests, examples and documentation.

use std::fs;
use std::path::Path;

use chainrule_compiler::diagnostic::{meaning, syntax};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::tree::{self, Node};

/// What `#[model(attribute)] item` hands to the compiler.
#[derive(Clone, Debug)]
pub struct Program {
    pub attribute: Vec<Node>,
    pub item: Vec<Node>,
}

/// Where models stand, from the root of the workspace.
const FOLDERS: &[&str] = &[
    "tests/ui",
    "tests/tests",
    "examples",
    "runtime/src",
    "macros/src",
    "compiler/src",
    "README.md",
];

/// All programs, in an order of their own.
pub fn corpus() -> Vec<Program> {
    let mut programs = Vec::new();
    for entry in syntax::catalogue().chain(meaning::catalogue()) {
        programs.extend(entry.program.parse().ok().map(models).into_iter().flatten());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for folder in FOLDERS {
        read(&root.join(folder), &mut programs);
    }
    programs
}

/// Reads a file, or all files of a folder.
fn read(path: &Path, programs: &mut Vec<Program>) {
    if let Ok(entries) = fs::read_dir(path) {
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        return paths.iter().for_each(|path| read(path, programs));
    }
    let Ok(text) = fs::read_to_string(path) else { return };
    match path.extension().and_then(|name| name.to_str()) {
        Some("rs") => {
            programs.extend(text.parse().ok().map(models).into_iter().flatten());
            let documentation: Vec<&str> =
                text.lines().filter_map(|line| line.trim_start().strip_prefix("//")).collect();
            let is_mark = |mark: &char| matches!(mark, '/' | '!');
            let documentation =
                documentation.iter().map(|line| line.trim_start_matches(|mark| is_mark(&mark)));
            programs.extend(blocks(documentation));
        }
        Some("md") => programs.extend(blocks(text.lines())),
        _ => {}
    }
}

/// The models in the blocks of code between lines that begin with three backticks.
fn blocks<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Program> {
    let (mut programs, mut block) = (Vec::new(), None::<String>);
    for line in lines {
        let line = line.trim();
        if line.starts_with("```") {
            if let Some(code) = block.take() {
                programs.extend(code.parse().ok().map(models).into_iter().flatten());
            } else {
                block = Some(String::new());
            }
        } else if let Some(code) = &mut block {
            let hidden = line.strip_prefix("# ").filter(|line| !line.starts_with('['));
            code.push_str(hidden.unwrap_or(line));
            code.push('\n');
        }
    }
    programs
}

/// Every item under the attribute `model`, at any depth.
fn models(tokens: TokenStream) -> Vec<Program> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut programs = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        if group.delimiter() == Delimiter::Bracket
            && let Some(attribute) = attribute_of(group.stream())
        {
            let item = item_of(&tokens[place + 1..]);
            programs.push(Program { attribute: tree::nodes(attribute), item: tree::nodes(item) });
        }
        programs.extend(models(group.stream()));
    }
    programs
}

/// What stands in the parentheses of `model(..)`.
fn attribute_of(tokens: TokenStream) -> Option<TokenStream> {
    let mut tokens = tokens.into_iter();
    let TokenTree::Ident(name) = tokens.next()? else { return None };
    let settings = match tokens.next() {
        Some(TokenTree::Group(group)) => group.stream(),
        _ => TokenStream::new(),
    };
    (name == "model").then_some(settings)
}

/// The tokens up to the end of the first item: braces or a semicolon.
fn item_of(tokens: &[TokenTree]) -> TokenStream {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(sign) => sign.as_char() == ';',
        _ => false,
    };
    let count = tokens.iter().position(is_end).map_or(tokens.len(), |place| place + 1);
    tokens[..count].iter().cloned().collect()
}
