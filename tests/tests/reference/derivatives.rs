//! Losses with derivatives inside.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "derivatives";
    fn heat_equation(x: Input, t: Input, w: Param<2, 4>, b: Param<4>, v: Param<4>, k: Param) -> Loss {
        let u = tanh(x * w[0] + t * w[1] + b).dot(v);
        square(diff(u, t) - softplus(k) * diff(diff(u, x), x))
    } as HeatEquation(x, t);

    fn burgers_equation(x: Input, t: Input, w: Param<2, 4>, b: Param<4>, v: Param<4>) -> Loss {
        let u = tanh(x * w[0] + t * w[1] + b).dot(v);
        let ux = diff(u, x);
        square(diff(u, t) + u * ux - 0.01 * diff(ux, x))
    } as BurgersEquation(x, t);

    fn hamiltonian_network(
        q: Input<2>, p: Input<2>, w: Param<4, 3>, b: Param<3>, v: Param<3>, dq: Input<2>, dp: Input<2>
    ) -> Loss {
        let energy = tanh(concat(q, p, axis = 0).dot(w) + b).dot(v);
        squared_error(diff(energy, p), dq) + squared_error(-diff(energy, q), dp)
    } as HamiltonianNetwork(q, p, dq, dp);

    fn gradient_penalty(x: Input<3>, w: Param<3, 4>, b: Param<4>, v: Param<4>, target: Input) -> Loss {
        let u = tanh(x.dot(w) + b).dot(v);
        square(u - target) + 0.1 * square(norm(diff(u, x)) - 1.0)
    } as GradientPenalty(x, target);

    fn score_matching(x: Input<2>, w: Param<2, 4>, b: Param<4>, v: Param<4>) -> Loss {
        let log_density = tanh(x.dot(w) + b).dot(v);
        let score = diff(log_density, x);
        0.5 * score.dot(score) + trace(diff(score, x))
    } as ScoreMatching(x);

    fn force_of_a_potential(x: Input, depth: Param, a: Param, r0: Param, force: Input) -> Loss {
        let energy = softplus(depth) * square(1.0 - exp(-softplus(a) * (x - r0)));
        square(-diff(energy, x) - force)
    } as ForceOfAPotential(x, force);

    fn forces_of_a_cluster(position: Input<4, 2>, depth: Param, size: Param, force: Input<4, 2>) -> Loss {
        let mut energy = 0.0;
        for i in 0..4 {
            let s = exp(size) / powi(sum(square(position - position[i]), [1]) + 1.0, 3);
            energy += 0.5 * exp(depth) * sum(s * s - s);
        }
        squared_error(-diff(energy, position), force)
    } as ForcesOfACluster(position, force) large;

    fn greeks(spot: Input, rate: Param, volatility: Param, delta: Input, gamma: Input, vega: Input) -> Loss {
        let d1 = (ln(spot) + rate + 0.5 * square(volatility)) / volatility;
        let d2 = d1 - volatility;
        let price = spot * 0.5 * (1.0 + erf(d1 / sqrt(2.0))) - exp(-rate) * 0.5 * (1.0 + erf(d2 / sqrt(2.0)));
        let slope = diff(price, spot);
        square(slope - delta) + square(diff(slope, spot) - gamma) + square(diff(price, volatility) - vega)
    } as Greeks(spot, delta, gamma, vega);

    fn jacobian_norm(x: Input<3>, w: Param<3, 3>, b: Param<3>) -> Loss {
        let h = sigmoid(x.dot(w) + b);
        sum(square(diff(h, x)))
    } as JacobianNorm(x);

    fn monotone_flow(x: Input, a: Param, b: Param, target: Input) -> Loss {
        let f = exp(a) * x + softplus(b) * tanh(x);
        0.5 * square(f - target) + 0.5 * 1.837_877_066_409_345_5 - ln(diff(f, x))
    } as MonotoneFlow(x, target);

    fn third_derivative(x: Input, a: Param, b: Param) -> Loss {
        square(diff(diff(diff(sin(a * x) * exp(b * x), x), x), x))
    } as ThirdDerivative(x);

    fn lagrangian(q: Input, v: Input, a: Input, m: Param, k: Param, c: Param) -> Loss {
        let l = 0.5 * (exp(m) + softplus(c) * q * q) * v * v - softplus(k) * (1.0 - cos(q));
        let momentum = diff(l, v);
        square(diff(momentum, v) * a + diff(momentum, q) * v - diff(l, q))
    } as Lagrangian(q, v, a);

    fn lyapunov_exponent(x: Input, r: Param) -> Loss {
        let mut u = sigmoid(x);
        let mut total = 0.0;
        for _step in 0..5 {
            let next = r * u * (1.0 - u);
            total += ln(abs(diff(next, u)));
            u = next;
        }
        total / 5.0
    } as LyapunovExponent(x);
}
