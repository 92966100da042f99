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
    (
        "sequence",
        "tokens: Index<5, 4>, table: Param<5, 3>, w: Param<3>",
        "sum(tanh(table[tokens].dot(w)))",
    ),
    (
        "token_of_sequence",
        "tokens: Index<5, 4>, table: Param<5, 3>, x: Input<3>",
        "table[tokens[2]].dot(sin(x*table[tokens[0]]))",
    ),
    (
        "part_of_sequence",
        "tokens: Index<5, 4>, table: Param<5, 2>",
        "sum(square(table[tokens[1..3]]))",
    ),
    ("pairs", "a: Index<3, 2>, b: Index<4, 2>, t: Param<3, 4>", "exp(0.3*sum(t[(a, b)]))"),
    (
        "concat",
        "x: Input<2>, w: Param<3>, v: Param<2>",
        "let c = concat(w*w, x*v, v); sum(sin(c)*c)",
    ),
    (
        "concat_columns",
        "x: Input<2, 3>, w: Param<2, 2>",
        "sum(square(concat(x, w, axis = 1).dot(concat(w[0], w[1], x[(0, ..1)]))))",
    ),
    (
        "stack",
        "x: Input<3>, w: Param<3>, v: Param<3>",
        "let s = stack(x*w, sin(v)); sum(s*s*s) + sum(stack(x, v, axis = 1).dot(w[..2]))",
    ),
    ("pad", "x: Input<3>, w: Param<6>, v: Param<3>", "sum(cos(pad(x*v, 1, 2))*w)"),
    (
        "pad_columns",
        "x: Input<2, 3>, w: Param<5>, v: Param<3>",
        "sum(square(pad(x*v, 2, 0, axis = 1).dot(w)))",
    ),
    ("reverse", "x: Input<4>, w: Param<4>", "sum(reverse(x*w)*w*w)"),
    ("reverse_columns", "x: Input<2, 3>, w: Param<3>", "sum(tanh(reverse(x*w, axis = 1).dot(w)))"),
    ("roll", "x: Input<5>, w: Param<5>", "sum(roll(x*w, 2)*w*w) + sum(roll(w, -1)*x)"),
    (
        "reshape",
        "x: Input<6>, w: Param<2, 3>, v: Param<3>",
        "sum(tanh(reshape(x, [2, 3])*w).dot(v)) + sum(reshape(w*w, [3, 2])[1])",
    ),
    (
        "reshape_input",
        "x: Input<2, 6>, w: Param<3, 2>",
        "sum(square(reshape(x, [2, 2, 3]).dot(w)))",
    ),
    (
        "reshape_symbolic",
        "x: Input<D, H>, w: Param<H, D>",
        "sum(flatten(x)*flatten(w*w)) + sum(reshape(x, [H, D])*w)",
    ),
    (
        "flatten_value",
        "x: Input<2>, w: Param<2, 3>, v: Param<6>",
        "flatten(sin(outer(x, w[0]))).dot(v)",
    ),
    (
        "permute",
        "x: Input<2, 3>, w: Param<2, 2>, v: Param<3, 2>",
        "sum(tanh(permute(x, [1, 0]).dot(w)*v))",
    ),
    (
        "broadcast",
        "x: Input<3>, w: Param<3>, v: Param<2, 3>",
        "sum(broadcast_to(x*w, [2, 3])*v) + sum(square(repeat(w, 4)))",
    ),
    ("windows", "x: Input<5>, w: Param<3>", "sum(tanh(windows(x, 3).dot(w)))"),
    (
        "windows_of_value",
        "x: Input<6>, w: Param<6>, v: Param<2>",
        "sum(square(windows(x*w, 2, stride = 2).dot(v)))",
    ),
    (
        "dilated_windows",
        "x: Input<7, 2>, w: Param<2, 2>",
        "sum(sin(einsum(\"tkc,kc->t\", windows(x, 2, dilation = 3), w)))",
    ),
    (
        "convolution",
        "x: Input<6, 2>, w: Param<3, 2, 4>",
        "sum(tanh(einsum(\"tkc,kco->to\", windows(x, 3), w)))",
    ),
    (
        "convolution_of_value",
        "x: Input<6, 2>, u: Param<2, 2>, w: Param<3, 2, 4>",
        "let h = tanh(x.dot(u)); sum(tanh(einsum(\"tkc,kco->to\", windows(pad(h, 1, 1), 3), w)))",
    ),
    (
        "convolution_in_two_axes",
        "x: Input<5, 4>, w: Param<2, 3>",
        "sum(tanh(einsum(\"akbl,kl->ab\", windows(windows(x, 2), 3, axis = 2), w)))",
    ),
    (
        "pooling",
        "x: Input<6>, w: Param<6>",
        "sum(square(max(windows(x*w, 2, stride = 2), axis = 1)))",
    ),
    (
        "symbolic_pad",
        "x: Input<D>, w: Param<D>, v: Param<H>",
        "sum(square(pad(x*w, H, 2*H))) + sum(concat(v, x*w)*concat(sin(x), v))",
    ),
    (
        "triangles",
        "x: Input<3, 3>, w: Param<3, 3>",
        "sum(square(tril(x*w))) + sum(triu(w, offset = 1)*x) + sum(sin(tril(w, offset = -1)))",
    ),
    (
        "diagonals",
        "x: Input<3>, w: Param<3, 3>",
        "sum(square(diag(x).dot(w))) + sum(diag(w)*x) + sum(diag(diag(w)))",
    ),
    (
        "one_hot",
        "i: Index<4>, x: Input<4>, w: Param<4>",
        "sum(one_hot(i, 4)*w*x) + sum(square(one_hot(1, 4) - w))",
    ),
    ("identity", "x: Input<3>, w: Param<3, 3>", "sum(square((w + 2*eye(3)).dot(x)))"),
    (
        "counting",
        "x: Input<4>, w: Param<4>",
        "sum((iota(4) + 1)*w*x) + sum(iota(4)[1..]*w[1..]) + sum(ones([2, 4])*w) + sum(zeros([4]) + w*w)",
    ),
    (
        "place_of_largest",
        "x: Input<4>, w: Param<4>, v: Param<4, 2>",
        "sum(v[argmax(x)]*w[1]) + w[argmin(x)] + 0.1*argmax(x)*w[0]",
    ),
    ("places_of_largest", "x: Input<3, 4>, w: Param<4>", "sum(square(w[argmax(x)]))"),
    (
        "extents",
        "x: Input<D, H>, w: Param<H>",
        "sum(x.dot(w))/extent(x)*extent(x, axis = 1) + w[extent(w) - 1]",
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
