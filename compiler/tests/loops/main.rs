//! Loops through every stage: values stay, gradients are those of central differences, plans compute them.

mod differences;
#[path = "../random_programs/execute.rs"]
mod execute;

use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::evaluate::{evaluate, random_values};
use chainrule_compiler::ir::{Dim, Distribution};
use chainrule_compiler::lower;

use differences::{check, environment, model};

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

#[test]
fn a_sequence_read_at_the_counter() {
    check(
        "fn rnn<const T: usize, const D: usize, const H: usize>(
            x: Input<T, D>, w: Param<D, H>, u: Param<H, H>, b: Param<H>, start: Param<H>) -> Loss {
            let mut h = start;
            for t in 0..T { h = tanh(x[t].dot(w) + h.dot(u) + b); }
            sum(h * h)
        }",
        &[("T", 4), ("D", 3), ("H", 2)],
    );
}

#[test]
fn what_steps_give_is_collected() {
    check(
        "fn rnn<const T: usize, const D: usize, const H: usize>(
            x: Input<T, D>, w: Param<D, H>, u: Param<H, H>, v: Param<T, H>) -> Loss {
            let mut h = tanh(x[0].dot(w));
            let hs = for t in 0..T { h = tanh(x[t].dot(w) + h.dot(u)); h * exp(v[t]) };
            sum(hs * hs) + sum(hs[0] * h)
        }",
        &[("T", 4), ("D", 3), ("H", 2)],
    );
}

#[test]
fn weights_read_at_the_layer() {
    check(
        "fn deep<const L: usize, const H: usize>(x: Input<H>, w: Param<L, H, H>, b: Param<L, H>) -> Loss {
            let mut h = x;
            for layer in 0..L { h = tanh(h.dot(w[layer]) + b[layer]); }
            sum(h * h)
        }",
        &[("L", 3), ("H", 2)],
    );
}

#[test]
fn loops_inside_loops() {
    check(
        "fn stack<const T: usize, const L: usize, const H: usize>(
            x: Input<T, H>, w: Param<L, H, H>, u: Param<H, H>) -> Loss {
            let mut h = x[0];
            for t in 0..T {
                let mut a = x[t];
                for layer in 0..L { a = tanh(a.dot(w[layer]) + h.dot(u)); }
                h = a * h + x[t];
            }
            sum(h * h)
        }",
        &[("T", 3), ("L", 2), ("H", 2)],
    );
}

#[test]
fn loops_run_backwards_and_read_neighbours() {
    check(
        "fn smooth<const T: usize>(x: Input<T>, a: Param, c: Param<T>) -> Loss {
            let mut s = a * x[0];
            let back = for t in (1..T).rev() { s = a * s + x[t] * c[t - 1]; s * c[t] };
            let mut p = 0.5 * a;
            for t in 0..T - 1 { p += x[t + 1] * x[t] * p * c[t + 1]; }
            sum(back * back) + p * s
        }",
        &[("T", 5)],
    );
}

#[test]
fn parameters_alone_with_weights_shared_by_steps() {
    check(
        "fn mix<const L: usize, const H: usize>(x: Input<H>, w: Param<L, H>, v: Param<L, H>) -> Loss {
            let mut h = x;
            for layer in 0..L { h = h * softmax(w[layer]) + sum(exp(v[layer])) * x; }
            sum(h * h)
        }",
        &[("L", 3), ("H", 2)],
    );
}

#[test]
fn states_that_stay_or_do_not_matter() {
    check(
        "fn odd(x: Input, a: Param, b: Param) -> Loss {
            let mut stays = a * x;
            let mut lost = b;
            let mut other = x * b;
            for t in 0..3 { stays = stays; lost = lost * a; other = stays * b + a; }
            stays + other * other
        }",
        &[],
    );
}

#[test]
fn a_loop_is_written_down() {
    let text = differences::equations(
        "fn rnn<const T: usize, const D: usize, const H: usize>(
            x: Input<T, D>, w: Param<D, H>, u: Param<H, H>, start: Param<H>) -> Loss {
            let mut h = start;
            for t in 0..T { h = tanh(x[t].dot(w) + h.dot(u)); }
            sum(h * h)
        }",
    );
    println!("{text}");
}

