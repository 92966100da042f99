//! `diff(u, x)`: derivatives inside a model, against formulas written out by hand and central differences.

use chainrule::prelude::*;

/// Numbers without a pattern, of both signs.
fn wave(count: usize, speed: f64) -> Vec<f64> {
    (0..count).map(|i| (0.3 + i as f64 * speed).sin()).collect()
}

fn close(found: f64, right: f64, tolerance: f64) {
    assert!((found - right).abs() <= tolerance * right.abs().max(1.0), "{found}, {right} is right");
}

/// The gradient for the parameters, against central differences of the loss.
fn check<M: Model>(model: &M, batch: &M::Batch<'_>) {
    let check = check_gradient(model, batch).expect("the loss is finite");
    assert!(check.passes(), "{check}");
}

/// `u(x, t)` of a small network, and how far it is from a solution of the heat equation `u_t = κ·u_xx`.
#[model(scalar = f64)]
fn heat(x: Input, t: Input, wx: Param<5>, wt: Param<5>, b: Param<5>, v: Param<5>) -> Loss {
    let u = tanh(x * wx + t * wt + b).dot(v);
    square(diff(u, t) - 0.3 * diff(diff(u, x), x))
}

#[test]
fn a_physics_informed_loss_is_that_of_the_derivatives_by_hand() {
    let (x, t) = (wave(7, 0.9), wave(7, 1.3));
    let batch = Heat::batch(&x, &t).expect("the rows fit");
    let model = Heat::from_parameters(wave(20, 0.7)).expect("as many");
    let mut right = 0.0;
    for (x, t) in x.iter().zip(&t) {
        let (mut u_t, mut u_xx) = (0.0, 0.0);
        for h in 0..5 {
            let (wx, wt) = (model.wx()[h], model.wt()[h]);
            let y = (x * wx + t * wt + model.b()[h]).tanh();
            u_t += model.v()[h] * (1.0 - y * y) * wt;
            u_xx += model.v()[h] * (-2.0 * y * (1.0 - y * y)) * wx * wx;
        }
        right += (u_t - 0.3 * u_xx).powi(2) / 7.0;
    }
    close(model.loss(&batch), right, 1e-13);
    check(&model, &batch);
}

/// A cluster of atoms under the Lennard-Jones potential, fitted to forces: `−∂E/∂r`.
#[model(scalar = f64)]
fn cluster(
    position: Input<4, 3>,
    force: Input<4, 3>,
    same: Data<4, 4>,
    depth: Param,
    length: Param,
) -> Loss {
    let squares = position * position;
    let products = position.dot(transpose(position));
    let distances = sum(squares, axis = 1, keep = 1) + sum(squares, axis = 1) - 2.0 * products;
    let attraction = (length * length / (distances + same)).powi(3);
    let energy = 2.0 * depth * sum((1.0 - same) * (attraction * attraction - attraction));
    sum(square(-diff(energy, position) - force))
}

#[test]
fn forces_are_those_of_the_potential_by_hand() {
    let grid = [0.0, 0.0, 0.0, 1.2, 0.1, 0.0, 0.1, 1.1, 0.2, -0.1, 0.2, 1.3];
    let shifted: Vec<f64> = grid.iter().zip(wave(12, 0.9)).map(|(r, by)| r + 0.05 * by).collect();
    let position = [grid.to_vec(), shifted].concat();
    let force = wave(24, 0.4);
    let same: Vec<f64> = (0..16).map(|k| if k / 4 == k % 4 { 1.0 } else { 0.0 }).collect();
    let batch = Cluster::batch(&position, &force, &same).expect("the rows fit");
    let model = Cluster::from_parameters(vec![0.8, 1.05]).expect("as many");
    let mut right = 0.0;
    for (position, force) in position.chunks(12).zip(force.chunks(12)) {
        for i in 0..4 {
            let mut own = [0.0; 3];
            for j in (0..4).filter(|&j| j != i) {
                let apart = [0, 1, 2].map(|d| position[i * 3 + d] - position[j * 3 + d]);
                let square: f64 = apart.iter().map(|along| along * along).sum();
                let sixth = (1.05 * 1.05 / square).powi(3);
                let strength = 24.0 * 0.8 * (2.0 * sixth * sixth - sixth) / square;
                own.iter_mut().zip(apart).for_each(|(own, along)| *own += strength * along);
            }
            right += (0..3).map(|d| (own[d] - force[i * 3 + d]).powi(2)).sum::<f64>() / 2.0;
        }
    }
    close(model.loss(&batch), right, 1e-12);
    check(&model, &batch);
}

