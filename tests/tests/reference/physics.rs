//! Formulas of physics, chemistry and biology: fitted constants, integrators, iterations.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "physics";
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

    #[model(loss = squared_error)]
    fn diffusion(x: Input, t: Input, c: Param, d: Param) -> Output { c * erfc(x / (2.0 * sqrt(d * t))) }
    as Diffusion(x, t, target);

    #[model(loss = squared_error)]
    fn planck(wavelength: Input, temperature: Param, scale: Param) -> Output {
        scale / wavelength.powi(5) / (exp(14.3877 / (wavelength * temperature)) - 1.0)
    } as Planck(wavelength, target);

    #[model(loss = squared_error)]
    fn lennard_jones(r: Input, depth: Param, size: Param) -> Output {
        let s = (size / r).powi(6);
        4.0 * depth * (s * s - s)
    } as LennardJones(r, target);

    #[model(loss = squared_error)]
    fn morse(r: Input, depth: Param, a: Param, r0: Param) -> Output {
        depth * square(1.0 - exp(-a * (r - r0))) - depth
    } as Morse(r, target);

    #[model(loss = squared_error)]
    fn van_der_waals(v: Input, temperature: Input, a: Param, b: Param) -> Output {
        8.314 * temperature / (v - b) - a / (v * v)
    } as VanDerWaals(v, temperature, target);

    #[model(loss = squared_error)]
    fn antoine(temperature: Input, a: Param, b: Param, c: Param) -> Output { a - b / (temperature + c) }
    as Antoine(temperature, target);

    #[model(loss = squared_error)]
    fn sips_isotherm(p: Input, top: Param, k: Param, n: Param) -> Output {
        let q = powf(k * p, n);
        top * q / (1.0 + q)
    } as SipsIsotherm(p, target);

    fn planar_arm(
        q1: Input, q2: Input, q3: Input, l: Param, m: Param, n: Param, tx: Input, ty: Input
    ) -> Loss {
        let a = q1 + q2;
        let b = a + q3;
        square(l * cos(q1) + m * cos(a) + n * cos(b) - tx) + square(l * sin(q1) + m * sin(a) + n * sin(b) - ty)
    } as PlanarArm(q1, q2, q3, tx, ty);

    fn potential_wells(x: Input<2>, wells: Param<3, 2>, depth: Param<3>, width: Param<3>) -> Loss {
        -sum(exp(depth - sum(square(x - wells), [1]) / (2.0 * exp(width))))
    } as PotentialWells(x);

    #[model(loss = squared_error)]
    fn refraction(x: Input, n: Param, f: Param) -> Output {
        x + 2.0 * asin(sin(atan2(x, f + 2.0)) / n)
    } as Refraction(x, target);

    fn chain_of_springs(x: Param<6>, k: Data<5>, rest: Data<5>) -> Loss {
        0.5 * k.dot(square(x[1..] - x[..5] - rest)) + square(x[0])
    } as ChainOfSprings(k, rest);
}
