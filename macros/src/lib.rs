//! The `#[model]` attribute of chainrule: a shell around `chainrule-compiler`, with its documentation.

use proc_macro::TokenStream;

/// Differentiates a model, a function or a module of functions, while the crate compiles.
///
/// `fn mlp` becomes the struct `Mlp`, which owns the parameters, with `zeros`, `seeded`, `batch`, `predict`, `loss`, `loss_and_gradient`, a
/// view of each parameter by name, `equations` and `plan`, and an implementation of `Model`, which training and checks need.
///
/// ```text
/// #[model(loss = mean_squared_error)]
/// fn mlp<const D: usize, const H: usize>(
///     x: Input<D>, w1: Param<D, H>, b1: Param<H>, #[init(he_normal)] w2: Param<H>, b2: Param,
/// ) -> Output {
///     let hidden = relu(x.dot(w1) + b1);
///     hidden.dot(w2) + b2
/// }
/// ```
///
/// # Signature
/// `Input<..>` differs from example to example, `Param<..>` is trained, `Data<..>` is shared and fixed, `Index<V>` is an integer below `V`,
/// `Index<V, T>` a sequence of `T` of them; without extents each is a scalar. An extent is a number, a const generic, a constant, a name of
/// `dims(..)`, or arithmetic of those in braces. The function returns `Output<..>`, the prediction for one example, or `Loss`, the loss of
/// one example; of `Param` and `Data` alone, the loss is a whole objective, `batch` takes the data, and there is nothing to average. A
/// parameter may have `#[init(..)]`: `zeros`, `ones`, `constant(c)`, `uniform(low, high)`, `normal(mean, deviation)`, `glorot_uniform` (the
/// default from two axes on), `glorot_normal`, `he_uniform`, `he_normal`; one that the loss may ignore has `#[allow(unused)]`.
///
/// # Attribute
/// | key | meaning |
/// |---|---|
/// | `loss = name`, `loss = name(setting)`, <code>loss = \|prediction, target\| ..</code> | the loss of one example, for a function that returns `Output` |
/// | `weights` | `batch` takes one more slice, the last: a number for each example, which its loss is multiplied with. A mean is still over the number of examples, and what is added to the loss without depending on the example, such as a regularizer, has no weight |
/// | `reduction = mean` or `sum` | how the losses of examples become that of a batch; `mean` by default |
/// | `scalar = f32` or `f64` | the type of parameters and data; `f32` by default |
/// | `dims(N, D)` | extents that are chosen when the program runs |
/// | `dump = "stage"` | prints a stage while the crate builds: `lower`, `stabilize`, `differentiate`, `simplify`, `schedule` |
/// | `crate = path` | where the runtime crate is, if not at `::chainrule` |
///
/// # Body
/// Written for one example: `let`, arithmetic with broadcasting, every function as `tanh(x)` or `x.tanh()`, axes as `[0]` or `axis = 0`, and
/// `math!("..")` for the notation of the blackboard. Anything else is a compile error at the sub-expression, with a way out.
///
/// **Places.** `w[i]` is one element of the first axis, `w[1..4]` a range of it, `w[(.., j)]` a column, `w[(i, 1..3)]` part of a row, and
/// `w[(..).step_by(2)]` every other element. A place is made of literals, dimensions and counters of loops; that it lies inside its axis is
/// decided while the crate compiles. An index is a place too: `table[token]` for `Index<V>`, `table[tokens]` for `Index<V, T>`; its gradient
/// touches the rows that were read. `concat`, `stack`, `pad`, `reshape`, `permute`, `windows` and their kin are functions.
///
/// **Conditions.** `if c { a } else { b }` and `select(c, a, b)` choose element by element; `c` is a comparison, or several with `&&`, `||`
/// and `!`. Nothing of the branch that is not taken leaks, neither as value nor as derivative, be it infinite or NaN.
///
/// **Loops.** What the body of a loop assigns to a `let mut` from outside goes from step to step; a value at its end is collected along a new
/// first axis:
///
/// ```text
/// let mut h = zeros([H]);
/// let states = for t in 0..T {
///     h = tanh(x[t].dot(w) + h.dot(u) + b);
///     h
/// };
/// ```
///
/// Bounds are made of literals and dimensions, those chosen when the program runs included; `(0..T).rev()` runs backwards. A loop stays a
/// loop in what is generated, forwards and backwards, however many steps it has. Backwards it needs what the steps computed: that is kept,
/// or, under `#[checkpoint(every = k)]`, computed again from the states before every `k`th step.
///
/// # Derivatives
/// `diff(u, x)` is the derivative of `u` for `x`, a value like any other: a physics-informed loss has `diff(u, t) - k * diff(diff(u, x), x)`, a
/// force is `-diff(energy, position)`. The axes are those of `u`, then those of `x`, so that of a number for an array is a gradient, that of an
/// array a Jacobian. `x` is the name of an argument or of a `let` that `u` is computed from. It is a variable of its own: what is computed from
/// the name depends on it; what the name was computed from is held fixed, and so is whatever else has the same value. All of it is of one
/// example, also for a parameter: nothing is summed over examples. `u` is made stable before it is differentiated, and conventions at kinks
/// are those of the functions. `stop(x)` is `x`, taken for a constant.
///
/// In the body of a loop, a derivative is of what the step computes: for a name from outside the loop it is refused where earlier steps, or
/// other values from outside, depend on that name too.
///
/// # Derivatives besides the gradient
/// `derivatives(..)` in the attribute asks for what solvers and scientists want besides loss and gradient; each is a trait of
/// `chainrule::derivatives`, implemented by a kernel of its own, and none is compiled that nobody asks for:
///
/// | name | what the model then gives |
/// |---|---|
/// | `jacobian` | residuals, prediction minus target, and `J` of all parameters, row- or column-major |
/// | `jvp`, `vjp` | `J·v` and `Jᵀ·v` |
/// | `gauss_newton` | `JᵀJ`, `Jᵀr` and `rᵀr` without storing `J` |
/// | `sparse_jacobian` | `J` in compressed rows: what an index chooses of a parameter, `table[token]`, has columns there alone |
/// | `hvp` | the Hessian of the loss times a vector |
/// | `hessian` | loss, gradient and Hessian |
/// | `inputs` | the derivatives of each example's loss, and of its prediction, for its inputs |
///
/// # Functions
/// Bodies may call functions of their own, written at the top of the body or beside it in a module:
///
/// ```text
/// fn dense(x: Tensor<I>, w: Tensor<I, O>, b: Tensor<O>) -> Tensor<O> {
///     tanh(x.dot(w) + b)
/// }
/// ```
///
/// A function that returns `Tensor` is inlined at each call and sees its parameters, the dimensions of the model, constants that are numbers,
/// and other functions. `Tensor` takes any shape. `I` and `O` are the function's own dimensions, bound by the first argument that has them
/// and checked at the others; a name that is a dimension of the model means that one, unless it is declared as `fn dense<const I: usize, ..>`.
/// Arguments may be named, `dense(x, w = w1, b = b1)`, and functions called as methods, `x.dense(w1, b1)`. A mistake inside is shown there,
/// with the calls that lead to it. Functions do not call themselves.
///
/// # Modules
/// A module is a model with several results. `mod net` becomes the struct `Net` beside it:
///
/// ```text
/// #[model(scalar = f64)]
/// mod net {
///     use chainrule::prelude::*;
///
///     fn dense(x: Tensor<I>, w: Tensor<I, O>) -> Tensor<O> { tanh(x.dot(w)) }
///     pub fn encode<const D: usize>(x: Input<D>, w: Param<D, 2>) -> Output<2> { dense(x, w) }
///     pub fn predict<const D: usize>(x: Input<D>, w: Param<D, 2>, v: Param<2, D>) -> Output<D> { encode(x, w).dot(v) }
///     pub fn loss<const D: usize>(x: Input<D>, w: Param<D, 2>, v: Param<2, D>) -> Loss { squared_error(predict(x, w, v), x) }
///     pub fn penalty<const D: usize>(w: Param<D, 2>) -> Loss { sum(w * w) }
/// }
/// ```
///
/// Arguments and dimensions of one name are one argument and one dimension of the model. Each function that returns `Output` gives a method that
/// takes the inputs it uses: `model.encode(&x)?`. Training follows the `Loss` that is called `loss`, or the only one, or the one that
/// `loss = name` names; without one, `loss = ..` is of the output that is called `predict`, or the only one. Any other loss gives
/// `model.penalty(&batch)`, `model.penalty_and_gradient(&batch)`, and both with `_into` for memory of one's own. Functions may call each other;
/// parameters are passed like any argument. A loss without inputs is no mean over examples.
///
/// # Functions of numbers
/// What is not to be differentiated is a plain Rust function of `f64`, with its derivatives beside it. It is called for one element after
/// the other, and must give the same value whenever it is called:
///
/// ```text
/// #[derivative(x = "1 - y²", k = slope, c = 0)]
/// fn response(x: f64, k: f64, c: f64) -> f64 { .. }
/// ```
///
/// A derivative is a formula in the arguments, the value `y`, elementwise functions and other functions of numbers; or a function of the
/// same arguments; or a number. `check_gradient` finds a wrong one. A derivative that no gradient needs may be left out.
#[proc_macro_attribute]
pub fn model(attribute: TokenStream, item: TokenStream) -> TokenStream {
    chainrule_compiler::expand(attribute.into(), item.into()).into()
}
