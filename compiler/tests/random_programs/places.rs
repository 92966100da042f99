//! One program for every way to read arrays at places.

use super::generate::{Extent, Origin, Program};

/// Each with its name: the signature, and the body.
const PROGRAMS: &[(&str, &str, &str)] = &[
    ("element", "x: Input, w: Param<3>", "x*w[1]*w[2]"),
    ("row", "x: Input<3>, w: Param<2, 3>", "sum(tanh(x*w[1]))"),
    ("column", "x: Input<2>, w: Param<2, 3>", "sum(tanh(x*w[(.., 2)]))"),
    ("slice", "x: Input<3>, w: Param<5>", "sum(sin(x*w[1..4]))"),
    ("strided", "x: Input<2>, w: Param<5>", "sum(sin(x*w[(1..5).step_by(2)]))"),
    ("part_of_input", "x: Input<4, 3>, w: Param<3>", "sum(square(x[1..3].dot(w) + x[0].dot(w)))"),
    (
        "part_of_value",
        "x: Input<3>, w: Param<3, 4>",
        "let h = tanh(x.dot(w)); h[0]*h[1] + sum(h[1..])",
    ),
    (
        "part_of_part",
        "x: Input<4, 3>, w: Param<3>",
        "let a = x[1..]; let b = a[1]; sum(b[..2]*w[1..]) + sum(b*w)",
    ),
    (
        "symbolic",
        "x: Input<D>, w: Param<D, H>",
        "let h = x.dot(w); sum(sin(h[0..H]))*h[H - 1] + h[0]",
    ),
    ("dimension", "x: Input<D>, w: Param<D>", "sum(x*w)/D + (2*D + 1)*w[D - 1]"),
    (
        "weights_of_layers",
        "x: Input<3>, w: Param<2, 3, 3>",
        "tanh(tanh(x.dot(w[0])).dot(w[1])).sum()",
    ),
    ("embedding", "token: Index<5>, table: Param<5, 3>", "sum(sin(table[token]))"),
    (
        "embedding_of_data",
        "token: Index<5>, x: Input<3>, table: Data<5, 3>, w: Param<3>",
        "sum(sin(table[token]*w + x))",
    ),
    (
        "embedding_in_product",
        "token: Index<5>, table: Param<5, 3>, w: Param<3, 2>",
        "sum(tanh(table[token].dot(w)))",
    ),
    (
        "two_tables",
        "a: Index<4>, b: Index<3>, t: Param<4, 2>, s: Param<2, 3>",
        "t[a].dot(s[(.., b)])",
    ),
    ("matrix_at_token", "a: Index<4>, x: Input<2>, t: Param<4, 2, 3>", "sum(square(x.dot(t[a])))"),
    ("input_at_token", "a: Index<4>, x: Input<4, 3>, w: Param<3>", "exp(0.1*x[a].dot(w))"),
    (
        "value_at_token",
        "a: Index<4>, x: Input<3>, w: Param<3, 4>",
        "let z = x.dot(w); logsumexp(z) - z[a]",
    ),
];

/// All of them with their names.
pub fn places() -> Vec<(String, Program)> {
    let program = |&(name, signature, body): &(&str, &str, &str)| {
        let name = format!("places_{name}");
        let mut generics = Vec::new();
        let mut extents = Vec::new();
        for (text, value) in [("D", 3), ("H", 4)] {
            let is_used =
                signature.contains(&format!("{text},")) || signature.contains(&format!("{text}>"));
            if is_used {
                generics.push(format!("const {text}: usize"));
                extents.push((Extent { text: text.to_owned(), value }, Origin::Generic));
            }
        }
        let generics =
            if generics.is_empty() { String::new() } else { format!("<{}>", generics.join(", ")) };
        let item = format!("fn {name}{generics}({signature}) -> Loss {{ {body} }}");
        (name, Program { attribute: String::new(), item, extents })
    };
    PROGRAMS.iter().map(program).collect()
}