/// Sensitivities of the price of a call by Black and Scholes.
#[model(scalar = f64, loss = |found, quoted| square(found - quoted))]
fn greek(
    spot: Input,
    time: Input,
    c0: Data,
    c1: Data,
    c2: Data,
    c3: Data,
    c4: Data,
    c5: Data,
    c6: Data,
    c7: Data,
    volatility: Param,
    rate: Param,
) -> Output {
    let strike = 95.0;
    let deviation = volatility * sqrt(time);
    let d1 = (ln(spot / strike) + (rate + 0.5 * square(volatility)) * time) / deviation;
    let d2 = d1 - deviation;
    let now = 0.5 * spot * erfc(-d1 / sqrt(2.0));
    let price = now - 0.5 * strike * exp(-rate * time) * erfc(-d2 / sqrt(2.0));
    let delta = diff(price, spot);
    let gamma = diff(delta, spot);
    let vega = diff(price, volatility);
    let first = c0 * price + c1 * delta + c2 * gamma;
    let second = c3 * vega - c4 * diff(price, time) + c5 * diff(price, rate);
    first + second + c6 * diff(gamma, spot) + c7 * diff(delta, volatility)
}

#[test]
fn greeks_have_the_values_of_another_system() {
    // Differences in 40 digits; from the price to vanna.
    let right = [
        [10.496_875_338_726_395, 7.738_893_605_859_086],
        [0.678_461_107_537_001_2, 0.444_494_497_433_452_8],
        [0.020_270_057_555_52, 0.013_968_001_276_833_728],
        [25.337_571_944_4, 44.697_604_085_867_93],
        [-8.054_870_048_549_21, -3.628_220_241_031_259_7],
        [28.674_617_707_486_863, 55.641_332_377_634_28],
        [-0.000_734_056_909_022_617_6, -0.000_105_667_570_784_056_74],
        [-0.410_819_697_390_272_1, 0.779_303_875_637_716_6],
    ];
    let model = Greek::from_parameters(vec![0.25, 0.03]).expect("as many");
    let (spot, time) = ([100.0, 80.0], [0.5, 2.0]);
    for (place, right) in right.iter().enumerate() {
        let mut which = [0.0; 8];
        which[place] = 1.0;
        let [a, b, c, d, e, f, g, h] = which.each_ref().map(std::slice::from_ref);
        let found = model.predict(&spot, &time, a, b, c, d, e, f, g, h).expect("the rows fit");
        for (found, right) in found.iter().zip(right) {
            assert!((found - right).abs() <= 1e-12 * right.abs(), "{place}: {found}, {right}");
        }
        let batch = Greek::batch(&spot, &time, a, b, c, d, e, f, g, h, &[0.1, 0.2]);
        check(&model, &batch.expect("the rows fit"));
    }
}

/// `body` of a number `x`, a parameter that is 0 and a constant; its value and its slope at some points, in both scalar types.
macro_rules! at_points {
    ($($test:ident: |$x:ident| $body:block, [$(($at:expr, $value:expr, $slope:expr)),* $(,)?];)*) => {
        $(
            #[test]
            fn $test() {
                let points: &[(f64, f64, f64)] = &[$(($at, $value, $slope)),*];
                at_points!(@run f32, 2e-6, points, $x, $body);
                at_points!(@run f64, 1e-13, points, $x, $body);
            }
        )*
    };
    (@run $scalar:ident, $tolerance:expr, $points:ident, $x:ident, $body:block) => {{
        #[model(scalar = $scalar)]
        fn one(x: Input, shift: Param) -> Loss {
            let $x = x + shift;
            $body
        }
        for &(at, value, slope) in $points {
            let x = [at as $scalar];
            let batch = One::batch(&x).expect("the row fits");
            let (loss, gradient) = One::zeros().loss_and_gradient(&batch);
            close(loss.into(), value, $tolerance);
            close(gradient.shift().into(), slope, $tolerance);
        }
    }};
}

