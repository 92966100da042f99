//! Recurrent networks, filters and recursions over steps.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "sequences";
    #[model(loss = squared_error)]
    fn recurrent(x: Input<5, 2>, w: Param<2, 3>, u: Param<3, 3>, b: Param<3>, v: Param<3>) -> Output {
        let mut h = 0.0 * b;
        for t in 0..5 {
            h = tanh(x[t].dot(w) + h.dot(u) + b);
        }
        h.dot(v)
    } as Recurrent(x, target) large;

    #[model(loss = mean_squared_error)]
    fn recurrent_outputs(x: Input<4, 2>, w: Param<2, 3>, u: Param<3, 3>, b: Param<3>, v: Param<3, 2>) -> Output<4, 2> {
        let mut h = 0.0 * b;
        let outputs = for t in 0..4 {
            h = tanh(x[t].dot(w) + h.dot(u) + b);
            h.dot(v)
        };
        outputs
    } as RecurrentOutputs(x, target) large;

    #[model(loss = squared_error)]
    fn recurrent_from_a_learned_state(
        x: Input<4, 2>, w: Param<2, 3>, u: Param<3, 3>, b: Param<3>, start: Param<3>, v: Param<3>
    ) -> Output {
        let mut h = start;
        for t in 0..4 {
            h = tanh(x[t].dot(w) + h.dot(u) + b);
        }
        h.dot(v)
    } as RecurrentFromALearnedState(x, target) large;

    #[model(loss = squared_error)]
    fn bidirectional(
        x: Input<4, 2>, w: Param<2, 3>, u: Param<3, 3>, b: Param<3>, p: Param<2, 3>, q: Param<3, 3>, c: Param<3>, v: Param<6>
    ) -> Output {
        let mut h = 0.0 * b;
        let forward = for t in 0..4 {
            h = tanh(x[t].dot(w) + h.dot(u) + b);
            h
        };
        let mut g = 0.0 * c;
        let backward = for t in (0..4).rev() {
            g = tanh(x[t].dot(p) + g.dot(q) + c);
            g
        };
        mean(concat(forward, backward, axis = 1), [0]).dot(v)
    } as Bidirectional(x, target) large;

    #[model(loss = squared_error)]
    fn stacked_recurrent(x: Input<4, 3>, w: Param<2, 3, 3>, u: Param<2, 3, 3>, b: Param<2, 3>, v: Param<3>) -> Output {
        let mut layer_input = x;
        for layer in 0..2 {
            let mut h = 0.0 * b[layer];
            layer_input = for t in 0..4 {
                h = tanh(layer_input[t].dot(w[layer]) + h.dot(u[layer]) + b[layer]);
                h
            };
        }
        layer_input[3].dot(v)
    } as StackedRecurrent(x, target) large;

    #[model(loss = squared_error)]
    fn gated_recurrent_unit(
        x: Input<5, 2>, wz: Param<2, 3>, uz: Param<3, 3>, bz: Param<3>, wr: Param<2, 3>, ur: Param<3, 3>, br: Param<3>,
        wh: Param<2, 3>, uh: Param<3, 3>, bh: Param<3>, v: Param<3>
    ) -> Output {
        let mut h = 0.0 * bh;
        for t in 0..5 {
            let z = sigmoid(x[t].dot(wz) + h.dot(uz) + bz);
            let r = sigmoid(x[t].dot(wr) + h.dot(ur) + br);
            let new = tanh(x[t].dot(wh) + (r * h).dot(uh) + bh);
            h = (1.0 - z) * h + z * new;
        }
        h.dot(v)
    } as GatedRecurrentUnit(x, target) large;

    #[model(loss = squared_error)]
    fn long_short_term_memory(x: Input<6, 2>, w: Param<4, 2, 3>, u: Param<4, 3, 3>, b: Param<4, 3>, v: Param<3>) -> Output {
        let mut h = 0.0 * b[0];
        let mut c = 0.0 * b[0];
        for t in 0..6 {
            let gates = einsum("d,kdh->kh", x[t], w) + einsum("h,khj->kj", h, u) + b;
            c = sigmoid(gates[1]) * c + sigmoid(gates[0]) * tanh(gates[3]);
            h = sigmoid(gates[2]) * tanh(c);
        }
        h.dot(v)
    } as LongShortTermMemory(x, target) large;

    fn language_model(
        tokens: Index<5, 6>, table: Param<5, 3>, w: Param<3, 3>, u: Param<3, 3>, b: Param<3>, v: Param<3, 5>
    ) -> Loss {
        let mut h = 0.0 * b;
        let mut total = 0.0;
        for t in 0..5 {
            h = tanh(table[tokens[t]].dot(w) + h.dot(u) + b);
            total += cross_entropy(h.dot(v), tokens[t + 1]);
        }
        total
    } as LanguageModel(class tokens) large;

    fn double_exponential_smoothing(x: Input<8>, alpha: Param, beta: Param) -> Loss {
        let a = sigmoid(alpha);
        let b = sigmoid(beta);
        let mut level = x[0];
        let mut trend = x[1] - x[0];
        let mut total = 0.0;
        for t in 1..8 {
            let forecast = level + trend;
            total += square(x[t] - forecast);
            let new = a * x[t] + (1.0 - a) * forecast;
            trend = b * (new - level) + (1.0 - b) * trend;
            level = new;
        }
        total
    } as DoubleExponentialSmoothing(x);

    fn autoregressive_moving_average(x: Input<8>, phi: Param<2>, theta: Param, s: Param) -> Loss {
        let mut error = 0.0;
        let mut total = 0.0;
        for t in 2..8 {
            error = x[t] - phi[0] * x[t - 1] - phi[1] * x[t - 2] - theta * error;
            total += 0.5 * 1.837_877_066_409_345_5 + s + 0.5 * square(error / exp(s));
        }
        total
    } as AutoregressiveMovingAverage(x);

    fn kalman_filter(y: Input<6>, a: Param, q: Param, r: Param, m0: Param) -> Loss {
        let mut m = m0;
        let mut p = 1.0;
        let mut total = 0.0;
        for t in 0..6 {
            let ahead = a * m;
            let spread = a * a * p + exp(q);
            let s = spread + exp(r);
            total += 0.5 * (1.837_877_066_409_345_5 + ln(s) + square(y[t] - ahead) / s);
            let k = spread / s;
            m = ahead + k * (y[t] - ahead);
            p = (1.0 - k) * spread;
        }
        total
    } as KalmanFilter(y) large;

    fn hidden_markov(y: Input<6>, start: Param<3>, step: Param<3, 3>, means: Param<3>, scale: Param) -> Loss {
        let log_step = log_softmax(step);
        let mut alpha = log_softmax(start) - 0.5 * 1.837_877_066_409_345_5 - scale - 0.5 * square((y[0] - means) / exp(scale));
        for t in 1..6 {
            let density = -0.5 * 1.837_877_066_409_345_5 - scale - 0.5 * square((y[t] - means) / exp(scale));
            alpha = logsumexp(alpha + log_step.transpose(), [1]) + density;
        }
        -logsumexp(alpha)
    } as HiddenMarkov(y) large;

    fn sums_so_far(x: Input<5>, w: Param<5>, c: Param) -> Loss { sum(square(tanh(cumsum(x * w) - c))) }
    as SumsSoFar(x);

    fn products_so_far(hazard: Input<6>, w: Param, b: Param) -> Loss { sum(cumprod(1.0 - sigmoid(w * hazard + b))) }
    as ProductsSoFar(hazard);

    fn product_with_a_zero(x: Input<3>, scales: Param<3>, zero: Param) -> Loss {
        let factors = x * scales;
        square(1.0 + prod(stack(factors[0], factors[1], zero, factors[2])))
    } as ProductWithAZero(x);

    #[model(loss = squared_error)]
    fn neural_differential_equation(start: Input<2>, w1: Param<2, 4>, b1: Param<4>, w2: Param<4, 2>) -> Output<2> {
        let mut y = start;
        for _step in 0..4 {
            let middle = y + 0.125 * tanh(y.dot(w1) + b1).dot(w2);
            y += 0.25 * tanh(middle.dot(w1) + b1).dot(w2);
        }
        y
    } as NeuralDifferentialEquation(start, target) large;

    #[model(loss = squared_error)]
    fn attentive_recurrent(x: Input<5, 2>, wq: Param<2, 3>, u: Param<3, 3>, wk: Param<2, 3>, v: Param<3>) -> Output {
        let keys = matmul(x, wk);
        let mut h = 0.0 * v;
        for t in 0..5 {
            let context = softmax(keys.dot(h)).dot(x);
            h = tanh((x[t] + context).dot(wq) + h.dot(u));
        }
        h.dot(v)
    } as AttentiveRecurrent(x, target) large;

    #[model(loss = mean_squared_error)]
    fn layers_in_a_loop(x: Input<3>, w: Param<4, 3, 3>, b: Param<4, 3>) -> Output<3> {
        let mut h = x;
        for layer in 0..4 {
            h += tanh(h.dot(w[layer]) + b[layer]);
        }
        h
    } as LayersInALoop(x, target);

    fn nested_loops(x: Input<3, 4>, w: Param<4>, r: Param) -> Loss {
        let mut total = 0.0;
        for i in 0..3 {
            let mut state = 0.0;
            for j in 0..4 {
                state = tanh(x[i][j] * w[j] + r * state);
            }
            total = total * r + state;
        }
        square(total)
    } as NestedLoops(x);

    fn newton_iteration(b: Input, a: Param, c: Param) -> Loss {
        let mut y = 1.0;
        for _step in 0..7 {
            y -= (y.powi(3) + a * y - b * c) / (3.0 * y * y + a);
        }
        y
    } as NewtonIteration(b);
}
