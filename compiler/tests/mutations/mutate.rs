//! Small changes to a program, each of a kind that a person, a careless editor or an enemy makes.

use proc_macro2::{Delimiter, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

use super::corpus::Program;
use super::random::Random;
use super::tree::{self, Node, list_with};

/// Larger programs are not made.
const LARGEST: usize = 3000;
/// Numbers and texts at the ends of what there is.
const EXTREMES: &[&str] = &[
    "0",
    "1",
    "2",
    "7",
    "1000000000",
    "4294967296",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "0x7f",
    "3usize",
    "2u8",
    "5i64",
    "0.0",
    "1.0",
    "1e308",
    "1e999",
    "1e-400",
    "0.1f32",
    "2.5f64",
    "1.",
    "1_0.0_1",
    "\"\"",
    "\"x·w\"",
    "\"ij,jk->ik\"",
    "\"ii->\"",
    "'c'",
    "b'x'",
    "b\"x\"",
    "r\"x\"",
    "c\"x\"",
    "true",
];
/// Words of the language, of Rust, and some of neither.
const WORDS: &[&str] = &[
    "Input",
    "Param",
    "Data",
    "Index",
    "Output",
    "Loss",
    "Tensor",
    "Option",
    "x",
    "w",
    "b",
    "y",
    "target",
    "loss",
    "scalar",
    "reduction",
    "dims",
    "derivatives",
    "jacobian",
    "hessian",
    "hvp",
    "inputs",
    "init",
    "dump",
    "crate",
    "model",
    "diff",
    "math",
    "einsum",
    "sum",
    "mean",
    "max",
    "argmax",
    "softmax",
    "dot",
    "matmul",
    "transpose",
    "reshape",
    "concat",
    "stack",
    "slice",
    "gather",
    "conv2d",
    "attention",
    "layer_norm",
    "cumsum",
    "powi",
    "powf",
    "exp",
    "ln",
    "sqrt",
    "tanh",
    "sigmoid",
    "select",
    "where",
    "axis",
    "if",
    "else",
    "for",
    "in",
    "let",
    "mut",
    "fn",
    "pub",
    "mod",
    "use",
    "const",
    "static",
    "struct",
    "impl",
    "match",
    "loop",
    "while",
    "return",
    "break",
    "async",
    "unsafe",
    "move",
    "self",
    "Self",
    "super",
    "as",
    "usize",
    "f32",
    "f64",
    "N",
    "D",
    "T",
    "_",
    "r#fn",
    "σ",
    "W1",
    "inverse",
    "solve",
    "determinant",
    "dropout",
    "normal",
    "eigenvalues",
    "cholesky",
    "seeded",
    "batch",
    "predict",
    "parameters",
];
const SIGNS: &[char] = &[
    '+', '-', '*', '/', '%', '^', '!', '&', '|', '<', '>', '=', '.', ',', ';', ':', '?', '@', '#',
    '$', '~',
];
const DELIMITERS: [Delimiter; 4] =
    [Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None];
/// What notations are made of.
const NOTATION: &[&str] = &[
    "x",
    "w",
    "b",
    "W1",
    "W₁",
    "σ",
    "Σ",
    "√",
    "‖",
    "|",
    "||",
    "·",
    "⊙",
    "ᵀ",
    "^T",
    "^",
    "²",
    "⁻¹",
    "⁻",
    "+",
    "−",
    "-",
    "*",
    "/",
    "@",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    "..",
    "=",
    "==",
    "≤",
    "≠",
    "<",
    ">=",
    "∧",
    "∨",
    "¬",
    "and",
    "or",
    "not",
    "let",
    "select",
    "sum",
    "softmax",
    "axis",
    "1",
    "0.5",
    "1e999",
    "2x",
    "18446744073709551616",
    ".",
    "é",
    "∂",
    "∞",
    "\u{0}",
    "\n",
    "\t",
    " ",
    "\"",
    "\\",
    "🦀",
    "e\u{301}",
];

/// A program of that seed: one of the corpus with a few changes.
pub fn program(corpus: &[Program], random: &mut Random) -> Program {
    let Program { attribute, item } = random.choice(corpus).clone();
    let mut program =
        vec![Node::Group(Delimiter::Parenthesis, attribute), Node::Group(Delimiter::None, item)];
    for _ in 0..random.below(7) {
        change(&mut program, corpus, random);
    }
    let mut parts = program.into_iter().map(|part| match part {
        Node::Group(_, inner) => inner,
        leaf @ Node::Leaf(_) => vec![leaf],
    });
    Program { attribute: parts.next().unwrap_or_default(), item: parts.flatten().collect() }
}

/// Random tokens in random brackets.
pub fn noise(random: &mut Random) -> Program {
    let mut list = |longest| {
        let count = random.below(longest);
        let mut nodes = Vec::new();
        for _ in 0..count {
            let node = token(random);
            if random.percent(20) {
                nodes = vec![Node::Group(*random.choice(&DELIMITERS), nodes)];
            }
            nodes.push(node);
        }
        nodes
    };
    Program { attribute: list(8), item: list(60) }
}

/// A text of signs and words of the notation.
pub fn notation(random: &mut Random) -> String {
    let count = random.below(30);
    let mut text: String = (0..count).map(|_| *random.choice(NOTATION)).collect();
    if random.percent(5) {
        let times = random.below(400);
        text = (*random.choice(NOTATION)).repeat(times) + &text;
    }
    text
}

fn change(program: &mut Vec<Node>, corpus: &[Program], random: &mut Random) {
    let count = tree::size(program);
    let donor = part(corpus, random);
    let Some((list, place)) = list_with(program, random.below(count.max(1))) else { return };
    if count > LARGEST {
        list.remove(place);
        return;
    }
    match random.below(14) {
        0 => drop(list.remove(place)),
        1 => list.insert(place, list[place].clone()),
        2 => {
            let other = random.below(list.len());
            list.swap(place, other);
        }
        3 => list[place] = token(random),
        4 => list.insert(place, token(random)),
        5 => list[place] = Node::Leaf(extreme(random)),
        6 => {
            let inner = vec![list[place].clone()];
            list[place] = Node::Group(*random.choice(&DELIMITERS), inner);
        }
        7 => unwrap(list, place),
        8 => list[place] = donor,
        9 => list.insert(place, donor),
        10 => repeat(list, place, random),
        11 => nest(list, place, random),
        12 => drop(list.drain(place..place + random.below(list.len() - place + 1))),
        _ => rewrite(list, place, random),
    }
}

/// Some part of some program.
fn part(corpus: &[Program], random: &mut Random) -> Node {
    let mut item = random.choice(corpus).item.clone();
    let number = random.below(tree::size(&item).max(1));
    match list_with(&mut item, number) {
        Some((list, place)) => list[place].clone(),
        None => token(random),
    }
}

fn token(random: &mut Random) -> Node {
    Node::Leaf(match random.below(3) {
        0 => word(WORDS[random.below(WORDS.len())]),
        1 => {
            let spacing = if random.percent(50) { Spacing::Joint } else { Spacing::Alone };
            TokenTree::Punct(Punct::new(*random.choice(SIGNS), spacing))
        }
        _ => extreme(random),
    })
}

fn word(text: &str) -> TokenTree {
    TokenTree::Ident(match text.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(text, Span::call_site()),
    })
}

