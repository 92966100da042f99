//! Attention in its forms, and what is built of it.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "attention";
    #[model(loss = mean_squared_error)]
    fn self_attention(x: Input<4, 3>, wq: Param<3, 2>, wk: Param<3, 2>, wv: Param<3, 2>) -> Output<4, 2> {
        let q = matmul(x, wq);
        let k = matmul(x, wk);
        softmax(matmul(q, k.transpose()) / sqrt(2.0)).matmul(x.matmul(wv))
    } as SelfAttention(x, target);

    #[model(loss = mean_squared_error)]
    fn causal_self_attention(x: Input<4, 3>, wq: Param<3, 2>, wk: Param<3, 2>, wv: Param<3, 2>) -> Output<4, 2> {
        causal_attention(matmul(x, wq), matmul(x, wk), matmul(x, wv))
    } as CausalSelfAttention(x, target);

    #[model(loss = mean_squared_error)]
    fn cross_attention(x: Input<3, 2>, z: Input<5, 4>, wq: Param<2, 3>, wk: Param<4, 3>, wv: Param<4, 2>) -> Output<3, 2> {
        attention(matmul(x, wq), matmul(z, wk), matmul(z, wv))
    } as CrossAttention(x, z, target);

    #[model(loss = mean_squared_error)]
    fn multi_head(x: Input<4, 4>, wq: Param<2, 4, 2>, wk: Param<2, 4, 2>, wv: Param<2, 4, 2>, wo: Param<4, 4>) -> Output<4, 4> {
        let q = einsum("td,hdk->htk", x, wq);
        let k = einsum("td,hdk->htk", x, wk);
        let v = einsum("td,hdk->htk", x, wv);
        let weights = softmax(einsum("htk,hsk->hts", q, k) / sqrt(2.0));
        let heads = einsum("hts,hsk->thk", weights, v);
        reshape(heads, [4, 4]).matmul(wo)
    } as MultiHead(x, target) large;

    fn hopfield_retrieval(x: Input<3>, memory: Param<4, 3>, beta: Param) -> Loss {
        squared_error(softmax(exp(beta) * memory.dot(x)).dot(memory), x)
    } as HopfieldRetrieval(x);

    #[model(loss = mean_squared_error)]
    fn linear_attention(x: Input<4, 3>, wq: Param<3, 2>, wk: Param<3, 2>, wv: Param<3, 2>) -> Output<4, 2> {
        let q = elu(matmul(x, wq), 1.0) + 1.0;
        let k = elu(matmul(x, wk), 1.0) + 1.0;
        let v = matmul(x, wv);
        matmul(q, matmul(k.transpose(), v)) / einsum("tk,k,u->tu", q, sum(k, [0]), 0.0 * v[0] + 1.0)
    } as LinearAttention(x, target) large;

    #[model(loss = squared_error)]
    fn additive_pooling(x: Input<4, 3>, w: Param<3, 3>, v: Param<3>, u: Param<3>) -> Output {
        softmax(tanh(matmul(x, w)).dot(v)).dot(x).dot(u)
    } as AdditivePooling(x, target);

    #[model(loss = mean_squared_error)]
    fn relative_positions(x: Input<4, 3>, wq: Param<3, 2>, wk: Param<3, 2>, bias: Param<7>) -> Output<4, 3> {
        let scores = matmul(matmul(x, wq), matmul(x, wk).transpose());
        let rows = for t in 0..4 {
            softmax(scores[t] + reverse(bias[t..t + 4])).dot(x)
        };
        rows
    } as RelativePositions(x, target) large;

    #[model(loss = mean_squared_error)]
    fn transformer_block(
        x: Input<4, 4>, g1: Param<4>, b1: Param<4>, wq: Param<4, 4>, wk: Param<4, 4>, wv: Param<4, 4>, wo: Param<4, 4>,
        g2: Param<4>, b2: Param<4>, w1: Param<4, 5>, c1: Param<5>, w2: Param<5, 4>, c2: Param<4>
    ) -> Output<4, 4> {
        let n = layer_norm(x, g1, b1);
        // Two heads, each of two columns.
        let q = permute(reshape(wq, [4, 2, 2]), [1, 0, 2]);
        let k = permute(reshape(wk, [4, 2, 2]), [1, 0, 2]);
        let v = permute(reshape(wv, [4, 2, 2]), [1, 0, 2]);
        let h = x + causal_multi_head_attention(n, q, k, v, reshape(wo, [2, 2, 4]));
        let n = layer_norm(h, g2, b2);
        h + matmul(gelu(matmul(n, w1) + c1), w2) + c2
    } as TransformerBlock(x, target) large;

    fn small_language_model(
        tokens: Index<5, 4>, next: Index<5, 4>, table: Param<5, 3>, places: Param<4, 3>, wq: Param<3, 3>, wk: Param<3, 3>,
        wv: Param<3, 3>, out: Param<3, 5>
    ) -> Loss {
        let h = table[tokens] + places;
        let a = causal_attention(matmul(h, wq), matmul(h, wk), matmul(h, wv));
        cross_entropy(matmul(h + a, out), next)
    } as SmallLanguageModel(class tokens, class next) large;

    #[model(loss = mean_squared_error)]
    fn sinusoidal_positions(x: Input<3, 4>, w: Param<4, 4>) -> Output<3, 4> {
        let place = for t in 0..3 {
            stack(sin(1.0 * t), cos(1.0 * t), sin(t / 100.0), cos(t / 100.0))
        };
        tanh(matmul(x + place, w))
    } as SinusoidalPositions(x, target);

    #[model(loss = mean_squared_error)]
    fn mixer(x: Input<4, 3>, w: Param<4, 4>, v: Param<4, 4>, c: Param<3, 3>, d: Param<3, 3>) -> Output<4, 3> {
        let h = x + transpose(matmul(gelu(matmul(x.transpose(), w)), v));
        h + matmul(gelu(matmul(h, c)), d)
    } as Mixer(x, target) large;
}
