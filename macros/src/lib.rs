//! The `#[model]` attribute of chainrule: a shell around `chainrule-compiler`, with its documentation.

use proc_macro::TokenStream;

/// Differentiates a model function while the crate compiles.
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
/// | `reduction = mean` or `sum` | how the losses of examples become that of a batch; `mean` by default |
/// | `scalar = f32` or `f64` | the type of parameters and data; `f32` by default |
/// | `dims(N, D)` | extents that are chosen when the program runs |
/// | `dump = "stage"` | prints a stage while the crate builds: `lower`, `stabilize`, `differentiate`, `simplify`, `schedule` |
/// | `crate = path` | where the runtime crate is, if not at `::chainrule` |
///
/// # Body
/// Written for one example: `let`, arithmetic with broadcasting, every function as `tanh(x)` or `x.tanh()`, axes as `[0]` or `axis = 0`, and
/// `math!("..")` for the notation of the blackboard. Anything else is a compile error at the sub-expression, with a way out.
#[proc_macro_attribute]
pub fn model(attribute: TokenStream, item: TokenStream) -> TokenStream {
    chainrule_compiler::expand(attribute.into(), item.into()).into()
}
