//! Models that read tables at rows the examples name.

use chainrule::prelude::*;

/// One table, one row an example.
#[model(loss = squared_error)]
pub fn embedding<const V: usize>(
    word: Index<V>,
    before: Param<2>,
    table: Param<V, 8>,
    #[init(normal(0.0, 1.0))] after: Param<8>,
) -> Output {
    tanh(table[word]).dot(after) + sum(before)
}

/// The same table read twice, at a row and as numbers, and the loss of its rows' size.
#[model(scalar = f64)]
pub fn translation<const V: usize, const R: usize>(
    head: Index<V>,
    tail: Index<V>,
    kind: Index<R>,
    place: Param<V, 3>,
    shift: Param<R, 3>,
    popularity: Param<V>,
) -> Loss {
    let distance = place[head] + shift[kind] - place[tail];
    sum(square(distance)) + popularity[head] * popularity[tail] + 0.1 * sum(square(place[head]))
}

/// Read in a loop, at two places in each step.
#[model(loss = cross_entropy, dims(T, V))]
pub fn letters<const H: usize>(
    text: Index<V, T>,
    table: Param<V, H>,
    w: Param<H, H>,
    b: Param<H>,
    out: Param<H, 4>,
) -> Output<4> {
    let mut h = zeros([H]);
    for t in 0..T - 1 {
        h = table[text[t]] * table[text[t + 1]] + tanh(table[text[t]] + h.dot(w) + b);
    }
    h.dot(out)
}

/// The mean of some rows, in a table whose rows are matrices; loops in a loop.
#[model(loss = squared_error, scalar = f64, derivatives(vjp, hvp))]
pub fn bag<const V: usize>(
    words: Index<V, 3>,
    user: Index<V>,
    table: Param<V, 2, 3>,
    #[init(normal(0.0, 1.0))] scores: Param<V>,
) -> Output {
    let mut total = 0.0;
    for i in 0..2 {
        for j in 0..3 {
            total += table[words[j]][i].dot(table[user][i]) * scores[words[j]];
        }
    }
    total + mean(scores[words])
}

/// Rows of which all elements have the same gradient.
#[model(scalar = f64)]
pub fn sums<const V: usize>(
    a: Index<V>,
    b: Index<V>,
    x: Input<2>,
    table: Param<V, 3>,
    matrices: Param<V, 2, 3>,
) -> Loss {
    exp(sum(table[a])) + square(sum(table[b])) + square(sum(x.dot(matrices[a])))
}

/// Its table decays, so that every step is about all of it; the other does not.
#[model]
pub mod decayed {
    use chainrule::prelude::*;

    pub fn predict(row: Index<V>, u: Param<V>, v: Param<V>) -> Output {
        u[row] * v[row]
    }
    pub fn loss(row: Index<V>, target: Input, u: Param<V>, v: Param<V>) -> Loss {
        square(predict(row, u, v) - target) + 0.01 * sum(square(u))
    }
    pub fn of_rows(row: Index<V>, u: Param<V>, v: Param<V>) -> Loss {
        exp(u[row]) + exp(v[row])
    }
    const V: usize = 9;
}
