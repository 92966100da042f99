//! Parts of arrays, arrays of parts, objectives without examples.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "structure";
    #[model(loss = squared_error)]
    fn embedding(token: Index<6>, table: Param<6, 3>, v: Param<3>) -> Output { tanh(table[token]).dot(v) }
    as Embedding(class token, target);

    #[model(loss = squared_error)]
    fn bag_of_words(tokens: Index<6, 4>, table: Param<6, 3>, v: Param<3>) -> Output { mean(table[tokens], [0]).dot(v) }
    as BagOfWords(class tokens, target);

    fn matrix_factorization(
        user: Index<4>, item: Index<5>, u: Param<4, 2>, v: Param<5, 2>, b: Param<4>, c: Param<5>, target: Input
    ) -> Loss {
        let p = u[user];
        let q = v[item];
        square(p.dot(q) + b[user] + c[item] - target) + 0.01 * (p.dot(p) + q.dot(q))
    } as MatrixFactorization(class user, class item, target);

    fn whole_factorization(u: Param<4, 2>, v: Param<2, 5>, m: Data<4, 5>) -> Loss {
        squared_error(matmul(u, v), m) + 0.05 * (sum(square(u)) + sum(square(v)))
    } as WholeFactorization(m);

    #[model(loss = squared_error)]
    fn slices(x: Input<6>, w: Param<4>, b: Param) -> Output {
        x[1..5].dot(w) + x[0] * x[5] * b + x[..4].dot(x[2..])
    } as Slices(x, target);

    #[model(loss = squared_error)]
    fn rows_and_columns(x: Input<3, 4>, w: Param<3>, v: Param<4>) -> Output {
        x[(.., 2)].dot(w) + x[1].dot(v) + x[(2, 0)] * v[3]
    } as RowsAndColumns(x, target);

    #[model(loss = squared_error)]
    fn every_second(x: Input<8>, w: Param<4>) -> Output {
        x[(..).step_by(2)].dot(w) - square(x[(1..).step_by(2)].dot(w))
    } as EverySecond(x, target);

    #[model(loss = mean_squared_error)]
    fn graph_convolution(x: Input<4, 3>, adjacency: Data<4, 4>, w: Param<3, 3>, v: Param<3, 2>) -> Output<4, 2> {
        let a = transpose(transpose(adjacency) / sum(adjacency, [1]));
        a.matmul(relu(a.matmul(x).matmul(w))).matmul(v)
    } as GraphConvolution(x, adjacency, target);

    fn contrast(a: Input<4>, b: Input<4>, w: Param<4, 3>, t: Param) -> Loss {
        softplus(-cosine_similarity(a.dot(w), b.dot(w)) * exp(t))
    } as Contrast(a, b);

    fn batch_normalization(
        x: Data<5, 3>, y: Data<5>, w: Param<3, 2>, gain: Param<2>, shift: Param<2>, v: Param<2>
    ) -> Loss {
        let z = matmul(x, w);
        let h = relu((z - mean(z, [0])) / sqrt(var(z, [0]) + 1e-3) * gain + shift);
        mean_squared_error(h.dot(v), y)
    } as BatchNormalization(x, y);
}
