//! Losses and gradients of 44 models against values that do not come from this code: `tests/reference/make.py` computes them with 60
//! digits from the textbooks' formulas.

use chainrule::prelude::*;

/// Relative to the largest part of a gradient: sums of tens of terms, each good to a few units in the last place.
const TOLERANCE: f64 = 1e-12;

/// What the script printed of one model.
struct Reference {
    lines: Vec<(String, String, Vec<f64>)>,
}

impl Reference {
    fn of(model: &str) -> Reference {
        let text = include_str!("../reference/values.txt");
        let mut sections = text.split("model ").filter_map(|section| section.split_once('\n'));
        let (_, body) =
            sections.find(|(name, _)| *name == model).expect("the script has the model");
        let line = |line: &str| {
            let mut words = line.split(' ');
            let kind = words.next().unwrap_or_default().to_owned();
            let name =
                if kind == "loss" { "" } else { words.next().unwrap_or_default() }.to_owned();
            let numbers = words.map(|word| word.parse().expect("a number")).collect();
            (kind, name, numbers)
        };
        Reference { lines: body.lines().map(line).collect() }
    }

    /// All numbers of one kind, in the order of the signature.
    fn all(&self, kind: &str) -> Vec<f64> {
        let lines = self.lines.iter().filter(|(found, ..)| found == kind);
        lines.flat_map(|(.., numbers)| numbers.clone()).collect()
    }

    fn reals(&self, name: &str) -> Vec<f64> {
        let mut lines = self.lines.iter();
        let is_wanted = |(kind, known, _): &&(String, String, Vec<f64>)| {
            matches!(kind.as_str(), "input" | "data") && known == name
        };
        lines.find(is_wanted).expect("the script has the argument").2.clone()
    }

    fn classes(&self, name: &str) -> Vec<u32> {
        let is_wanted = |line: &&(String, String, Vec<f64>)| line.0 == "class" && line.1 == name;
        let line = self.lines.iter().find(is_wanted).expect("the script has the argument");
        line.2.iter().map(|&class| class as u32).collect()
    }

    fn check(&self, loss: f64, gradient: &[f64]) {
        let right = self.all("loss")[0];
        assert!((loss - right).abs() <= TOLERANCE * right.abs(), "loss {loss}, {right} is right");
        let right = self.all("gradient");
        assert_eq!(gradient.len(), right.len());
        let largest = right.iter().fold(0.0, |most: f64, slope| most.max(slope.abs()));
        for (found, right) in gradient.iter().zip(&right) {
            let close = (found - right).abs() <= TOLERANCE * largest;
            assert!(close, "slope {found}, {right} is right");
        }
    }
}

macro_rules! argument {
    ($reference:ident, class $name:ident) => {
        &$reference.classes(stringify!($name))
    };
    ($reference:ident, $name:ident) => {
        &$reference.reals(stringify!($name))
    };
}

