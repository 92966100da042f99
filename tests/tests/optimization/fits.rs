//! Sums of squares over observations: the model says the prediction of one.

use chainrule::prelude::*;

use crate::compare::functions;

functions! {
    fn beale(power: Input, x1: Param, x2: Param) -> Output { x1 * (1.0 - powf(x2, power)) }
    as Beale(power, target);

    fn jennrich_sampson(i: Input, x1: Param, x2: Param) -> Output { exp(i * x1) + exp(i * x2) }
    as JennrichSampson(i, target);

    fn bard(u: Input, x1: Param, x2: Param, x3: Param) -> Output {
        let v = 16.0 - u;
        x1 + u / (v * x2 + min(u, v) * x3)
    } as Bard(u, target);

    fn gaussian(t: Input, x1: Param, x2: Param, x3: Param) -> Output { x1 * exp(-0.5 * x2 * square(t - x3)) }
    as Gaussian(t, target);

    fn meyer(t: Input, x1: Param, x2: Param, x3: Param) -> Output { x1 * exp(x2 / (t + x3)) }
    as Meyer(t, target);

    fn gulf_research(t: Input, x1: Param, x2: Param, x3: Param) -> Output {
        let y = 25.0 + powf(-50.0 * ln(t), 2.0 / 3.0);
        exp(-powf(abs(y - x2), x3) / x1) - t
    } as GulfResearch(t, target);

    fn box_three_dimensional(t: Input, x: Param<3>) -> Output {
        exp(-t * x[0]) - exp(-t * x[1]) - x[2] * (exp(-t) - exp(-10.0 * t))
    } as BoxThreeDimensional(t, target);

    fn kowalik_osborne(u: Input, x1: Param, x2: Param, x3: Param, x4: Param) -> Output {
        x1 * (u * u + u * x2) / (u * u + u * x3 + x4)
    } as KowalikOsborne(u, target);

    fn brown_dennis(t: Input, x: Param<4>) -> Output {
        square(x[0] + t * x[1] - exp(t)) + square(x[2] + x[3] * sin(t) - cos(t))
    } as BrownDennis(t, target);

    fn osborne_1(t: Input, x1: Param, x2: Param, x3: Param, x4: Param, x5: Param) -> Output {
        x1 + x2 * exp(-t * x4) + x3 * exp(-t * x5)
    } as Osborne1(t, target);

    fn biggs_exp6(t: Input, x: Param<6>) -> Output {
        let y = exp(-t) - 5.0 * exp(-10.0 * t) + 3.0 * exp(-4.0 * t);
        x[2] * exp(-t * x[0]) - x[3] * exp(-t * x[1]) + x[5] * exp(-t * x[4]) - y
    } as BiggsExp6(t, target);

    fn osborne_2(t: Input, x1: Param, heights: Param<3>, rate: Param, widths: Param<3>, middles: Param<3>) -> Output {
        x1 * exp(-t * rate) + heights.dot(exp(-square(t - middles) * widths))
    } as Osborne2(t, target);
}
