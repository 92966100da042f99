//! Messages about meaning: names, arities, shapes, losses.
//!
//! Each message is a function named after its code; [`CATALOGUE`] has the smallest program that triggers it, and a test compiles them all.

use super::Diagnostic;
use crate::ir::Dim;
use crate::tree::Position;

/// A shape as messages print it: `[4, H]`.
pub fn shape_text(shape: &[Dim]) -> String {
    let extents: Vec<String> = shape.iter().map(Dim::to_string).collect();
    format!("[{}]", extents.join(", "))
}

/// A name that is neither an argument nor a `let` nor a built-in.
pub fn unknown_name(at: Position, name: &str, meant: Option<&str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new("unknown_name", at, format!("`{name}` is not a declared name"));
    match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => {
            diagnostic.help("declare it as an argument (`Input`, `Param`, `Data`) or with `let`")
        }
    }
}

/// A function nobody knows.
pub fn unknown_function(at: Position, name: &str, meant: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        "unknown_function",
        at,
        format!("`{name}` is not an operation of the language"),
    );
    match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help("the crate documentation lists every operation"),
    }
}

/// A call with too many or too few arguments.
pub fn wrong_number_of_arguments(
    at: Position,
    name: &str,
    expected: &str,
    found: usize,
) -> Diagnostic {
    let plural = if expected == "1" { "argument" } else { "arguments" };
    Diagnostic::new(
        "wrong_number_of_arguments",
        at,
        format!("`{name}` takes {expected} {plural}, found {found}"),
    )
    .help(format!("a method's receiver counts: `x.{name}()` is `{name}(x)`"))
}

/// A named argument the function does not have.
pub fn unknown_named_argument(
    at: Position,
    function: &str,
    name: &str,
    known: &[&str],
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        "unknown_named_argument",
        at,
        format!("`{function}` has no argument called `{name}`"),
    );
    if known.is_empty() {
        diagnostic.help("its arguments are given by position")
    } else {
        diagnostic.help(format!("it has {}", list(known)))
    }
}

/// Two shapes that do not broadcast.
pub fn cannot_broadcast(
    at: Position,
    what: &str,
    [left, right]: [&str; 2],
    [left_shape, right_shape]: [&[Dim]; 2],
    [left_extent, right_extent]: [&Dim; 2],
    axis: usize,
) -> Diagnostic {
    Diagnostic::new(
        "cannot_broadcast",
        at,
        format!("cannot {what} `{left}` and `{right}`: extents {left_extent} and {right_extent} differ in axis {axis}"),
    )
    .help("two extents meet when they are equal or one of them is 1; shapes are aligned at their last axis")
    .note(format!("`{left}` is {}, `{right}` is {}", shape_text(left_shape), shape_text(right_shape)))
}

/// Two inner dimensions that differ.
pub fn inner_dimensions_differ(
    at: Position,
    [left, right]: [&str; 2],
    [left_shape, right_shape]: [&[Dim]; 2],
    [left_extent, right_extent]: [&Dim; 2],
) -> Diagnostic {
    Diagnostic::new(
        "inner_dimensions_differ",
        at,
        format!(
            "cannot multiply `{left}` {} by `{right}` {}: inner dimensions {left_extent} and {right_extent} differ",
            shape_text(left_shape),
            shape_text(right_shape)
        ),
    )
    .help(format!("the last axis of `{left}` meets the first axis of `{right}`; declare them with the same extent"))
}

/// Extents whose equality depends on values that are chosen later.
pub fn undecidable_extents(at: Position, left: &Dim, right: &Dim) -> Diagnostic {
    Diagnostic::new(
        "undecidable_extents",
        at,
        format!("cannot decide whether the extents `{left}` and `{right}` are equal"),
    )
    .help("give both axes the same name, or the same arithmetic of names")
    .note("two different names are two different dimensions, whatever values they get")
}

/// An extent that is zero or negative, or a shape too large for an address.
pub fn impossible_extent(at: Position, name: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(
        "impossible_extent",
        at,
        format!("the shape of `{name}` is impossible: {reason}"),
    )
    .help("every extent is at least 1, and the number of elements fits an address")
}

/// An operation on an array of the wrong rank.
pub fn wrong_rank(
    at: Position,
    function: &str,
    value: &str,
    shape: &[Dim],
    expected: &str,
) -> Diagnostic {
    Diagnostic::new(
        "wrong_rank",
        at,
        format!("`{function}` needs {expected}, found `{value}` of shape {}", shape_text(shape)),
    )
}

/// An axis that is not there.
pub fn axis_out_of_range(at: Position, axis: i64, value: &str, shape: &[Dim]) -> Diagnostic {
    let rank = shape.len();
    let diagnostic = Diagnostic::new(
        "axis_out_of_range",
        at,
        format!("axis {axis} is out of range for `{value}` of shape {}", shape_text(shape)),
    );
    match rank {
        0 => diagnostic.help("a scalar has no axes; leave the axis out"),
        1 => diagnostic.help("its only axis is 0, or -1 counted from the end"),
        _ => diagnostic
            .help(format!("its axes are 0 to {}, or -1 to -{rank} counted from the end", rank - 1)),
    }
}

/// An axis named twice.
pub fn axis_repeated(at: Position, axis: usize) -> Diagnostic {
    Diagnostic::new("axis_repeated", at, format!("axis {axis} is named twice"))
        .help("name each axis once")
}

