//! What the README shows is what the compiler prints.

use chainrule::prelude::*;

const README: &str = include_str!("../../README.md");

#[model(loss = mean_squared_error)]
fn mlp<const D: usize, const H: usize, const O: usize>(
    x: Input<D>,
    w1: Param<D, H>,
    b1: Param<H>,
    w2: Param<H, O>,
    b2: Param<O>,
) -> Output<O> {
    sigmoid(x.dot(w1) + b1).dot(w2) + b2
}

/// The part of the README in a fence that begins with `start`.
fn block(start: &str) -> &'static str {
    let first = README.find(start).expect("the README has the block");
    let (block, _) = README[first..].split_once("```").expect("the fence is closed");
    block
}

#[test]
fn equations_are_those_of_the_two_layer_perceptron() {
    let equations = Mlp::<2, 16, 1>::equations();
    assert!(equations.starts_with(block("Mlp: the model")), "{equations}");
}

#[test]
fn the_error_is_the_compilers() {
    let tokens = chainrule_compiler::expand(
        quote::quote!(loss = mean_squared_error),
        quote::quote! {
            fn mlp(x: Input<4>, w1: Param<4, 16>, b1: Param<8>, w2: Param<16, 3>) -> Output<3> {
                let hidden = sigmoid(x.dot(w1) + b1);
                hidden.dot(w2)
            }
        },
    );
    let block = block("cannot add `x·w1`");
    let message = block.lines().take(3).map(str::trim).collect::<Vec<_>>().join("\\n");
    let tokens = tokens.to_string();
    assert!(tokens.contains(&message), "{message}\n{tokens}");
}