at_points! {
    a_derivative_is_a_value_to_be_differentiated: |x| { diff(sin(2.0 * x), x) }, [(0.3, 1.650_671_229_819_356_6, -2.258_569_893_580_141_4)];
    a_derivative_of_a_derivative: |x| { diff(diff(x.powi(5), x), x) }, [(2.0, 160.0, 240.0), (0.0, 0.0, 0.0)];
    a_third_derivative: |x| { diff(diff(diff(exp(2.0 * x), x), x), x) }, [(0.0, 8.0, 16.0)];
    a_name_is_a_variable_of_its_own: |x| { let z = x * x; diff(x * x + z, z) + x - x }, [(3.0, 1.0, 0.0)];
    what_a_name_was_computed_from_is_fixed: |x| { let z = x * x; diff(z * z * x, z) }, [(3.0, 54.0, 54.0)];
    another_name_for_a_value_depends_on_it: |x| { let y = x; diff(x * y, x) }, [(3.0, 6.0, 2.0)];
    a_value_does_not_depend_on_another_name_of_it: |x| { let y = x; diff(x * y, y) }, [(3.0, 3.0, 1.0)];
    the_latest_binding_counts: |x| { let y = x * x; let y = y * x; diff(y * y, y) }, [(2.0, 16.0, 24.0)];
    the_derivative_at_a_number: |x| { let t = 2.0; let u = x * t * t; diff(u, t) }, [(3.0, 12.0, 4.0)];
    a_derivative_for_a_name_that_a_derivative_reads: |x| { let z = 3.0 * x; let slope = diff(z * z * z, x); diff(slope + z, z) }, [(1.0, 55.0, 54.0)];
    a_value_is_its_own_derivative_for_itself: |x| { x * diff(x, x) }, [(2.5, 2.5, 1.0)];
    a_kink_keeps_its_convention: |x| { diff(relu(x) * 3.0, x) * x + diff(abs(x), x) }, [(0.0, 0.0, 0.0), (2.0, 7.0, 3.0), (-2.0, -1.0, 0.0)];
    a_step_has_the_derivative_zero: |x| { x + diff(floor(x), x) }, [(1.5, 1.5, 1.0)];
    a_choice_lets_nothing_of_the_other_through: |x| { diff(sqrt(relu(x)), x) }, [(-1.0, 0.0, 0.0), (4.0, 0.25, -0.031_25)];
    a_stopped_value_is_a_constant: |x| { x * diff(x * stop(x), x) }, [(3.0, 9.0, 3.0)];
    the_logarithm_of_a_sigmoid_is_made_stable_first: |x| { diff(ln(sigmoid(x)), x) }, [(-1000.0, 1.0, 0.0), (1000.0, 0.0, 0.0)];
    a_block_may_stand_in_a_derivative: |x| { diff({ let y = x * x; y * x }, x) }, [(2.0, 12.0, 12.0)];
}

#[test]
fn a_derivative_for_a_parameter_is_that_of_each_example() {
    #[model(scalar = f64)]
    fn sensitivity(x: Input<3>, y: Input, w: Param<3>) -> Loss {
        let loss = square(x.dot(w) - y);
        sum(square(diff(loss, w)))
    }
    let (x, y) = (wave(15, 0.9), wave(5, 1.7));
    let batch = Sensitivity::batch(&x, &y).expect("the rows fit");
    let model = Sensitivity::from_parameters(vec![0.4, -0.3, 0.7]).expect("as many");
    let mut right = 0.0;
    for (x, y) in x.chunks(3).zip(&y) {
        let error: f64 = x.iter().zip(model.w()).map(|(x, w)| x * w).sum::<f64>() - y;
        right += 4.0 * error * error * x.iter().map(|x| x * x).sum::<f64>() / 5.0;
    }
    close(model.loss(&batch), right, 1e-13);
    check(&model, &batch);
}

#[test]
fn a_jacobian_has_the_axes_of_both() {
    #[model(scalar = f64)]
    fn jacobian(x: Input<3>, wanted: Input<2, 3>, w: Param<3, 2>, b: Param<2>) -> Loss {
        let y = tanh(x.dot(w) + b);
        sum(square(diff(y, x) - wanted))
    }
    let (x, wanted) = (wave(12, 0.9), wave(24, 1.7));
    let batch = Jacobian::batch(&x, &wanted).expect("the rows fit");
    let model = Jacobian::from_parameters(wave(8, 0.6)).expect("as many");
    let (w, b) = (model.w(), model.b());
    let mut right = 0.0;
    for (x, wanted) in x.chunks(3).zip(wanted.chunks(6)) {
        for o in 0..2 {
            let a: f64 = (0..3).map(|d| x[d] * w[d * 2 + o]).sum::<f64>() + b[o];
            let slope = 1.0 - a.tanh() * a.tanh();
            right +=
                (0..3).map(|d| (slope * w[d * 2 + o] - wanted[o * 3 + d]).powi(2)).sum::<f64>();
        }
    }
    close(model.loss(&batch), right / 4.0, 1e-13);
    check(&model, &batch);
}

