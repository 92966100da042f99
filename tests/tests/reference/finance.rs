//! Prices, rates and risks.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "finance";
    #[model(loss = squared_error)]
    fn black_scholes(spot: Input, strike: Input, time: Input, rate: Param, volatility: Param) -> Output {
        let spread = volatility * sqrt(time);
        let d1 = (ln(spot / strike) + (rate + 0.5 * square(volatility)) * time) / spread;
        let d2 = d1 - spread;
        spot * 0.5 * (1.0 + erf(d1 / sqrt(2.0))) - strike * exp(-rate * time) * 0.5 * erfc(-d2 / sqrt(2.0))
    } as BlackScholes(spot, strike, time, target);

    #[model(loss = squared_error)]
    fn nelson_siegel(t: Input, b0: Param, b1: Param, b2: Param, tau: Param) -> Output {
        let x = t / tau;
        let decay = (1.0 - exp(-x)) / x;
        b0 + b1 * decay + b2 * (decay - exp(-x))
    } as NelsonSiegel(t, target);

    #[model(loss = squared_error)]
    fn vasicek(t: Input, r: Param, a: Param, b: Param, s: Param) -> Output {
        let c = (1.0 - exp(-a * t)) / a;
        exp((b - square(s / a) / 2.0) * (c - t) - square(s * c) / (4.0 * a) - c * r)
    } as Vasicek(t, target);

    #[model(loss = squared_error)]
    fn sabr(strike: Input, alpha: Param, rho: Param, nu: Param, time: Data) -> Output {
        let z = -nu / alpha * ln(strike);
        let x = ln((sqrt(1.0 - 2.0 * rho * z + z * z) + z - rho) / (1.0 - rho));
        alpha * z / x * (1.0 + (rho * nu * alpha / 4.0 + (2.0 - 3.0 * square(rho)) * square(nu) / 24.0) * time)
    } as Sabr(strike, time, target);

    fn sharpe_ratio(returns: Data<6, 3>, logits: Param<3>) -> Loss {
        let gains = returns.dot(softmax(logits));
        -mean(gains) / sqrt(var(gains) + 1e-4)
    } as SharpeRatio(returns);

    fn garch(returns: Input<8>, omega: Param, alpha: Param, beta: Param) -> Loss {
        let w = softplus(omega) / 10.0;
        let mut v = w;
        let mut total = 0.0;
        for t in 0..8 {
            let square_of_return = square(returns[t]);
            total += 0.5 * (1.837_877_066_409_345_5 + ln(v) + square_of_return / v);
            v = w + softplus(alpha) / 4.0 * square_of_return + softplus(beta) / 4.0 * v;
        }
        total
    } as Garch(returns);

    #[model(loss = squared_error)]
    fn present_value(rate: Input, payments: Param<6>) -> Output {
        let mut value = 0.0;
        for t in (0..6).rev() {
            value = (value + payments[t]) / (1.0 + rate);
        }
        value
    } as PresentValue(rate, target);

    #[model(loss = squared_error)]
    fn binomial_tree(spot: Input, volatility: Param, rate: Param) -> Output {
        let up = exp(0.5 * volatility);
        let q = (exp(0.25 * rate) - 1.0 / up) / (up - 1.0 / up);
        let mut values = relu(spot * powf(up, 2.0 * iota(5) - 4.0) - 1.0);
        for _step in 0..4 {
            let raised = pad(values[1..], 0, 1, axis = 0);
            values = exp(-0.25 * rate) * (q * raised + (1.0 - q) * values);
        }
        values[0]
    } as BinomialTree(spot, target);
}
