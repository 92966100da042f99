//! Sums of squares of systems of equations, whose number of variables may be chosen: written with whole arrays.

use std::f64::consts::PI;

use chainrule::prelude::*;

use crate::compare::functions;

functions! {
    fn watson(x: Param<6>) -> Loss {
        let t = (iota(29) + 1.0) / 29.0;
        let mut value = zeros([29]);
        let mut slope = zeros([29]);
        for j in (0..6).rev() {
            slope = slope * t + value;
            value = value * t + x[j];
        }
        sum(square(slope - value * value - 1.0)) + x[0] * x[0] + square(x[1] - x[0] * x[0] - 1.0)
    } as Watson();

    fn extended_rosenbrock(x: Param<10>) -> Loss {
        let odd = x[(..).step_by(2)];
        let even = x[(1..).step_by(2)];
        sum(100.0 * square(even - odd * odd) + square(1.0 - odd))
    } as ExtendedRosenbrock();

    fn extended_powell_singular(x: Param<12>) -> Loss {
        let x = transpose(reshape(x, [3, 4]));
        let quartic = (x[1] - 2.0 * x[2]).powi(4) + 10.0 * (x[0] - x[3]).powi(4);
        sum(square(x[0] + 10.0 * x[1]) + 5.0 * square(x[2] - x[3]) + quartic)
    } as ExtendedPowellSingular();

    fn penalty_1(x: Param<4>) -> Loss { 1e-5 * sum(square(x - 1.0)) + square(x.dot(x) - 0.25) }
    as Penalty1();

    fn penalty_2(x: Param<4>) -> Loss {
        let e = exp(x / 10.0);
        let y = exp((iota(3) + 2.0) / 10.0) + exp((iota(3) + 1.0) / 10.0);
        let small = sum(square(e[1..] + e[..3] - y)) + sum(square(e[1..] - exp(-0.1)));
        square(x[0] - 0.2) + 1e-5 * small + square((4.0 - iota(4)).dot(x * x) - 1.0)
    } as Penalty2();

    fn variably_dimensioned(x: Param<10>) -> Loss {
        let total = (iota(10) + 1.0).dot(x - 1.0);
        sum(square(x - 1.0)) + square(total) + total.powi(4)
    } as VariablyDimensioned();

    fn trigonometric(x: Param<10>) -> Loss {
        sum(square(10.0 - sum(cos(x)) + (iota(10) + 1.0) * (1.0 - cos(x)) - sin(x)))
    } as Trigonometric();

    fn brown_almost_linear(x: Param<10>) -> Loss { sum(square(x[..9] + sum(x) - 11.0)) + square(prod(x) - 1.0) }
    as BrownAlmostLinear();

    fn discrete_boundary_value(x: Param<10>) -> Loss {
        let h = 1.0 / 11.0;
        let t = h * (iota(10) + 1.0);
        let wide = pad(x, 1, 1);
        sum(square(2.0 * x - wide[..10] - wide[2..] + 0.5 * h * h * (x + t + 1.0).powi(3)))
    } as DiscreteBoundaryValue();

    fn discrete_integral_equation(x: Param<10>) -> Loss {
        let h = 1.0 / 11.0;
        let t = h * (iota(10) + 1.0);
        let cubes = (x + t + 1.0).powi(3);
        let below = cumsum(t * cubes);
        let above = reverse(cumsum(reverse((1.0 - t) * cubes))) - (1.0 - t) * cubes;
        sum(square(x + 0.5 * h * ((1.0 - t) * below + t * above)))
    } as DiscreteIntegralEquation();

    fn broyden_tridiagonal(x: Param<10>) -> Loss {
        let wide = pad(x, 1, 1);
        sum(square((3.0 - 2.0 * x) * x - wide[..10] - 2.0 * wide[2..] + 1.0))
    } as BroydenTridiagonal();

    fn broyden_banded(x: Param<10>) -> Loss {
        let near = x * (1.0 + x);
        let band = sum(windows(pad(near, 5, 1), 7), axis = 1) - near;
        sum(square(x * (2.0 + 5.0 * x * x) + 1.0 - band))
    } as BroydenBanded();

    fn linear_of_full_rank(x: Param<5>) -> Loss { sum(square(x - mean(x) - 1.0)) + 5.0 * square(mean(x) + 1.0) }
    as LinearOfFullRank();

    fn linear_of_rank_1(x: Param<5>) -> Loss {
        let total = (iota(5) + 1.0).dot(x);
        sum(square((iota(10) + 1.0) * total - 1.0))
    } as LinearOfRank1();

    fn linear_of_rank_1_with_zeros(x: Param<5>) -> Loss {
        let middle = (iota(3) + 2.0).dot(x[1..4]);
        2.0 + sum(square((iota(8) + 1.0) * middle - 1.0))
    } as LinearOfRank1WithZeros();

    fn chebyquad(x: Param<8>) -> Loss {
        let z = 2.0 * x - 1.0;
        let mut before = ones([8]);
        let mut now = z;
        let means = for _i in 0..8 {
            let mean = mean(now);
            let next = 2.0 * z * now - before;
            before = now;
            now = next;
            mean
        };
        let i = iota(8) + 1.0;
        let even = 0.5 * (1.0 + cos(PI * i));
        sum(square(means + even / max(i * i - 1.0, 1.0)))
    } as Chebyquad();
}
