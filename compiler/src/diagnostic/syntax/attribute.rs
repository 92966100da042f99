//! Messages about the settings in `#[model(..)]`.

use crate::diagnostic::messages;

messages! {
    malformed_setting(found: &str) in "#[model(3)] fn m(x: Input) -> Loss { x }"
        says "`{found}` is not a setting of `#[model]`"
        help "write `key = value`, separated by commas";
    unknown_setting(key: &str, hint: &str) in "#[model(los = huber)] fn m(x: Input) -> Output { x }"
        says "`{key}` is not a setting of `#[model]`"
        help "{hint}";
    duplicate_setting(key: &str) in "#[model(scalar = f32, scalar = f64)] fn m(x: Input) -> Loss { x }"
        says "`{key}` is set twice"
        help "keep one of them";
    setting_form(key: &str, form: &str) in "#[model(loss)] fn m(x: Input) -> Output { x }"
        says "`{key}` has no value"
        help "write `{form}`";
    loss_value(found: &str) in "#[model(loss = 3)] fn m(x: Input) -> Output { x }"
        says "`{found}` is not a loss"
        help "write a name as `mean_squared_error`, a name with settings as `huber(1.0)`, or `|prediction, target| ..`";
    loss_setting(found: &str) in "#[model(loss = huber(delta))] fn m(x: Input) -> Output { x }"
        says "the setting `{found}` of the loss is not a number"
        help "write a literal such as `1.0`, or the loss as `|prediction, target| ..`";
    loss_closure_arguments(found: usize) in "#[model(loss = |p| p)] fn m(x: Input) -> Output { x }"
        says "the number of arguments of the loss is {found}, a loss compares two values"
        help "write `|prediction, target| ..`";
    loss_closure_argument(found: &str) in "#[model(loss = |(p, q), t| p)] fn m(x: Input) -> Output { x }"
        says "`{found}` is not a plain name"
        help "write `|prediction, target| ..`, without types or patterns";
    loss_closure_same_names(name: &str) in "#[model(loss = |p, p| p)] fn m(x: Input) -> Output { x }"
        says "prediction and target of the loss are both named `{name}`"
        help "write `|prediction, target| ..`";
    loss_closure_form(found: &str) in "#[model(loss = move |p, t| p - t)] fn m(x: Input) -> Output { x }"
        says "the loss is a closure with `{found}`"
        help "write `|prediction, target| ..`";
    weights_value() in "#[model(weights = 2)] fn m(x: Input, w: Param) -> Loss { x * w }"
        says "`weights` has no value: each example of a batch has its own"
        help "write `weights` alone, and give `batch` one more slice, with a weight for each example";
    unknown_reduction(found: &str, hint: &str) in "#[model(reduction = average)] fn m(x: Input) -> Loss { x }"
        says "`{found}` is not a reduction"
        help "{hint}";
    unknown_scalar(found: &str) in "#[model(scalar = f16)] fn m(x: Input) -> Loss { x }"
        says "`{found}` is not a scalar type of models"
        help "write `f32` or `f64`";
    dims_value(found: &str) in "#[model(dims(3))] fn m(x: Input) -> Loss { x }"
        says "`{found}` is not the name of a dimension"
        help "write names: `dims(N, D)`";
    derivatives_value(found: &str) in "#[model(derivatives(3))] fn m(x: Input, w: Param) -> Loss { x * w }"
        says "`{found}` is not a list of derivatives"
        help "write names: `derivatives(jacobian, hessian)`";
    unknown_derivative(name: &str, hint: &str) in "#[model(derivatives(hesian))] fn m(x: Input, w: Param) -> Loss { x * w }"
        says "`{name}` is not a derivative that models can be asked for"
        help "{hint}";
    duplicate_derivative(name: &str) in "#[model(derivatives(hvp, hvp))] fn m(x: Input, w: Param) -> Loss { x * w }"
        says "the derivative `{name}` is asked for twice"
        help "keep one of them";
    crate_value(found: &str) in "#[model(crate = 3)] fn m(x: Input) -> Loss { x }"
        says "`{found}` is not a path"
        help "write the path of the runtime crate: `crate = ::chainrule`";
    dump_value(found: &str) in "#[model(dump = simplify)] fn m(x: Input) -> Loss { x }"
        says "`{found}` is not a string"
        help "write the stage's name in quotes: `dump = \"simplify\"`";
    missing_loss(name: &str) in "#[model] fn m(x: Input) -> Output { x }"
        says "model `{name}` returns a prediction but has no loss"
        help "name one: `#[model(loss = mean_squared_error)]`, or return `Loss` and compute it in the body";
    loss_twice(name: &str) in "#[model(loss = huber)] fn m(x: Input) -> Loss { x }"
        says "model `{name}` returns its loss, and the attribute names another"
        help "remove `loss = ..`, or return `Output<..>`";
}
