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
    fn concatenation(x: Input<2>, z: Input<3>, w: Param<5, 4>, b: Param<4>) -> Output<4> {
        tanh(concat(x, z, axis = 0).dot(w) + b)
    } as Concatenation(x, z, target);

    #[model(loss = squared_error)]
    fn stacked_rows(x: Input<3>, z: Input<3>, w: Param<2, 3>, v: Param<3>) -> Output {
        let m = stack(x, z, axis = 0) * w;
        softmax(m[(.., 0)]).dot(m.dot(v))
    } as StackedRows(x, z, target);

    #[model(loss = mean_squared_error)]
    fn reshaped(x: Input<6>, w: Param<3, 4>) -> Output<2, 4> { reshape(x, [2, 3]).matmul(w) }
    as Reshaped(x, target);

    #[model(loss = mean_squared_error)]
    fn permuted(x: Input<2, 3, 2>, w: Param<2, 2>) -> Output<3, 2, 2> { matmul(permute(x, [1, 2, 0]), w) }
    as Permuted(x, target);

    #[model(loss = mean_squared_error)]
    fn triangular(x: Input<4>, w: Param<4, 4>) -> Output<4> { tril(w).dot(x) + tanh(triu(w, offset = 1).dot(x)) }
    as Triangular(x, target);

    fn diagonals(x: Input<4>, d: Param<4>, w: Param<4, 4>, target: Input<4>) -> Loss {
        mean_squared_error((w + diag(exp(d))).dot(x), target) + square(sum(diag(w)))
    } as Diagonals(x, target);

    #[model(loss = mean_squared_error)]
    fn one_hot_category(kind: Index<3>, x: Input<2>, w: Param<5, 4>) -> Output<4> {
        concat(one_hot(kind, 3), x, axis = 0).dot(w)
    } as OneHotCategory(class kind, x, target);

    #[model(loss = mean_squared_error)]
    fn reversed_and_rolled(x: Input<5>, w: Param<5>) -> Output<5> {
        let z = x * w;
        tanh(reverse(z)) + roll(z, 2)
    } as ReversedAndRolled(x, target);

    #[model(loss = mean_squared_error)]
    fn graph_convolution(x: Input<4, 3>, adjacency: Data<4, 4>, w: Param<3, 3>, v: Param<3, 2>) -> Output<4, 2> {
        let a = transpose(transpose(adjacency) / sum(adjacency, [1]));
        a.matmul(relu(a.matmul(x).matmul(w))).matmul(v)
    } as GraphConvolution(x, adjacency, target);

    #[model(loss = squared_error)]
    fn camera(p: Input<3>, rotation: Param<3>, shift: Param<3>, focal: Param) -> Output<2> {
        let angle = norm(rotation);
        let k = rotation / angle;
        let cross = stack(k[1] * p[2] - k[2] * p[1], k[2] * p[0] - k[0] * p[2], k[0] * p[1] - k[1] * p[0]);
        let q = p * cos(angle) + cross * sin(angle) + k * k.dot(p) * (1.0 - cos(angle)) + shift;
        focal * q[..2] / (q[2] + 6.0)
    } as Camera(p, seen) large;

    fn k_means(points: Data<6, 2>, centers: Param<3, 2>) -> Loss {
        let distances = for p in 0..6 {
            min(sum(square(points[p] - centers), [1]))
        };
        sum(distances)
    } as KMeans(points);

    fn soft_k_means(points: Data<5, 2>, centers: Param<3, 2>, s: Param) -> Loss {
        let distances = sum(square(reshape(points, [5, 1, 2]) - centers), [2]);
        -sum(logsumexp(-exp(s) * distances, [1])) / exp(s)
    } as SoftKMeans(points);

    fn contrast(a: Input<4>, b: Input<4>, w: Param<4, 3>, t: Param) -> Loss {
        softplus(-cosine_similarity(a.dot(w), b.dot(w)) * exp(t))
    } as Contrast(a, b);

    fn information_noise_contrast(a: Data<4, 3>, b: Data<4, 3>, w: Param<3, 3>, t: Param) -> Loss {
        let p = matmul(a, w);
        let q = matmul(b, w);
        let p = p / reshape(norm(p, [1]), [4, 1]);
        let q = q / reshape(norm(q, [1]), [4, 1]);
        let s = exp(t) * matmul(p, q.transpose());
        mean(logsumexp(s, [1]) - diag(s))
    } as InformationNoiseContrast(a, b);

    fn batch_normalization(
        x: Data<5, 3>, y: Data<5>, w: Param<3, 2>, gain: Param<2>, shift: Param<2>, v: Param<2>
    ) -> Loss {
        let z = matmul(x, w);
        let h = relu((z - mean(z, [0])) / sqrt(var(z, [0]) + 1e-3) * gain + shift);
        mean_squared_error(h.dot(v), y)
    } as BatchNormalization(x, y);

    #[model(loss = squared_error)]
    fn reading_at_the_largest(x: Input<5>, w: Param<5>) -> Output { (w * x)[argmax(x)] }
    as ReadingAtTheLargest(x, target);
}
