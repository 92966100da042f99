//! One program for every form in which a derivative stands inside a model.

use super::generate::Program;

/// Each with its name: the signature, and the body.
const PROGRAMS: &[(&str, &str, &str)] = &[
    (
        "of_a_network",
        "x: Input, t: Input, w: Param<3>, s: Param<3>, v: Param<3>",
        "let u = tanh(x*w + t*s).dot(v); square(diff(u, t) - 0.3*diff(diff(u, x), x))",
    ),
    (
        "for_a_parameter",
        "x: Input<3>, w: Param<3>, b: Param",
        "let loss = square(x.dot(w) - b); sum(square(diff(loss, w))) + diff(loss, b)",
    ),
    (
        "jacobian",
        "x: Input<3>, w: Param<3, 2>",
        "let y = sin(x.dot(w)); let j = diff(y, x); sum(square(j)) + trace(j.dot(w))",
    ),
    ("hessian", "x: Input<3>, a: Param<3, 3>", "let u = exp(0.2*x.dot(a).dot(x)); sum(square(diff(diff(u, x), x)))"),
    (
        "for_a_let",
        "x: Input<3>, w: Param<3>",
        "let z = x*w; let u = sum(z*z*z*x); sum(diff(u, z)) + sum(square(diff(u, w)))",
    ),
    (
        "through_places",
        "x: Input<4>, w: Param<4>",
        "let y = x[1..]*w[..3]; let u = sum(y*concat(y[1..], x[..1])); sum(square(diff(u, x)*w)) + diff(y, x)[(1, 2)]",
    ),
    (
        "of_an_embedding",
        "token: Index<5>, x: Input<2>, table: Param<5, 2>",
        "let u = exp(0.3*table[token].dot(x)); square(diff(u, x)[0]) + sum(diff(u, x))",
    ),
    (
        "through_a_choice",
        "x: Input<3>, w: Param<3>",
        "let y = select(x*w > 0.2, square(x)*w, sin(x*w)); sum(square(diff(sum(y), x)))",
    ),
    (
        "through_a_loop",
        "x: Input<2>, w: Param<2, 2>, b: Param<2>",
        "let mut h = x; for t in 0..3 { h = tanh(h.dot(w) + b); } sum(square(diff(sum(h*h), x)))",
    ),
    (
        "jacobian_of_a_loop",
        "x: Input<2>, w: Param<2, 2>, b: Param<2>",
        "let mut h = x; for t in 0..3 { h = tanh(h.dot(w) + b); } let j = diff(h, x); sum(square(j.dot(j)))",
    ),
    (
        "of_a_loop_for_a_parameter",
        "x: Input<2>, w: Param<2>, v: Param",
        "let mut s = w; for t in 0..3 { s = sin(s)*w + v; } let u = sum(x*s); sum(square(diff(u, w))) + diff(u, v)",
    ),
    (
        "in_a_loop",
        "x: Input<2>, w: Param<2, 2>, rate: Param",
        "let mut q = x;
        for t in 0..3 { let energy = sum(cos(q.dot(w))) + 0.5*sum(q*q); q = q - 0.1*exp(rate)*diff(energy, q); }
        sum(q*q)",
    ),
    (
        "in_and_of_a_loop",
        "x: Input<2>, w: Param<2>",
        "let mut q = x;
        for t in 0..2 { let p = q*w; let energy = sum(sin(p)*p); q = q - 0.2*diff(energy, p); }
        sum(square(diff(sum(q*q), x)))",
    ),
    (
        "of_a_solution",
        "x: Input<2>, a: Param<2, 2>",
        "let m = a.dot(transpose(a)) + eye(2)*(1.5 + square(x[0])); let y = solve(m, x);
        sum(square(diff(y, x))) + sum(diff(logdet(m), x))",
    ),
    ("of_a_function", "x: Input, w: Param", "fn slope(p: Tensor) -> Tensor { diff(sin(p*p), p) } slope(w*x) + slope(x)*w"),
];

/// All of them.
pub fn inside() -> Vec<(String, Program)> {
    let program = |&(name, signature, body): &(&str, &str, &str)| {
        let name = format!("inside_{name}");
        let item = format!("fn {name}({signature}) -> Loss {{ {body} }}");
        (name, Program { attribute: String::new(), item, extents: Vec::new() })
    };
    PROGRAMS.iter().map(program).collect()
}
