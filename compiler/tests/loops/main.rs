//! Loops through every stage: values stay, gradients are those of central differences, plans compute them.

mod differences;

use differences::check;

#[test]
fn a_state_that_only_parameters_change() {
    check(
        "fn newton(x: Input, a: Param) -> Loss {
            let mut r = exp(a);
            for step in 0..6 { r = 0.5 * (r + exp(a) / r); }
            (x * r - 1.0) * (x * r)
        }",
        &[],
    );
}

#[test]
fn a_state_of_each_example() {
    check(
        "fn rnn<const D: usize, const H: usize>(x: Input<D>, w: Param<D, H>, u: Param<H, H>, b: Param<H>) -> Loss {
            let mut h = tanh(x.dot(w));
            for t in 0..4 { h = tanh(x.dot(w) + h.dot(u) + b); }
            sum(h * h)
        }",
        &[("D", 3), ("H", 2)],
    );
}

#[test]
fn two_states_of_which_one_begins_shared() {
    check(
        "fn pendulum(x: Input, k: Param, d: Param) -> Loss {
            let mut angle = x;
            let mut speed = k * k;
            for t in 0..5 {
                let a = angle + 0.1 * speed;
                speed = speed - 0.1 * (sin(a) * exp(k) + d * speed);
                angle = a;
            }
            angle * angle + speed
        }",
        &[],
    );
}
