//! Negative log-likelihoods of distributions whose parameters are trained.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "likelihoods";
    #[model()]
    fn beta_likelihood(x: Input, p: Param, q: Param) -> Loss {
        let a = softplus(p);
        let b = ln(1.0 + exp(q));
        -(lgamma(a + b) - lgamma(a) - lgamma(b) + (a - 1.0) * ln(x) + (b - 1.0) * ln(1.0 - x))
    } as BetaLikelihood(x);

    fn poisson_counts(x: Input<2>, n: Input, w: Param<2>, b: Param) -> Loss {
        let log_rate = x.dot(w) + b;
        exp(log_rate) - n * log_rate + lgamma(n + 1.0)
    } as PoissonCounts(x, n);

    fn negative_binomial(x: Input<2>, n: Input, w: Param<2>, b: Param, r: Param) -> Loss {
        let m = exp(x.dot(w) + b);
        let k = softplus(r);
        -(lgamma(n + k) - lgamma(k) - lgamma(n + 1.0) + k * ln(k / (k + m)) + n * ln(m / (k + m)))
    } as NegativeBinomial(x, n);

    fn student_t(x: Input<2>, y: Input, w: Param<2>, s: Param, f: Param) -> Loss {
        let v = softplus(f) + 1.0;
        let z = (y - x.dot(w)) / exp(s);
        -(lgamma((v + 1.0) / 2.0) - lgamma(v / 2.0) - 0.5 * (ln(v) + 1.144_729_885_849_400_2) - s - (v + 1.0) / 2.0 * ln(1.0 + z * z / v))
    } as StudentT(x, y);

    fn gamma_likelihood(x: Input, k: Param, t: Param) -> Loss {
        let shape = softplus(k);
        -((shape - 1.0) * ln(x) - x / exp(t) - lgamma(shape) - shape * t)
    } as GammaLikelihood(x);

    fn dirichlet(x: Input<3>, a: Param<3>) -> Loss {
        let c = softplus(a);
        -(lgamma(sum(c)) - sum(lgamma(c)) + sum((c - 1.0) * ln(x)))
    } as Dirichlet(x);

    fn gaussian_mixture(x: Input, logits: Param<3>, means: Param<3>, scales: Param<3>) -> Loss {
        let z = (x - means) / exp(scales);
        -logsumexp(log_softmax(logits) - 0.5 * 1.837_877_066_409_345_5 - scales - 0.5 * square(z))
    } as GaussianMixture(x);

    fn mixture_density_network(
        x: Input<2>, y: Input, w: Param<2, 4>, b: Param<4>, a: Param<4, 3>, m: Param<4, 3>, s: Param<4, 3>
    ) -> Loss {
        let h = tanh(x.dot(w) + b);
        let scales = h.dot(s);
        let z = (y - h.dot(m)) * exp(-scales);
        -logsumexp(log_softmax(h.dot(a)) - 0.5 * 1.837_877_066_409_345_5 - scales - 0.5 * square(z))
    } as MixtureDensityNetwork(x, y) large;

    fn binomial(x: Input<2>, target: Input, w: Param<2>, b: Param, trials: Data) -> Loss {
        let z = x.dot(w) + b;
        let n = exp(trials) + 4.0;
        let k = target * n;
        -(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0) + k * log_sigmoid(z) + (n - k) * ln(1.0 - sigmoid(z)))
    } as Binomial(x, target, trials);

    fn laplace(y: Input, m: Param, s: Param) -> Loss { ln(2.0) + s + abs(y - m) / exp(s) }
    as Laplace(y);

    fn weibull(y: Input, k: Param, l: Param) -> Loss {
        let shape = softplus(k);
        let log_z = ln(y) - l;
        -(ln(shape) - l + (shape - 1.0) * log_z - exp(shape * log_z))
    } as Weibull(y);

    fn censored_survival(t: Input, died: Input, x: Input<2>, w: Param<2>, k: Param) -> Loss {
        let shape = softplus(k);
        let scale = exp(x.dot(w));
        powf(t / scale, shape) - died * (ln(shape) - ln(t) + shape * ln(t / scale))
    } as CensoredSurvival(t, died, x);

    fn log_normal(y: Input, m: Param, s: Param) -> Loss {
        0.5 * 1.837_877_066_409_345_5 + s + 0.5 * square((ln(y) - m) / exp(s)) + ln(y)
    } as LogNormal(y);

    fn gumbel(y: Input, m: Param, s: Param) -> Loss {
        let z = (y - m) / exp(s);
        z + exp(-z) + s
    } as Gumbel(y);

    fn cauchy(y: Input, m: Param, s: Param) -> Loss {
        let z = (y - m) / softplus(s);
        1.144_729_885_849_400_2 + ln(softplus(s)) + ln(1.0 + z * z)
    } as Cauchy(y);

    fn zero_truncated_poisson(x: Input<2>, n: Input, w: Param<2>, z: Param) -> Loss {
        let rate = softplus(x.dot(w)) + exp(z);
        ln(exp(rate) - 1.0) - n * ln(rate) + lgamma(n + 1.0)
    } as ZeroTruncatedPoisson(x, n);

    fn variational_autoencoder(
        x: Input<4>, noise: Input<2>, w: Param<4, 2>, s: Param<4, 2>, d: Param<2, 4>, c: Param<4>
    ) -> Loss {
        let m = x.dot(w);
        let v = x.dot(s);
        let z = m + exp(v / 2.0) * noise;
        0.5 * squared_error(z.dot(d) + c, x) + 0.5 * sum(exp(v) + square(m) - 1.0 - v)
    } as VariationalAutoencoder(x, noise);

    fn bradley_terry(wins: Input, a: Input<3>, b: Input<3>, strength: Param<3>) -> Loss {
        binary_cross_entropy((a - b).dot(strength), wins)
    } as BradleyTerry(wins, a, b);

    fn planar_flow(x: Input<2>, y: Input, w: Param<2>, m: Param, s: Param) -> Loss {
        let t = tanh(x.dot(w) + y);
        let z = y + softplus(m) * t;
        0.5 * 1.837_877_066_409_345_5 + s + 0.5 * square(z / exp(s)) - ln(1.0 + softplus(m) * (1.0 - t * t))
    } as PlanarFlow(x, y);

    fn free_energy(x: Input<3>, w: Param<3, 2>, b: Param<3>, c: Param<2>) -> Loss {
        -x.dot(b) - sum(ln(1.0 + exp(x.dot(w) + c)))
    } as FreeEnergy(x);
}