fn extreme(random: &mut Random) -> TokenTree {
    let tokens: TokenStream = random.choice(EXTREMES).parse().unwrap_or_default();
    tokens.into_iter().next().unwrap_or_else(|| TokenTree::Literal(Literal::u8_suffixed(0)))
}

/// What stands in brackets, without them.
fn unwrap(list: &mut Vec<Node>, place: usize) {
    if let Node::Group(_, inner) = &list[place] {
        let inner = inner.clone();
        list.splice(place..=place, inner);
    }
}

/// Some tokens in a row, many times.
fn repeat(list: &mut Vec<Node>, place: usize, random: &mut Random) {
    let run = list[place..(place + 1 + random.below(6)).min(list.len())].to_vec();
    let most = LARGEST / tree::size(&run).max(1);
    let times = if random.percent(20) { most.max(1) } else { 6 };
    for _ in 0..random.below(times) {
        list.splice(place..place, run.iter().cloned());
    }
}

/// A token deep in brackets.
fn nest(list: &mut [Node], place: usize, random: &mut Random) {
    let before = random.percent(50).then(|| token(random));
    let delimiter = *random.choice(&DELIMITERS);
    let levels = if random.percent(30) { 130 } else { 8 };
    for _ in 0..random.below(levels) {
        let inner = before.iter().chain([&list[place]]).cloned().collect();
        list[place] = Node::Group(delimiter, inner);
    }
}

/// Another text in quotes, or a word that stands elsewhere in the list.
fn rewrite(list: &mut [Node], place: usize, random: &mut Random) {
    if let Node::Leaf(TokenTree::Literal(literal)) = &list[place] {
        let mut text: Vec<char> = literal.to_string().trim_matches('"').chars().collect();
        let at = random.below(text.len() + 1);
        match random.below(3) {
            0 if at < text.len() => drop(text.remove(at)),
            1 if at < text.len() => text.push(text[at]),
            _ => drop(text.splice(at..at, random.choice(NOTATION).chars())),
        }
        list[place] = Node::Leaf(TokenTree::Literal(Literal::string(&String::from_iter(text))));
    } else {
        let other = random.below(list.len());
        list[place] = list[other].clone();
    }
}
