//! Products, reductions and single functions: what the larger models are made of.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "algebra";
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

    #[model()]
    fn traced(x: Input<2, 3>, w: Param<3, 2>, m: Data<2, 2>) -> Loss {
        let p = matmul(x, w);
        trace(p) + einsum("ij,ij,ji->", p, m, p)
    } as Traced(x, m);

    #[model()]
    fn polar(x: Input<2>, u: Param<2>, v: Param<2>) -> Loss { atan2(x.dot(u), x.dot(v)) + hypot(x.dot(u), x.dot(v)) }
    as Polar(x);

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

    #[model(loss = mean_squared_error)]
    fn retrieval(q: Input<3>, keys: Param<4, 3>, values: Param<4, 2>) -> Output<2> { softmax(keys.dot(q)).dot(values) }
    as Retrieval(q, target);

    fn inverse_functions(x: Input, a: Param, b: Param) -> Loss {
        asin(x * a) * acos(a * b) + atan(x / b) + asinh(x - a) * atanh(x * b)
    } as InverseFunctions(x);

    fn circular_and_hyperbolic(x: Input, a: Param, b: Param) -> Loss {
        sin(a * x) * cosh(b) + tan(x * b) - sinh(a - x) * cos(a * b)
    } as CircularAndHyperbolic(x);

    fn powers(x: Input, a: Param, p: Param) -> Loss {
        powf(a * x, p) + powi(a, 3) / x.powi(2) + (a - x).powi(5) + sqrt(a + x) + powf(a, -0.5) + recip(a * x)
    } as Powers(x);

    fn mahalanobis(x: Input<3>, m: Param<3, 3>, c: Param<3>) -> Loss { math!("√((x − c)·m·mᵀ·(x − c))") }
    as Mahalanobis(x);

    fn chain_of_products(x: Input<2, 3>, u: Param<3, 3>, v: Param<3, 2>) -> Loss {
        let p = x.matmul(u).matmul(u).matmul(v);
        sum(square(p - v.transpose().matmul(x.transpose())))
    } as ChainOfProducts(x);

    fn einstein_sums(x: Input<2, 3>, y: Input<2, 3>, a: Param<3, 2>, b: Param<2>) -> Loss {
        einsum("ij,ik,jm,km,i->", x, y, a, a, b) + einsum("ij,ji->", x, a)
    } as EinsteinSums(x, y);

    fn smooth_maximum(x: Input<4>, w: Param<4>, c: Param) -> Loss {
        let z = x * w;
        let k = exp(c);
        logsumexp(k * z) / k - softmax(k * z).dot(z) + erf(max(z) - min(z))
    } as SmoothMaximum(x);
}
