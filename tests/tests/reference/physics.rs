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

    #[model(loss = squared_error)]
    fn kepler(m: Input, e: Input, semi_major: Param) -> Output<2> {
        let mut angle = m + e * sin(m);
        for _step in 0..4 {
            angle -= (angle - e * sin(angle) - m) / (1.0 - e * cos(angle));
        }
        stack(semi_major * (cos(angle) - e), semi_major * sqrt(1.0 - e * e) * sin(angle))
    } as Kepler(m, e, target);

    #[model(loss = squared_error)]
    fn pendulum(angle: Input, rate: Param, damping: Param) -> Output {
        let mut q = angle;
        let mut p = 0.0;
        for _step in 0..10 {
            let q1 = p;
            let p1 = -rate * sin(q) - damping * p;
            let q2 = p + 0.05 * p1;
            let p2 = -rate * sin(q + 0.05 * q1) - damping * q2;
            let q3 = p + 0.05 * p2;
            let p3 = -rate * sin(q + 0.05 * q2) - damping * q3;
            let q4 = p + 0.1 * p3;
            let p4 = -rate * sin(q + 0.1 * q3) - damping * q4;
            q += 0.1 / 6.0 * (q1 + 2.0 * q2 + 2.0 * q3 + q4);
            p += 0.1 / 6.0 * (p1 + 2.0 * p2 + 2.0 * p3 + p4);
        }
        q
    } as Pendulum(angle, target) large;

    #[model(loss = squared_error)]
    fn logistic_map(x0: Input, r: Param) -> Output {
        let mut x = x0;
        for _step in 0..12 {
            x = r * x * (1.0 - x);
        }
        x
    } as LogisticMap(x0, target);

    #[model(loss = squared_error)]
    fn lotka_volterra(start: Input<2>, a: Param, b: Param, c: Param, d: Param) -> Output<2> {
        let mut x = start[0];
        let mut y = start[1];
        for _step in 0..20 {
            let growth = x * (a - b * y);
            y += 0.05 * y * (c * x - d);
            x += 0.05 * growth;
        }
        stack(x, y)
    } as LotkaVolterra(start, target) large;

    #[model(loss = squared_error)]
    fn epidemic(infected: Input, beta: Param, gamma: Param) -> Output<8> {
        let mut s = 1.0 - infected;
        let mut i = infected;
        let curve = for _day in 0..8 {
            let new = beta * s * i;
            s -= new;
            i += new - gamma * i;
            i
        };
        curve
    } as Epidemic(infected, target);

    #[model(loss = squared_error)]
    fn projectile_with_drag(speed: Input, angle: Input, drag: Param) -> Output {
        let mut x = 0.0;
        let mut y = 0.0;
        let mut u = speed * cos(angle);
        let mut v = speed * sin(angle);
        for _step in 0..15 {
            let s = hypot(u, v);
            u -= 0.05 * drag * s * u;
            v -= 0.05 * (9.81 + drag * s * v);
            x += 0.05 * u;
            y += 0.05 * v;
        }
        x + y
    } as ProjectileWithDrag(speed, angle, target);

    #[model(loss = squared_error)]
    fn heat_steps(u: Input<8>, kappa: Param) -> Output<8> {
        let mut field = u;
        for _step in 0..5 {
            let wide = pad(field, 1, 1, axis = 0);
            field += kappa * (wide[..8] - 2.0 * field + wide[2..]);
        }
        field
    } as HeatSteps(u, target);

    fn chain_of_joints(joints: Input<6>, lengths: Param<6>, target: Input<2>) -> Loss {
        let angles = cumsum(joints);
        square(lengths.dot(cos(angles)) - target[0]) + square(lengths.dot(sin(angles)) - target[1])
    } as ChainOfJoints(joints, target);

    fn lennard_jones_cluster(position: Param<5, 3>, noise: Data<5, 3>) -> Loss {
        let p = 2.0 * position + 0.1 * noise;
        // Twice over, so that each atom meets the k-th after it.
        let around = concat(p, p);
        let mut total = 0.0;
        for k in 1..5 {
            let s = powi(sum(square(around[k..k + 5] - p), [1]) + 0.5, -3);
            total += 2.0 * sum(s * s - s);
        }
        total
    } as LennardJonesCluster(noise);

    fn lattice_energy(spins: Param<4, 5>, j: Data, h: Data) -> Loss {
        let m = tanh(spins);
        -j * sum(m * (roll(m, -1) + roll(m, -1, axis = 1))) - h * sum(m)
    } as LatticeEnergy(j, h);
}