/// Something that is not a list of axes where one is needed.
pub fn not_axes(at: Position, function: &str) -> Diagnostic {
    Diagnostic::new("not_axes", at, format!("`{function}` needs its axes as integer literals"))
        .help("write `[0]`, `[0, 1]` or `axis = 0`; leave it out for the default")
}

/// An exponent, slice or setting that must be written as a number.
pub fn not_a_literal(at: Position, function: &str, argument: &str, what: &str) -> Diagnostic {
    Diagnostic::new(
        "not_a_literal",
        at,
        format!("`{argument}` of `{function}` must be {what}, written out"),
    )
    .help(match what {
        "an integer" => "for a real or computed exponent use `powf`",
        _ => "write the number itself",
    })
}

/// An array where a single value or axes make no sense, or the reverse.
pub fn not_a_value(at: Position, found: &str) -> Diagnostic {
    Diagnostic::new("not_a_value", at, format!("{found} is not a value to compute with"))
}

/// A class index used as a number.
pub fn class_is_not_a_number(at: Position, name: &str) -> Diagnostic {
    Diagnostic::new("class_is_not_a_number", at, format!("`{name}` is an index, not a number"))
        .help(
            "use it as the class of `cross_entropy(logits, class)` or in `one_hot(class, logits)`",
        )
}

/// A number used as a class index.
pub fn number_is_not_a_class(at: Position, function: &str, value: &str) -> Diagnostic {
    Diagnostic::new(
        "number_is_not_a_class",
        at,
        format!("`{function}` needs a class index, found the number `{value}`"),
    )
    .help("declare it as `Index<V>`; for targets that are probabilities use `soft_cross_entropy`")
}

/// A class index with another bound than the logits have.
pub fn class_bound_differs(at: Position, bound: &Dim, logits: &[Dim]) -> Diagnostic {
    Diagnostic::new(
        "class_bound_differs",
        at,
        format!(
            "the class is an index below {bound}, but the logits have shape {}",
            shape_text(logits)
        ),
    )
    .help("declare the index with the extent of the last axis of the logits")
}

/// A specification `einsum` does not understand.
pub fn einsum_specification(at: Position, problem: &str) -> Diagnostic {
    Diagnostic::new("einsum_specification", at, format!("this `einsum` specification {problem}"))
        .help("one letter per axis, operands separated by commas, the result after `->`: `einsum(\"ij,jk->ik\", a, b)`")
}

/// A prediction of another shape than declared.
pub fn output_shape_differs(at: Position, declared: &[Dim], found: &[Dim]) -> Diagnostic {
    let message = if declared.len() == found.len() {
        format!(
            "the function returns shape {}, but its `Output` is declared {}",
            shape_text(found),
            shape_text(declared)
        )
    } else {
        format!(
            "the function returns shape {} of rank {}, but its `Output` is declared {} of rank {}",
            shape_text(found),
            found.len(),
            shape_text(declared),
            declared.len()
        )
    };
    let extents: Vec<String> = found.iter().map(Dim::to_string).collect();
    let spelled =
        if found.is_empty() { "Output".into() } else { format!("Output<{}>", extents.join(", ")) };
    Diagnostic::new("output_shape_differs", at, message)
        .help(format!("declare `-> {spelled}`, or change the body"))
}

/// A loss that is not a single number per example.
pub fn loss_is_not_scalar(at: Position, shape: &[Dim]) -> Diagnostic {
    Diagnostic::new(
        "loss_is_not_scalar",
        at,
        format!("the loss of one example has shape {}", shape_text(shape)),
    )
    .help("a loss is one number: reduce it with `sum(..)` or `mean(..)`")
}

/// A loss by a name the library does not have.
pub fn unknown_loss(at: Position, name: &str, meant: Option<&str>, known: &[&str]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new("unknown_loss", at, format!("`{name}` is not a loss of the library"));
    match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help(format!(
            "there are {}; or give a closure `|prediction, target| ..`",
            list(known)
        )),
    }
}

/// A prediction the loss cannot be applied to.
pub fn loss_needs_shape(at: Position, loss: &str, needs: &str, found: &[Dim]) -> Diagnostic {
    Diagnostic::new(
        "loss_needs_shape",
        at,
        format!("`{loss}` needs {needs}, found a prediction of shape {}", shape_text(found)),
    )
}

/// A parameter without influence on the loss.
pub fn unused_parameter(at: Position, name: &str) -> Diagnostic {
    Diagnostic::new(
        "unused_parameter",
        at,
        format!("the loss does not depend on the parameter `{name}`: its gradient would be zero"),
    )
    .help("use it, remove it, declare it as `Data`, or write `#[allow(unused)]` before it")
}

/// A model that has nothing to train or no examples.
pub fn nothing_to_train(at: Position, name: &str) -> Diagnostic {
    Diagnostic::new(
        "nothing_to_train",
        at,
        format!("`{name}` has no parameter, so there is nothing to differentiate for"),
    )
    .help("declare what is to be trained as `Param`")
}

/// A model without any input.
pub fn no_input(at: Position, name: &str) -> Diagnostic {
    Diagnostic::new("no_input", at, format!("`{name}` has no input, so there are no examples"))
        .help("declare what differs from example to example as `Input`")
}

/// A failure inside the compiler.
pub fn bug(at: Position, problem: &str) -> Diagnostic {
    Diagnostic::new("bug", at, format!("chainrule failed on this model: {problem}")).help(
        "this is a bug of chainrule, not of the model; please report it with the function above",
    )
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
