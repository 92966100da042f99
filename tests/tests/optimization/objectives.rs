//! Sums of few squares, written out: no observations.

use std::f64::consts::PI;

use chainrule::prelude::*;

use crate::compare::functions;

functions! {
    fn rosenbrock(x: Param<2>) -> Loss { 100.0 * square(x[1] - x[0] * x[0]) + square(1.0 - x[0]) }
    as Rosenbrock();

    fn freudenstein_roth(x: Param, y: Param) -> Loss {
        square(-13.0 + x + ((5.0 - y) * y - 2.0) * y) + square(-29.0 + x + ((y + 1.0) * y - 14.0) * y)
    } as FreudensteinRoth();

    fn powell_badly_scaled(x: Param, y: Param) -> Loss {
        square(1e4 * x * y - 1.0) + square(exp(-x) + exp(-y) - 1.0001)
    } as PowellBadlyScaled();

    fn brown_badly_scaled(x: Param, y: Param) -> Loss {
        square(x - 1e6) + square(y - 2e-6) + square(x * y - 2.0)
    } as BrownBadlyScaled();

    fn helical_valley(x: Param, y: Param, z: Param) -> Loss {
        let turn = atan(y / x) / (2.0 * PI) + if x < 0.0 { 0.5 } else { 0.0 };
        100.0 * square(z - 10.0 * turn) + 100.0 * square(hypot(x, y) - 1.0) + z * z
    } as HelicalValley();

    fn powell_singular(x: Param<4>) -> Loss {
        let quartic = (x[1] - 2.0 * x[2]).powi(4) + 10.0 * (x[0] - x[3]).powi(4);
        square(x[0] + 10.0 * x[1]) + 5.0 * square(x[2] - x[3]) + quartic
    } as PowellSingular();

    fn wood(x: Param<4>) -> Loss {
        let first = 100.0 * square(x[1] - x[0] * x[0]) + square(1.0 - x[0]);
        let second = 90.0 * square(x[3] - x[2] * x[2]) + square(1.0 - x[2]);
        first + second + 10.0 * square(x[1] + x[3] - 2.0) + 0.1 * square(x[1] - x[3])
    } as Wood();
}
