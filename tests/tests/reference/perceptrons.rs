//! Perceptrons of depth one to six with every activation; residual, normalized, tied and gated ones.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "perceptrons";
    #[model(loss = squared_error)]
    fn linear_regression(x: Input<3>, w: Param<3>, b: Param) -> Output { x.dot(w) + b }
    as LinearRegression(x, target);

    #[model(loss = squared_error)]
    fn neuron(x: Input<3>, w: Param<3>, b: Param) -> Output { sigmoid(x.dot(w) + b) }
    as Neuron(x, target);

    #[model(loss = mean_squared_error)]
    fn perceptron(x: Input<3>, w1: Param<3, 4>, b1: Param<4>, w2: Param<4, 2>, b2: Param<2>) -> Output<2> {
        math!("tanh(x·w1 + b1)·w2 + b2")
    } as Perceptron(x, target);

    #[model(loss = squared_error, reduction = sum)]
    fn three_layers(
        x: Input<3>, w1: Param<3, 4>, b1: Param<4>, w2: Param<4, 3>, b2: Param<3>, w3: Param<3, 2>, b3: Param<2>
    ) -> Output<2> {
        let h1 = sigmoid(x.dot(w1) + b1);
        let h2 = sigmoid(h1.dot(w2) + b2);
        h2.dot(w3) + b3
    } as ThreeLayers(x, target);

    #[model(loss = mean_squared_error)]
    fn four_layers(
        x: Input<3>, w1: Param<3, 4>, w2: Param<4, 4>, w3: Param<4, 3>, w4: Param<3, 2>, b: Param<2>
    ) -> Output<2> {
        let h = relu(x.dot(w1));
        let h = leaky_relu(h.dot(w2), 0.01);
        let h = softsign(h.dot(w3));
        h.dot(w4) + b
    } as FourLayers(x, target);

    #[model(loss = squared_error)]
    fn six_layers(
        x: Input<2>, w1: Param<2, 3>, w2: Param<3, 3>, w3: Param<3, 3>, w4: Param<3, 3>, w5: Param<3, 3>, w6: Param<3, 2>
    ) -> Output<2> {
        math!("σ(mish(silu(gelu(tanh(x·w1)·w2)·w3)·w4)·w5)·w6")
    } as SixLayers(x, target) large;

    #[model(loss = squared_error)]
    fn gelu_net(x: Input<3>, w: Param<3, 4>, b: Param<4>, v: Param<4>) -> Output { gelu(x.dot(w) + b).dot(v) }
    as GeluNet(x, target);

    #[model(loss = squared_error)]
    fn mish_net(x: Input<3>, w: Param<3, 4>, b: Param<4>, v: Param<4>) -> Output { mish(x.dot(w) + b).dot(v) }
    as MishNet(x, target);

    #[model(loss = squared_error)]
    fn silu_net(x: Input<3>, w: Param<3, 4>, b: Param<4>, v: Param<4>) -> Output { silu(x.dot(w) + b).dot(v) }
    as SiluNet(x, target);

    #[model(loss = squared_error)]
    fn mixed_activations(x: Input<3>, w: Param<3, 4>, b: Param<4>, v: Param<4>) -> Output {
        let z = x.dot(w) + b;
        let h = elu(z, 1.0) + selu(z) * 0.5 + softsign(z) + leaky_relu(z, 0.1) + hard_sigmoid(z);
        h.dot(v)
    } as MixedActivations(x, target);

    #[model(loss = squared_error)]
    fn shared_weights(x: Input<3>, w: Param<3, 3>, v: Param<3>) -> Output { tanh(tanh(x.dot(w)).dot(w)).dot(v) }
    as SharedWeights(x, target);

    #[model()]
    fn tied_autoencoder(x: Input<4>, w: Param<4, 2>, b: Param<2>, c: Param<4>) -> Loss {
        let h = sigmoid(x.dot(w) + b);
        mean_squared_error(w.dot(h) + c, x)
    } as TiedAutoencoder(x);

    #[model(loss = mean_squared_error)]
    fn normalized_layer(x: Input<3>, w: Param<3, 4>, gain: Param<4>, shift: Param<4>) -> Output<4> {
        let z = x.dot(w);
        (z - mean(z)) / sqrt(var(z) + 0.001) * gain + shift
    } as NormalizedLayer(x, target);

    #[model(loss = squared_error)]
    fn residual_blocks(x: Input<3>, w1: Param<3, 3>, w2: Param<3, 3>, v: Param<3>) -> Output {
        let h = x + tanh(x.dot(w1));
        let h = h + tanh(h.dot(w2));
        h.dot(v)
    } as ResidualBlocks(x, target);

    #[model(loss = mean_squared_error)]
    fn normalized_residual_block(
        x: Input<4>, gain: Param<4>, shift: Param<4>, w1: Param<4, 3>, b1: Param<3>, w2: Param<3, 4>, b2: Param<4>
    ) -> Output<4> {
        let n = (x - mean(x)) / sqrt(var(x) + 1e-5) * gain + shift;
        x + gelu(n.dot(w1) + b1).dot(w2) + b2
    } as NormalizedResidualBlock(x, target);

    #[model(loss = mean_squared_error)]
    fn root_mean_square_norm(x: Input<4>, w: Param<4, 4>, gain: Param<4>) -> Output<4> {
        let z = x.dot(w);
        z / sqrt(mean(square(z)) + 1e-6) * gain
    } as RootMeanSquareNorm(x, target);

    #[model(loss = squared_error)]
    fn highway(x: Input<3>, w: Param<3, 3>, t: Param<3, 3>, c: Param<3>, v: Param<3>) -> Output {
        let gate = sigmoid(x.dot(t) + c);
        (gate * tanh(x.dot(w)) + (1.0 - gate) * x).dot(v)
    } as Highway(x, target);

    #[model(loss = mean_squared_error)]
    fn gated_linear_unit(x: Input<3>, w: Param<3, 4>, u: Param<3, 4>, v: Param<4, 2>) -> Output<2> {
        (x.dot(w) * sigmoid(x.dot(u))).dot(v)
    } as GatedLinearUnit(x, target);

    #[model(loss = squared_error)]
    fn mixture_of_experts(x: Input<3>, gate: Param<3, 2>, experts: Param<2, 3>, b: Param<2>) -> Output {
        softmax(x.dot(gate)).dot(experts.dot(x) + b)
    } as MixtureOfExperts(x, target);

    #[model(loss = squared_error)]
    fn radial_basis(x: Input<2>, centers: Param<4, 2>, rate: Param, v: Param<4>) -> Output {
        exp(-exp(rate) * sum(square(x - centers), [1])).dot(v)
    } as RadialBasis(x, target);

    #[model(loss = squared_error)]
    fn factorization_machine(x: Input<4>, w0: Param, w: Param<4>, v: Param<4, 2>) -> Output {
        let interactions = 0.5 * sum(square(x.dot(v)) - square(x).dot(square(v)));
        w0 + x.dot(w) + interactions
    } as FactorizationMachine(x, target);

    #[model(loss = squared_error)]
    fn deep_set(x: Input<3, 2>, w: Param<2, 4>, b: Param<4>, v: Param<4>) -> Output {
        tanh(sum(relu(matmul(x, w) + b), [0]).dot(v))
    } as DeepSet(x, target);

    #[model(loss = squared_error)]
    fn fourier_features(x: Input<2>, frequencies: Param<2, 3>, phases: Param<3>, v: Param<3>) -> Output {
        cos(x.dot(frequencies) + phases).dot(v)
    } as FourierFeatures(x, target);

    #[model(loss = mean_squared_error)]
    fn weight_normalization(x: Input<3>, w: Param<3, 4>, g: Param<4>) -> Output<4> {
        x.dot(w / norm(w, [0])) * g
    } as WeightNormalization(x, target);

    #[model()]
    fn standardized_energy(x: Input<5>, w: Param<5, 4>, gain: Param<4>, shift: Param<4>) -> Loss {
        let z = x.dot(w);
        ln(mean(exp((z - mean(z)) / std(z) * gain + shift)))
    } as StandardizedEnergy(x);

    #[model(loss = squared_error)]
    fn five_layers(
        x: Input<2>, w1: Param<2, 3>, w2: Param<3, 3>, w3: Param<3, 3>, w4: Param<3, 3>, w5: Param<3>, b: Param<4, 3>
    ) -> Output {
        let h = softplus(x.dot(w1) + b[0]);
        let h = elu(h.dot(w2) + b[1], 1.0);
        let h = selu(h.dot(w3) + b[2]);
        log_sigmoid(h.dot(w4) + b[3]).dot(w5)
    } as FiveLayers(x, target) large;

    #[model(loss = squared_error)]
    fn maxout(x: Input<3>, w: Param<2, 3, 4>, v: Param<4>) -> Output { max(x.dot(w[0]), x.dot(w[1])).dot(v) }
    as Maxout(x, target);
}