#[test]
fn random_numbers_of_every_step() {
    check(
        "fn rnn<const T: usize, const D: usize, const H: usize>(
            x: Input<T, D>, w: Param<D, H>, u: Param<H, H>) -> Loss {
            let mut h = tanh(x[0].dot(w));
            for t in 0..T {
                for k in 0..2 { h = tanh(x[t].dot(w) + dropout(h, 0.3).dot(u)); }
                let noise = normal_like(u);
                h = h + 0.1 * noise[0];
            }
            sum(h * h)
        }",
        &[("T", 4), ("D", 3), ("H", 2)],
    );
}

#[test]
fn steps_draw_different_numbers() {
    let model = model(
        "fn walk(x: Input, w: Param) -> Loss {
            let mut s = 0.0 * x;
            for t in 0..2 { s = 2.0 * s + uniform_like(x); }
            w * s
        }",
    );
    let environment = environment(&model, &[]);
    let program = lower::lower(&model, &mut Errors::new()).expect("the model has a meaning");
    let found = evaluate(&program.graph, &[program.loss()], &environment).expect("evaluate")[0][0];
    let shape = [Dim::Fixed(2), Dim::Batch];
    let drawn = random_values(Distribution::Uniform, 0, &shape, &environment);
    let examples = drawn.len() / 2;
    let walks = (0..examples).map(|n| 2.0 * drawn[n] + drawn[examples + n]).sum::<f64>();
    let w = environment.leaves[&chainrule_compiler::ir::Leaf::Argument(1)][0];
    let expected = w * walks / examples as f64;
    assert!((found - expected).abs() < 1e-14, "{found} where {expected} is right");
}

#[test]
fn a_choice_in_each_step() {
    check(
        "fn chosen<const T: usize>(x: Input<T>, a: Param, b: Param) -> Loss {
            let mut s = a;
            for t in 0..T { s = if x[t] > 0.0 { sin(s*b) } else { cos(s*a + x[t]) }; }
            s*s
        }",
        &[("T", 4)],
    );
}

#[test]
fn checkpoints_keep_values_and_gradients() {
    for (steps, every) in [("7", 3), ("6", 3), ("T", 3), ("T", 8)] {
        check(
            &format!(
                "fn long<const T: usize>(x: Input<{steps}>, a: Param, b: Param) -> Loss {{
                    let mut s = a;
                    let mut r = 1.0;
                    #[checkpoint(every = {every})]
                    for t in 0..{steps} {{ s = sin(s*b + x[t]); r = r + s*a; }}
                    #[checkpoint(every = {every})]
                    for t in (0..{steps}).rev() {{ s = sin(s*b + x[t]*r); }}
                    s*s
                }}"
            ),
            &[("T", 5)],
        );
    }
}

#[test]
fn loops_are_differentiated_twice() {
    differences::check_twice(
        "fn rnn<const T: usize, const D: usize, const H: usize>(
            x: Input<T, D>, w: Param<D, H>, u: Param<H, H>, start: Param<H>) -> Loss {
            let mut h = start;
            let hs = for t in 0..T { h = tanh(x[t].dot(w) + h.dot(u)); h * h };
            sum(h * h) + sum(hs)
        }",
        &[("T", 3), ("D", 2), ("H", 2)],
    );
    differences::check_twice(
        "fn deep<const L: usize, const H: usize>(x: Input<H>, w: Param<L, H, H>) -> Loss {
            let mut h = x;
            for t in 0..2 { for layer in 0..L { h = sin(h.dot(w[layer])); } }
            sum(h * h)
        }",
        &[("L", 2), ("H", 2)],
    );
}

#[test]
fn derivatives_of_loops_inside_a_model() {
    check(
        "fn flow(x: Input, a: Param, b: Param) -> Loss {
            let mut s = a * x;
            for t in 0..3 { s = sin(s * b + x); }
            let slope = diff(s, x);
            slope * slope + s
        }",
        &[],
    );
}

#[test]
fn products_are_right_at_zero() {
    check(
        "fn products(x: Input<3>, w: Param<3>) -> Loss {
            prod(x * w - x[0] * w[0]) + sum(cumprod(x * w - x[1] * w[1]))
        }",
        &[],
    );
    check(
        "fn running<const D: usize, const H: usize>(x: Input<D, H>, w: Param<H>) -> Loss {
            let a = sum(square(cumsum(x * w, [0]))) + sum(cumprod(sin(x * w), [1]));
            a + sum(prod(cos(x * w), [0])) * prod(x * w)
        }",
        &[("D", 3), ("H", 2)],
    );
}
