//! The losses of the library, and others that are written out.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "losses";
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

    #[model(loss = mean_absolute_error)]
    fn mean_absolute_errors(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> { tanh(x.dot(w) + b) }
    as MeanAbsoluteErrors(x, target);

    #[model()]
    fn ridge(x: Input<3>, y: Input, w: Param<3>) -> Loss { square(x.dot(w) - y) + 0.1 * w.dot(w) }
    as Ridge(x, y);

    #[model()]
    fn lasso(x: Input<3>, y: Input, w: Param<3>) -> Loss { 0.5 * square(x.dot(w) - y) + 0.25 * sum(abs(w)) }
    as Lasso(x, y);

    fn elastic_net(x: Input<3>, y: Input, w: Param<3>) -> Loss {
        0.5 * square(x.dot(w) - y) + 0.1 * (0.7 * sum(abs(w)) + 0.15 * w.dot(w))
    } as ElasticNet(x, y);

    fn focal(x: Input<3>, target: Input, w: Param<3>, b: Param) -> Loss {
        let p = sigmoid(x.dot(w) + b);
        -target * square(1.0 - p) * ln(p) - (1.0 - target) * square(p) * ln(1.0 - p)
    } as Focal(x, target);

    #[model(loss = |prediction, target| soft_cross_entropy(prediction, 0.9 * target + 0.025))]
    fn smoothed_labels(x: Input<3>, w: Param<3, 4>, b: Param<4>) -> Output<4> { x.dot(w) + b }
    as SmoothedLabels(x, target);

    fn triplet(a: Input<3>, p: Input<3>, n: Input<3>, w: Param<3, 2>) -> Loss {
        relu(norm(a.dot(w) - p.dot(w)) - norm(a.dot(w) - n.dot(w)) + 1.0)
    } as Triplet(a, p, n);

    fn pairwise_ranking(x: Input<3>, z: Input<3>, w: Param<3>) -> Loss { -ln(sigmoid(x.dot(w) - z.dot(w))) }
    as PairwiseRanking(x, z);

    fn tweedie(x: Input<3>, target: Input, w: Param<3>, b: Param) -> Loss {
        let m = exp(x.dot(w) + b);
        -target * powf(m, -0.5) / -0.5 + powf(m, 0.5) / 0.5
    } as Tweedie(x, target);

    fn general_robust_loss(x: Input<3>, target: Input, w: Param<3>, b: Param, alpha: Param, scale: Param) -> Loss {
        let r = square((x.dot(w) + b - target) / softplus(scale));
        let d = abs(alpha - 2.0);
        d / alpha * (powf(r / d + 1.0, alpha / 2.0) - 1.0)
    } as GeneralRobustLoss(x, target);

    fn confidence_penalty(x: Input<3>, target: Index<4>, w: Param<3, 4>, b: Param<4>) -> Loss {
        let z = x.dot(w) + b;
        let p = softmax(z);
        cross_entropy(z, target) + 0.1 * p.dot(ln(p))
    } as ConfidencePenalty(x, class target);
}
