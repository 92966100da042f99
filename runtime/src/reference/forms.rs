//! What stands between the functions: bindings, parts, loops, choices, functions of your own, derivatives.
//!
//! | form | meaning |
//! |---|---|
//! | `let h = x.dot(w);` | a name; a later one of the same name hides it |
//! | `let mut h = b;`, `h = ..;`, `h += ..;` | a name whose value changes, in loops above all |
//! | `a + b`, `a * b`, `-a` | element by element; axes are matched from the last, and an extent of 1 repeats |
//! | `w[i]` | the part at an integer, so that the axis goes: a literal, a dimension, a counter, sums and multiples of them, or an `Index` value |
//! | `w[1..4]`, `w[..k]`, `w[(..).step_by(2)]` | some of an axis |
//! | `w[(.., j)]`, `w[(i, 1..3)]` | a place for each of the first axes |
//! | `for t in 0..T { .. }`, `(0..T).rev()` | a loop over what it assigns to names from outside |
//! | `let hs = for t in 0..T { ..; h };` | one value from each step, along a new first axis |
//! | `#[checkpoint(every = 8)] for t in 0..T { .. }` | keeps every eighth state, and computes those between again on the way back |
//! | `if c { a } else { b }`, `select(c, a, b)` | a choice for each element; what is not chosen does not count |
//! | `a < b`, `a == b`, `c && d`, `!c` | conditions, which are no numbers |
//! | `diff(u, x)` | the derivative of `u` for the argument or `let` named `x`: of a number the shape of `x`, of an array its own axes, then those of `x` |
//! | `fn dense(x: Tensor, w: Tensor) -> Tensor { .. }` | a function of your own, at the top of the body or in a `#[model] mod` |
//! | `math!("σ(x·W + b)")` | a body, or a part of it, in the notation of the blackboard |
//!
//! Whether a place is inside its axis is decided while your crate compiles, for all values the dimensions may have; only the values of an
//! `Index` are checked when the program runs, once, when the batch is made.
//!
//! # Examples
//! ```
//! use chainrule::prelude::*;
//!
//! #[model(loss = squared_error, scalar = f64)]
//! fn forms<const T: usize>(x: Input<T, 4>, w: Param<2, 2, 3>, b: Param<2, 3>, v: Param<3>) -> Output {
//!     fn dense(x: Tensor, w: Tensor, b: Tensor) -> Tensor {
//!         tanh(x.dot(w) + b)
//!     }
//!     let mut total = 0.0;
//!     let outputs = for t in 0..T {
//!         let mut h = x[(t, ..2)] - x[(t, (..).step_by(2))];
//!         for layer in 0..2 {
//!             h = dense(h, w[layer], b[layer])[..2];
//!         }
//!         total += if h[0] > 0.0 { h[0] } else { h[1] * h[1] };
//!         h
//!     };
//!     total / T + outputs[T - 1].dot(v[1..])
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let x: Vec<f64> = (0..24).map(|n| f64::from(n).sin()).collect();
//! let batch = Forms::<3>::batch(&x, &[0.5, -0.5])?;
//! assert!(check_gradient(&Forms::<3>::seeded(1), &batch)?.passes());
//! # Ok(())
//! # }
//! ```