#[test]
fn a_hessian_is_a_derivative_of_a_derivative() {
    #[model(dims(D), scalar = f64, reduction = sum)]
    fn curvature(x: Input<D>, a: Param<D, D>, c: Param<D>) -> Loss {
        let u = 0.5 * x.dot(a).dot(x) + sum(sin(c * x));
        let hessian = diff(diff(u, x), x);
        sum(hessian * hessian) + trace(hessian)
    }
    let dims = CurvatureDims { d: 3 };
    let x = wave(6, 0.9);
    let batch = Curvature::batch(dims, &x).expect("the rows fit");
    let model = Curvature::from_parameters(dims, wave(12, 0.7)).expect("as many");
    let (a, c) = (model.a(), model.c());
    let mut right = 0.0;
    for x in x.chunks(3) {
        for i in 0..3 {
            for j in 0..3 {
                let bend = if i == j { -c[i] * c[i] * (c[i] * x[i]).sin() } else { 0.0 };
                let entry = 0.5 * (a[i * 3 + j] + a[j * 3 + i]) + bend;
                right += entry * entry + if i == j { entry } else { 0.0 };
            }
        }
    }
    close(model.loss(&batch), right, 1e-13);
    check(&model, &batch);
}

#[test]
fn the_jacobian_of_a_softmax_of_thousands_is_finite() {
    #[model]
    fn confident(z: Input<3>, scale: Param) -> Loss {
        let logits = z * scale;
        sum(square(diff(ln(softmax(logits)), logits)))
    }
    let batch = Confident::batch(&[1.0, 0.5, -2.0]).expect("the row fits");
    let model = Confident::from_parameters(vec![2000.0]).expect("as many");
    // All of the probability is at the first: the rows of `δ − softmax` are (0, 0, 0), (−1, 1, 0) and (−1, 0, 1).
    close(model.loss(&batch).into(), 4.0, 1e-6);
    let (_, gradient) = model.loss_and_gradient(&batch);
    close(gradient.scale().into(), 0.0, 1e-6);
}

#[test]
fn objectives_and_closures_have_derivatives_inside() {
    #[model(scalar = f64)]
    fn objective(a: Data<3>, w: Param<3>) -> Loss {
        let u = sum(a * exp(w));
        sum(square(diff(u, w) - 1.0))
    }
    let model = Objective::from_parameters(vec![0.1, -0.2, 0.3]).expect("as many");
    let batch = Objective::batch(&[1.0, 2.0, 0.5]).expect("the data fit");
    let terms = [(1.0, 0.1_f64), (2.0, -0.2), (0.5, 0.3)];
    let right: f64 = terms.iter().map(|(a, w)| (a * w.exp() - 1.0_f64).powi(2)).sum();
    close(model.loss(&batch), right, 1e-13);
    check(&model, &batch);

    #[model(scalar = f64, loss = |p, t| square(diff(p * p * p, p) - t))]
    fn closure(x: Input, w: Param) -> Output {
        x * w
    }
    let model = Closure::from_parameters(vec![0.5]).expect("as many");
    let batch = Closure::batch(&[2.0, 3.0], &[1.0, -1.0]).expect("the rows fit");
    close(model.loss(&batch), 0.5 * (4.0 + (3.0 * 2.25_f64 + 1.0).powi(2)), 1e-13);
    check(&model, &batch);
}

#[test]
fn a_derivative_put_at_a_place_is_summed_there() {
    #[model(scalar = f64, reduction = sum)]
    fn slope(x: Input<2>, c: Param<4, 2>, along: Param<4, 2>) -> Loss {
        let nearest = argmin(sum(square(c - x), axis = 1));
        sum(along * diff(sum(square(square(c[nearest] - x))), c))
    }

    let x = wave(12, 0.9);
    let model = Slope::from_parameters(wave(16, 1.7)).expect("16 parameters");
    check(&model, &Slope::batch(&x).expect("six rows"));
    let rows = (Slope::plan().lines())
        .filter(|line| line.contains("per example") && line.contains("part"));
    assert_eq!(rows.count(), 0, "{}", Slope::plan());
}
