//! What models say of themselves: equations, shapes and costs, held against files beside this one; `UPDATE=1` writes them.

use chainrule_compiler::document::Document;
use chainrule_compiler::{pipeline, rust_syntax};

/// A model's documentation: the text of `equations()`, and the lines below the struct's own.
fn documentation(attribute: &str, item: &str) -> Result<(String, Vec<String>), String> {
    let tokens = |text: &str| text.parse().map_err(|problem| format!("not Rust: {problem}"));
    let parsed = rust_syntax::parse(tokens(attribute)?, tokens(item)?);
    let mut errors = parsed.errors;
    let model = parsed.model.ok_or("no model")?;
    let compiled = pipeline::compile(&model, &mut errors);
    errors.check(()).map_err(|found| format!("{found:#?}"))?;
    let compiled = compiled.ok_or("no plan")?;
    let document = Document::new(&compiled, &model.name.text)?;
    Ok((document.equations(), document.of_model()))
}

/// Holds the text against `equations/<name>.txt`, and its markup against the rules of XML.
fn check(name: &str, attribute: &str, item: &str) -> Result<(), String> {
    let (text, markup) = documentation(attribute, item)?;
    let path = format!("{}/tests/equations/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).map_err(|problem| format!("{path}: {problem}"))?;
    }
    let expected =
        std::fs::read_to_string(&path).map_err(|problem| format!("{path}: {problem}"))?;
    let formulas: Vec<&String> = markup.iter().filter(|line| line.contains("<math")).collect();
    if formulas.len() != 2 {
        return Err(format!("{} formulas where model and gradient are two", formulas.len()));
    }
    formulas.iter().try_for_each(|line| well_formed(line))?;
    if text == expected { Ok(()) } else { Err(format!("found:\n{text}\nexpected:\n{expected}")) }
}

/// Every element is closed in order, and nothing else is an angle bracket or an ampersand.
fn well_formed(markup: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    for (place, piece) in markup.split('<').enumerate() {
        let (tag, text) = match (place, piece.split_once('>')) {
            (0, None) => ("", piece),
            (_, Some(parts)) => parts,
            _ => return Err(format!("`<{piece}` is not closed")),
        };
        if text.contains('>') || text.split('&').skip(1).any(|entity| !entity.contains(';')) {
            return Err(format!("`{text}` is not escaped"));
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("`</{name}>` closes nothing"));
            }
        } else if let Some(name) = tag.split(' ').next().filter(|name| !name.is_empty()) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} are not closed")) }
}

#[test]
fn linear_regression() -> Result<(), String> {
    check(
        "linear_regression",
        "loss = mean_squared_error",
        "fn linear<const D: usize>(x: Input<D>, w: Param<D>, b: Param) -> Output { x.dot(w) + b }",
    )
}

#[test]
fn michaelis_menten() -> Result<(), String> {
    check(
        "michaelis_menten",
        "loss = squared_error, scalar = f64",
        "fn michaelis_menten(s: Input, vmax: Param, km: Param) -> Output { vmax*s/(km + s) }",
    )
}

#[test]
fn two_layers() -> Result<(), String> {
    check(
        "two_layers",
        "loss = mean_squared_error",
        "fn mlp<const D: usize, const H: usize, const O: usize>(
            x: Input<D>, w1: Param<D, H>, b1: Param<H>, w2: Param<H, O>, b2: Param<O>,
        ) -> Output<O> { sigmoid(x.dot(w1) + b1).dot(w2) + b2 }",
    )
}

#[test]
fn softmax_classifier() -> Result<(), String> {
    check(
        "softmax_classifier",
        "loss = cross_entropy",
        "fn digits(x: Input<64>, w: Param<64, 10>, b: Param<10>) -> Output<10> { x.dot(w) + b }",
    )
}

#[test]
fn three_layers() -> Result<(), String> {
    check(
        "three_layers",
        "loss = squared_error, reduction = sum, dims(D, H, K, O)",
        "fn three(
            x: Input<D>, W1: Param<D, H>, b1: Param<H>, W2: Param<H, K>, b2: Param<K>, W3: Param<K, O>, b3: Param<O>,
        ) -> Output<O> {
            let h1 = sigmoid(x.dot(W1) + b1);
            let h2 = sigmoid(h1.dot(W2) + b2);
            h2.dot(W3) + b3
        }",
    )
}

#[test]
fn an_objective_without_examples() -> Result<(), String> {
    check(
        "objective",
        "scalar = f64",
        "fn objective<const M: usize, const N: usize>(a: Data<M, N>, u: Param<M>, v: Param<N>) -> Loss {
            let error = u.outer(v) - a;
            sum(error*error) + 0.1*(sum(u*u) + sum(v*v))
        }",
    )
}

#[test]
fn names_of_the_user_keep_their_meaning() -> Result<(), String> {
    check(
        "names_taken",
        "dims(N, D)",
        "fn own(n: Input<D>, y: Input, L: Param<D, N>, p: Data<N>, a_1: Param) -> Loss {
            let e = tanh(n.dot(L) - p);
            let e = e.sum() - y;
            e*e + abs(a_1)*L.norm() + exp(-a_1)
        }",
    )
}
