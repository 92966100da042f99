//! One program for every form of a loop.

use super::generate::{Extent, Origin, Program};

/// Each with its name: the signature, and the body.
const PROGRAMS: &[(&str, &str, &str)] = &[
    (
        "recurrent",
        "x: Input<T, D>, w: Param<D, H>, u: Param<H, H>, b: Param<H>, start: Param<H>",
        "let mut h = start;
        for t in 0..T { h = tanh(x[t].dot(w) + h.dot(u) + b); }
        sum(h*h)",
    ),
    (
        "collected",
        "x: Input<T, D>, w: Param<D, H>, v: Param<T, H>",
        "let mut h = tanh(x[0].dot(w));
        let hs = for t in 0..T { h = sin(x[t].dot(w) + h); h*cos(v[t]) };
        sum(hs*hs) + sum(hs[0]*h)",
    ),
    (
        "layers",
        "x: Input<H>, w: Param<T, H, H>, b: Param<T, H>",
        "let mut h = x;
        for layer in 0..T { h = tanh(h.dot(w[layer]) + b[layer]); }
        sum(h*h)",
    ),
    (
        "nested",
        "x: Input<T, H>, w: Param<D, H, H>, u: Param<H, H>",
        "let mut h = x[0];
        for t in 0..T {
            let mut a = x[t];
            for layer in 0..D { a = tanh(a.dot(w[layer]) + h.dot(u)); }
            h = sin(a*h) + x[t];
        }
        sum(h*h)",
    ),
    (
        "nested_collected",
        "x: Input<T>, a: Param<D>, c: Param<T, D>",
        "let mut s = x[0];
        let grid = for t in 0..T {
            let row = for k in 0..D { s = sin(s*a[k] + x[t]); s*c[(t, k)] };
            row + s
        };
        sum(grid*grid)",
    ),
    (
        "reversed",
        "x: Input<T>, a: Param, c: Param<T>",
        "let mut s = a*x[0];
        let back = for t in (1..T).rev() { s = sin(a*s + x[t]*c[t - 1]); s*c[t] };
        sum(back*back) + s",
    ),
    (
        "neighbours",
        "x: Input<T>, a: Param, c: Param<T>",
        "let mut p = 0.5*a;
        for t in 0..T - 1 { p += sin(x[t + 1]*x[t]*p*c[t + 1]); }
        p*p",
    ),
    (
        "parameters_alone",
        "x: Input, a: Param",
        "let mut r = exp(a);
        for step in 0..6 { r = 0.5*(r + exp(a)/r); }
        (x*r - 1.0)*r",
    ),
    (
        "runge_kutta",
        "x: Input<2>, k: Param, d: Param",
        "let mut q = x[0];
        let mut v = x[1];
        for step in 0..8 {
            let a1 = -exp(k)*sin(q) - d*v;
            let v2 = v + 0.05*a1;
            let a2 = -exp(k)*sin(q + 0.05*v) - d*v2;
            q += 0.1*v2;
            v += 0.1*a2;
        }
        q*q + v",
    ),
    (
        "exchanged",
        "x: Input, a: Param, b: Param",
        "let mut p = a*x;
        let mut q = b;
        for step in 0..5 { let r = p; p = q; q = sin(r + a); }
        p*q + q",
    ),
    (
        "shared_by_steps",
        "x: Input<H>, w: Param<T, H>, v: Param<T, H>",
        "let mut h = x;
        for layer in 0..T { h = sin(h*softmax(w[layer]) + sum(cos(v[layer]))*x); }
        sum(h*h)",
    ),
    (
        "tokens",
        "tokens: Index<5, T>, table: Param<5, H>, u: Param<H, H>",
        "let mut h = 0.0*u[0];
        for t in 0..T { h = tanh(table[tokens[t]] + h.dot(u)); }
        sum(h*h)",
    ),
    (
        "chosen",
        "x: Input<T>, a: Param, b: Param",
        "let mut s = a;
        for t in 0..T { s = if x[t] > 0.0 { sin(s*b) } else { cos(s*a + x[t]) }; }
        s*s",
    ),
    (
        "checkpoints",
        "x: Input<7>, a: Param, b: Param",
        "let mut s = a;
        #[checkpoint(every = 3)]
        for t in 0..7 { s = sin(s*b + x[t]); }
        s*s",
    ),
    (
        "counter_as_number",
        "x: Input, a: Param",
        "let mut s = 0.0;
        for k in 1..6 { s += sin(k*a*x)/k; }
        s*s",
    ),
    (
        "products_and_running",
        "x: Input<T, D>, w: Param<D>",
        "let y = sin(x*w);
        sum(square(cumsum(y, [0]))) + sum(cumprod(y, [1])) + prod(cos(y)) + sum(prod(y, [0]))",
    ),
];

/// All of them with their names.
pub fn loops() -> Vec<(String, Program)> {
    let program = |&(name, signature, body): &(&str, &str, &str)| {
        let name = format!("loops_{name}");
        let mut generics = Vec::new();
        let mut extents = Vec::new();
        for (text, value) in [("T", 4), ("D", 2), ("H", 3)] {
            let separators = [',', '>'];
            let is_used = separators.iter().any(|&after| {
                signature.contains(&format!("<{text}{after}"))
                    || signature.contains(&format!(" {text}{after}"))
            });
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
