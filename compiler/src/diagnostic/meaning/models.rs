//! Messages about a model as a whole: what it must have, and what it must depend on.

use crate::diagnostic::messages;
use crate::diagnostic::syntax::suggestion;

messages! {
    unused_parameter(name: &str) in "#[model] fn m(x: Input, w: Param, b: Param) -> Loss { x * w }"
        says "the loss does not depend on parameter `{name}`: its gradient would be zero"
        help "use it, remove it, declare it as `Data`, or write `#[allow(unused)]` before it";
    zero_gradient(name: &str) in "#[model] fn m(x: Input, w: Param, b: Param) -> Loss { x * w + sign(b) }"
        says "the gradient for parameter `{name}` is zero everywhere: the loss depends on it only through steps"
        help "use it smoothly, declare it as `Data`, or write `#[allow(unused)]` before it"
        note "`sign`, `floor`, `ceil`, `round` and conditions are constant between their steps, so their derivative is zero";
    constant_loss(name: &str) in "#[model] fn m(x: Input, w: Param) -> Loss { x }"
        says "the loss of `{name}` depends on no parameter: there is nothing to train"
        help "use the parameters in the body";
    nothing_to_train(name: &str) in "#[model] fn m(x: Input) -> Loss { x }"
        says "model `{name}` has no parameter, so there is nothing to train"
        help "declare what is to be trained as `Param`";
    no_residuals(derivative: &str, name: &str) in "#[model(derivatives(jacobian))] fn m(x: Input, w: Param) -> Loss { x * w }"
        says "model `{name}` has no prediction, so there are no residuals for `{derivative}`"
        help "return an `Output<..>` and name the loss in the attribute, or ask for `hvp` or `hessian`, which are of the loss";
    residuals_of_class(derivative: &str, name: &str) in "#[model(loss = cross_entropy, derivatives(jacobian))] fn m(x: Input, w: Param<3>) -> Output<3> { x * w }"
        says "the loss of `{name}` compares the prediction with a class, so there are no residuals for `{derivative}`"
        help "ask for `hvp` or `hessian`, which are of the loss";
    residuals_of_shape(derivative: &str, name: &str) in "#[model(loss = gaussian, derivatives(jacobian))] fn m(x: Input, w: Param<2>) -> Output<2> { x * w }"
        says "the loss of `{name}` compares the prediction with a target of another shape, so there are no residuals for `{derivative}`"
        help "ask for `hvp` or `hessian`, which are of the loss";
    residuals_with_weights(derivative: &str, name: &str) in "#[model(loss = squared_error, weights, derivatives(jacobian))] fn m(x: Input, w: Param) -> Output { x * w }"
        says "the examples of `{name}` have weights, which the residuals for `{derivative}` do not have"
        help "remove `weights`, or ask for `hvp` or `hessian`, which are of the loss";
    nothing_to_weigh(name: &str) in "#[model(weights)] fn m(w: Param) -> Loss { w * w }"
        says "the loss of `{name}` has no examples that weights could be of"
        help "remove `weights`";
    no_real_input(name: &str) in "#[model(derivatives(inputs))] fn m(w: Param) -> Loss { w * w }"
        says "model `{name}` has no `Input` to take derivatives for"
        help "declare what differs from example to example as `Input`";
    literal_out_of_range(number: &str, becomes: &str) in "#[model] fn m(x: Input, w: Param) -> Loss { x * w * 1e39 }"
        says "`{number}` is outside the range of `f32`, where it would be {becomes}"
        help "write `scalar = f64` in the attribute, or scale the values"
        note "magnitudes of `f32` lie between 1.4e-45 and 3.4e38";
    unknown_stage(found: &str, stages: &[&str]) in "#[model(dump = \"simplfy\")] fn m(x: Input, w: Param) -> Loss { x * w }"
        with hint = suggestion(found, stages),
        says "`{found}` is not a stage of the compiler"
        help "{hint}";
}
