//! Messages about loops, choices, assignments and indexing.

use crate::diagnostic::messages;

messages! {
    endless_loop(keyword: &str) in "#[model] fn m(x: Input) -> Loss { while x < 1.0 { } x }"
        says "`{keyword}` has no bound known in advance, so it cannot be differentiated"
        help "write `for step in 0..n {{ .. }}` with as many steps as may be needed; `if` keeps a value that has converged";
    jump(keyword: &str) in "#[model] fn m(x: Input) -> Loss { return x; }"
        says "`{keyword}` leaves the body early, a model has one value"
        help "make the value the last expression of the body; choose with `if c {{ .. }} else {{ .. }}`";
    match_in_body() in "#[model] fn m(x: Input) -> Loss { match x { _ => x } }"
        says "`match` is not part of the language of models"
        help "write the choice with `if c {{ .. }} else if d {{ .. }} else {{ .. }}`";
    if_let() in "#[model] fn m(x: Input) -> Loss { if let a = x { a } else { x } }"
        says "`let` in a condition is not part of the language of models: nothing in it is an enum"
        help "bind the name before: `let a = ..;`";
    if_without_else() in "#[model] fn m(x: Input) -> Loss { if x > 0.0 { x } }"
        says "`if` has no `else`: where the condition does not hold there is no value"
        help "add `else {{ .. }}`";
    if_assigns(target: &str) in "#[model] fn m(x: Input) -> Loss { let mut a = x; if x > 0.0 { a = 2.0; } a }"
        says "a branch of `if` assigns to `{target}`, but `if` is a value"
        help "write `{target} = if c {{ .. }} else {{ {target} }};`";
    loop_pattern(found: &str) in "#[model] fn m(x: Input) -> Loss { let mut a = x; for (i, b) in 0..3 { a = x; } a }"
        says "the counter `{found}` is not a name"
        help "write `for i in 0..n {{ .. }}`, and index with `i`";
    loop_label(label: &str) in "#[model] fn m(x: Input) -> Loss { let mut a = x; 'a: for i in 0..3 { a = x; } a }"
        says "the label `{label}` has no use: no loop of a model ends early"
        help "remove it";
    loop_over_values(found: &str) in "#[model] fn m(x: Input<3>) -> Loss { let mut a = 0.0; for y in x { a = y; } a }"
        says "a loop of a model counts, but `{found}` is not a range of integers"
        help "write `for i in 0..n {{ .. }}`, and read the `i`th part with `[i]`";
    loop_order(method: &str) in "#[model] fn m(x: Input) -> Loss { let mut a = x; for i in (0..9).step_by(2) { a = x; } a }"
        says "`{method}` is not an order a loop of a model can run in"
        help "write `for i in 0..n` or `for i in (0..n).rev()`; for a stride, index with `2 * i`";
    open_loop(range: &str) in "#[model] fn m(x: Input) -> Loss { let mut a = x; for i in 0.. { a = x; } a }"
        says "the loop over `{range}` has no end"
        help "write both bounds, as in `0..n`";
    loop_without_value() in "#[model] fn m(x: Input) -> Loss { let a = for i in 0..3 { let b = x; }; a }"
        says "the steps of this loop end without a value, so there is nothing to collect"
        help "end the body with an expression, without `;`: it is collected along a new first axis";
    checkpoint(found: &str) in "#[model] fn m(x: Input) -> Loss { let mut a = x; #[checkpoint(8)] for i in 0..3 { a = x; } a }"
        says "`#[{found}]` does not say how many steps lie between two checkpoints"
        help "write `#[checkpoint(every = 8)]` once, with an integer of at least 1";
    checkpoint_place() in "#[model] fn m(x: Input) -> Loss { #[checkpoint(every = 8)] let a = x; a }"
        says "`#[checkpoint(..)]` is for loops"
        help "remove it, or write it before `for`";
    assigned_element(target: &str) in "#[model] fn m(x: Input<3>) -> Loss { let mut a = x; a[0] = 2.0; sum(a) }"
        says "`{target}` is an element of an array, which cannot be assigned alone"
        help "collect the elements: `let a = for i in 0..n {{ .. }};`, or join parts with `concat`";
    assigned_expression(target: &str) in "#[model] fn m(x: Input) -> Loss { exp(x) = 2.0; x }"
        says "`{target}` is not a name, so it cannot be assigned to"
        help "assign to a name declared by `let mut`";
    assigned_unknown(name: &str) in "#[model] fn m(x: Input) -> Loss { a = x; a }"
        says "`{name}` is assigned to, but it is not declared"
        help "write `let {name} = ..;`, or `let mut {name} = ..;` if a loop changes it";
    assigned_constant(name: &str) in "#[model] fn m(x: Input) -> Loss { x = 2.0; x }"
        says "`{name}` is assigned to, but it is not declared `mut`"
        help "declare it by `let mut {name} = ..;`, or bind a new value by `let {name} = ..;`";
    assigned_counter(name: &str) in "#[model] fn m(x: Input) -> Loss { let mut a = x; for i in 0..3 { i = 2; a = x; } a }"
        says "`{name}` counts the steps of the loop, so it cannot be assigned to"
        help "compute with it: `2 * {name} + 1` is an index too";
    assigned_surrounding(name: &str) in "#[model] fn m(x: Input) -> Loss { let mut a = x; let b = { a = 2.0; a }; b }"
        says "`{name}` is declared outside of the block that assigns to it, and the block is a value"
        help "assign the value of the block: `{name} = {{ .. }};`";
    no_place() in "#[model] fn m(x: Input<3>) -> Loss { x[()] }"
        says "the index is empty"
        help "write an integer, a range, or a place for each axis: `w[i]`, `w[1..4]`, `w[(.., j)]`";
    place_order(method: &str) in "#[model] fn m(x: Input<3>) -> Loss { sum(x[(0..3).rev()]) }"
        says "`{method}` does not make a part of an array"
        help "write `(a..b).step_by(k)` for every `k`th place; `reverse(x, axis = 0)` turns an axis around";
}