/// A model, and a test that compares it on the script's values: `#[model(..)] fn name(..) -> .. { .. } as Name(caller's arguments)`.
macro_rules! compare {
    ($(#[model($($setting:tt)*)] fn $name:ident($($signature:tt)*) -> $result:ty $body:block as $model:ident($($($word:ident)+),*);)*) => {
        $(
            #[model(scalar = f64, $($setting)*)]
            fn $name($($signature)*) -> $result $body

            #[test]
            #[allow(non_snake_case)]
            fn $model() {
                let reference = Reference::of(stringify!($name));
                let model = $model::from_parameters(reference.all("param")).expect("all are there");
                compare!(@run reference, model, $model, [], $(($($word)+))*)
            }
        )*
    };
    (@run $reference:ident, $value:ident, $model:ident, [$($argument:expr,)*], ($($word:ident)+) $($rest:tt)*) => {
        compare!(@run $reference, $value, $model, [$($argument,)* argument!($reference, $($word)+),], $($rest)*)
    };
    (@run $reference:ident, $value:ident, $model:ident, [$($argument:expr,)*],) => {{
        let compare = |batch: Result<_, _>| {
            let batch = batch.expect("the rows fit");
            let (loss, gradient) = $value.loss_and_gradient(&batch);
            assert_eq!(loss, $value.loss(&batch));
            $reference.check(loss, gradient.parameters());
        };
        compare($model::batch($($argument),*));
    }};
}

compare! {
    #[model(loss = squared_error)]
    fn linear_regression(x: Input<3>, w: Param<3>, b: Param) -> Output { x.dot(w) + b }
    as LinearRegression(x, target);

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

    #[model(loss = cross_entropy)]
    fn softmax_regression(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> { x.dot(w) + b }
    as SoftmaxRegression(x, class target);

    #[model(loss = soft_cross_entropy)]
    fn soft_targets(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> { x.dot(w) + b }
    as SoftTargets(x, target);

    #[model(loss = kl_divergence)]
    fn divergence(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> { x.dot(w) + b }
    as Divergence(x, target);

    #[model(loss = binary_cross_entropy)]
    fn logistic_regression(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> { x.dot(w) + b }
    as LogisticRegression(x, target);

    #[model(loss = huber(0.75))]
    fn robust_regression(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> { x.dot(w) + b }
    as RobustRegression(x, target);

    #[model(loss = poisson)]
    fn poisson_regression(x: Input<3>, w: Param<3>, b: Param) -> Output { x.dot(w) + b }
    as PoissonRegression(x, target);

    #[model(loss = gaussian)]
    fn mean_and_variance(x: Input<3>, w: Param<2, 3>, b: Param<2>) -> Output<2> { w.dot(x) + b }
    as MeanAndVariance(x, target);

    #[model(loss = quantile(0.3))]
    fn quantile_regression(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> { x.dot(w) + b }
    as QuantileRegression(x, target);

    #[model(loss = hinge)]
    fn margins(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> { x.dot(w) + b }
    as Margins(x, target);

    #[model(loss = log_cosh)]
    fn smooth_errors(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> { x.dot(w) + b }
    as SmoothErrors(x, target);

    #[model(loss = absolute_error)]
    fn absolute_errors(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> { x.dot(w) + b }
    as AbsoluteErrors(x, target);

    #[model()]
    fn bilinear(x: Input<3>, y: Input<4>, w: Param<3, 4>) -> Loss { sin(einsum("i,ij,j->", x, w, y)) }
    as Bilinear(x, y);

    #[model()]
    fn length(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Loss { norm(x.dot(w) + b) }
    as Length(x);

    #[model()]
    fn partition(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Loss { ln(sum(exp(x.dot(w) + b))) }
    as Partition(x);

    #[model()]
    fn spread(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Loss { var(x.dot(w) + b) }
    as Spread(x);

    #[model()]
    fn deviation(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Loss { (x.dot(w) + b).std() }
    as Deviation(x);

    #[model()]
    fn similarity(x: Input<3>, y: Input<4>, w: Param<3, 4>) -> Loss { cosine_similarity(x.dot(w), y) }
    as Similarity(x, y);

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
    fn ridge(x: Input<3>, y: Input, w: Param<3>) -> Loss { square(x.dot(w) - y) + 0.1 * w.dot(w) }
    as Ridge(x, y);

    #[model()]
    fn lasso(x: Input<3>, y: Input, w: Param<3>) -> Loss { 0.5 * square(x.dot(w) - y) + 0.25 * sum(abs(w)) }
    as Lasso(x, y);

    #[model(loss = squared_error)]
    fn michaelis_menten(s: Input, vmax: Param, km: Param) -> Output { vmax * s / (km + s) }
    as MichaelisMenten(s, target);

    #[model(loss = squared_error)]
    fn logistic_growth(t: Input, k: Param, r: Param, middle: Param) -> Output { k / (1.0 + exp(-r * (t - middle))) }
    as LogisticGrowth(t, target);

    #[model(loss = squared_error)]
    fn arrhenius(temperature: Input, a: Param, energy: Param) -> Output { a * exp(-energy / (8.314 * temperature)) }
    as Arrhenius(temperature, target);

    #[model(loss = squared_error)]
    fn gaussian_peak(x: Input, height: Param, middle: Param, width: Param, base: Param) -> Output {
        height * exp(-0.5 * square((x - middle) / width)) + base
    } as GaussianPeak(x, target);

    #[model(loss = squared_error)]
    fn damped_oscillator(t: Input, a: Param, g: Param, w: Param, p: Param) -> Output { a * exp(-g * t) * cos(w * t + p) }
    as DampedOscillator(t, target);

    #[model(loss = squared_error)]
    fn hill(x: Input, top: Param, k: Param, n: Param) -> Output { top * powf(x, n) / (powf(k, n) + powf(x, n)) }
    as Hill(x, target);

    #[model(loss = mean_squared_error)]
    fn retrieval(q: Input<3>, keys: Param<4, 3>, values: Param<4, 2>) -> Output<2> { softmax(keys.dot(q)).dot(values) }
    as Retrieval(q, target);

    #[model()]
    fn traced(x: Input<2, 3>, w: Param<3, 2>, m: Data<2, 2>) -> Loss {
        let p = matmul(x, w);
        trace(p) + einsum("ij,ij,ji->", p, m, p)
    } as Traced(x, m);

    #[model(loss = squared_error)]
    fn diffusion(x: Input, t: Input, c: Param, d: Param) -> Output { c * erfc(x / (2.0 * sqrt(d * t))) }
    as Diffusion(x, t, target);

    #[model()]
    fn beta_likelihood(x: Input, p: Param, q: Param) -> Loss {
        let a = softplus(p);
        let b = ln(1.0 + exp(q));
        -(lgamma(a + b) - lgamma(a) - lgamma(b) + (a - 1.0) * ln(x) + (b - 1.0) * ln(1.0 - x))
    } as BetaLikelihood(x);

    #[model()]
    fn polar(x: Input<2>, u: Param<2>, v: Param<2>) -> Loss { atan2(x.dot(u), x.dot(v)) + hypot(x.dot(u), x.dot(v)) }
    as Polar(x);

    #[model(loss = mean_squared_error)]
    fn normalized_layer(x: Input<3>, w: Param<3, 4>, gain: Param<4>, shift: Param<4>) -> Output<4> {
        let z = x.dot(w);
        (z - mean(z)) / sqrt(var(z) + 0.001) * gain + shift
    } as NormalizedLayer(x, target);

    #[model()]
    fn extremes(x: Input<3, 4>, w: Param<4>) -> Loss { sum(max(x * w, [1])) * min(x * w) }
    as Extremes(x);

    #[model()]
    fn rank_one(x: Input<3>, w: Param<4>, m: Data<3, 4>) -> Loss { sum(square(outer(x, w) - m)) }
    as RankOne(x, m);

    #[model()]
    fn logarithms_and_roots(x: Input, a: Param, b: Param) -> Loss {
        exp2(x * b) + log2(x * a) * log10(a + b) + cbrt(a * b + x) + acosh(a + x) + exp_m1(b) + ln_1p(b)
    } as LogarithmsAndRoots(x);

    #[model()]
    fn digammas(x: Input, a: Param) -> Loss { digamma(x * a) * lgamma(a + x) }
    as Digammas(x);

    #[model()]
    fn several_inputs(
        x: Input<3>, z: Input<2>, w: Param<3, 2>, scale: Param, m: Data<2, 3>, label: Index<2>
    ) -> Loss {
        cross_entropy(scale * (x.dot(w) + z) + m.dot(x), label) + square(norm(w) - 1.0)
    } as SeveralInputs(x, z, m, class label);
}
