//! A function at the standard start and at one more point, beside what the script found.

use chainrule::prelude::*;

use crate::values::Reference;

/// What is asked of each element, relative to it.
const TOLERANCE: f64 = 1e-10;

/// What cancellation may leave of an element beside the largest of its kind: eight units in the last place of it.
const ROUNDING: f64 = 8.0 * f64::EPSILON;

const VALUES: &str = include_str!("../../reference/values/optimization.txt");

/// The reference of a function, by its model's name in the script, at both points.
pub fn at_both_points(name: &str) -> [Reference; 2] {
    ["start", "further"].map(|point| Reference::of(VALUES, &format!("{name} {point}")))
}

/// Compares with the script's value and gradient.
pub fn check<M: Model<Scalar = f64>>(model: &M, batch: &M::Batch<'_>, right: &Reference) {
    let mut workspace = model.workspace();
    let mut gradient = vec![f64::NAN; model.parameters().len()];
    let loss = model.loss_and_gradient_into(batch, &mut gradient, &mut workspace);
    close("value", &[loss], &right.all("loss"));
    close("gradient", &gradient, &right.all("gradient"));
}

/// Compares element by element.
fn close(what: &str, found: &[f64], right: &[f64]) {
    assert_eq!(found.len(), right.len(), "{what}");
    let largest = right.iter().fold(0.0, |most: f64, element| most.max(element.abs()));
    for (place, (found, right)) in found.iter().zip(right).enumerate() {
        let is_close = (found - right).abs() <= TOLERANCE * right.abs() + ROUNDING * largest;
        assert!(is_close, "{what} {place} is {found:e}, {right:e} is right");
    }
}

/// Functions, and for each a test: `fn name(..) -> .. { .. } as Name(caller's arguments);`, of one observation or whole.
macro_rules! functions {
    ($(fn $name:ident($($signature:tt)*) -> $result:ident $body:block as $model:ident($($argument:ident),*);)*) => {
        $(
            functions!(@model $result, $name, ($($signature)*), $body);

            #[test]
            #[allow(non_snake_case)]
            fn $model() {
                for right in $crate::compare::at_both_points(stringify!($name)) {
                    let model = $model::from_parameters(right.all("param")).expect("all are there");
                    $(let $argument = right.argument(stringify!($argument));)*
                    let batch = $model::batch($(&$argument),*).expect("the rows fit");
                    $crate::compare::check(&model, &batch, &right);
                }
            }
        )*
    };
    (@model Loss, $name:ident, ($($signature:tt)*), $body:block) => {
        #[model(scalar = f64)]
        fn $name($($signature)*) -> Loss $body
    };
    (@model Output, $name:ident, ($($signature:tt)*), $body:block) => {
        #[model(scalar = f64, loss = squared_error, reduction = sum)]
        fn $name($($signature)*) -> Output $body
    };
}

pub(crate) use functions;
