//! Piecewise functions, ties, zeros, and numbers at the ends of the range.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "choices";
    #[model(loss = mean_squared_error)]
    fn piecewise_linear(x: Input<4>, knots: Param<3>, slopes: Param<4>) -> Output<4> {
        let hinges = relu(reshape(x, [4, 1]) - knots);
        slopes[0] * x + hinges.dot(slopes[1..])
    } as PiecewiseLinear(x, target);

    #[model(loss = mean_squared_error)]
    fn branches(x: Input<5>, a: Param, b: Param) -> Output<5> {
        if x > 0.5 { b * ln(x) + a } else if x > -0.5 { a * x * x } else { exp(b * x) - a }
    } as Branches(x, target);

    #[model(loss = squared_error)]
    fn choice_of_a_number(x: Input, a: Param, b: Param) -> Output {
        if x > 0.0 { sqrt(x) * a } else { b * x * x - a }
    } as ChoiceOfANumber(x, target);

    #[model(loss = mean_squared_error)]
    fn clamped(x: Input<5>, low: Param, high: Param) -> Output<5> { clamp(x, low, high) }
    as Clamped(x, target);

    fn ties(x: Input<3>, a: Param<3>, b: Param<3>, c: Param<2>) -> Loss {
        x.dot(max(a, b)) + 3.0 * x.dot(min(a, b)) + x[0] * max(c) - x[1] * min(c)
    } as Ties(x) kink;

    fn zeros_in_norms(x: Input<3>, w: Param<3>, z: Param<3>, c: Param<4>) -> Loss {
        norm(x * w) + norm(z) + x.dot(abs(z)) + std(c)
    } as ZerosInNorms(x) kink;

    fn huge_logits(x: Input<3>, w: Param<3, 3>) -> Loss {
        let z = 3000.0 * x.dot(w);
        let p = softmax(z);
        ln(sum(exp(z))) / 1000.0 + p[0] + 2.0 * p[1] + 3.0 * p[2]
    } as HugeLogits(x);

    fn tiny_arguments(x: Input<3>, w: Param<3>) -> Loss {
        let z = 9.094_947_017_729_282e-13 * x.dot(w);
        (exp(z) - 1.0) / z + ln(1.0 + z) / 9.094_947_017_729_282e-13
    } as TinyArguments(x) cancels;
}
