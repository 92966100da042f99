//! A model on the numbers the script drew, beside the loss and gradient it found.

use crate::values::Reference;

/// Relative to the largest part of a gradient: sums of tens of terms, each good to a few units in the last place.
const TOLERANCE: f64 = 1e-12;

/// What a central difference of step [`STEP`] loses to its third derivative and to rounding, relative to the largest slope.
const TOLERANCE_OF_DIFFERENCES: f64 = 1e-6;

/// The cube root of the distance between numbers near 1.
const STEP: f64 = 6e-6;

impl Reference {
    /// An argument of classes.
    pub fn classes(&self, name: &str) -> Vec<u32> {
        self.argument(name).iter().map(|&class| class as u32).collect()
    }

    /// Compares with the script's loss and gradient, and the gradient with differences of the loss of parameters.
    ///
    /// The loss alone may multiply its matrices in another order than the loss beside the gradient.
    pub fn check(&self, loss: f64, gradient: &[f64], loss_of: &dyn Fn(Vec<f64>) -> f64) {
        let theta = self.all("param");
        let right = self.all("loss")[0];
        for loss in [loss, loss_of(theta.clone())] {
            let is_close = (loss - right).abs() <= TOLERANCE * right.abs();
            assert!(is_close, "loss {loss}, {right} is right");
        }
        close(gradient, &self.all("gradient"), TOLERANCE);
        let difference = |place: usize| {
            let step = STEP * theta[place].abs().max(1.0);
            let moved = |step: f64| {
                let mut theta = theta.clone();
                theta[place] += step;
                loss_of(theta)
            };
            (moved(step) - moved(-step)) / (2.0 * step)
        };
        let differences: Vec<f64> = (0..theta.len()).map(difference).collect();
        close(gradient, &differences, TOLERANCE_OF_DIFFERENCES);
    }
}

/// Compares relative to the largest slope.
fn close(gradient: &[f64], right: &[f64], tolerance: f64) {
    assert_eq!(gradient.len(), right.len());
    let largest = right.iter().fold(0.0, |most: f64, slope| most.max(slope.abs()));
    for (place, (found, right)) in gradient.iter().zip(right).enumerate() {
        let is_close = (found - right).abs() <= tolerance * largest;
        assert!(is_close, "slope {place} is {found}, {right} is right");
    }
}

macro_rules! argument {
    ($reference:ident, class $name:ident) => {
        &$reference.classes(stringify!($name))
    };
    ($reference:ident, $name:ident) => {
        &$reference.argument(stringify!($name))
    };
}

/// Models of a family, and for each a test on the script's values:
/// `#[model(..)] fn name(..) -> .. { .. } as Name(caller's arguments)`.
///
/// A word after that says what is not asked of the second derivatives: `kink`, differences, which have none there; `large`, a Hessian,
/// whose code would be most of what this crate compiles; `cancels`, anything, as the formula loses most of its digits.
macro_rules! compare {
    ($family:literal; $($(#[model($($setting:tt)*)])? fn $name:ident($($signature:tt)*) -> $result:ty $body:block as $model:ident($($($word:ident)+),*) $($mark:ident)?;)*) => {
        $(
            compare!(@model [$($mark)?] [$($($setting)*)?] fn $name($($signature)*) -> $result $body);

            #[test]
            #[allow(non_snake_case)]
            fn $model() {
                let family = include_str!(concat!("../../reference/values/", $family, ".txt"));
                let reference = $crate::values::Reference::of(family, stringify!($name));
                let model = $model::from_parameters(reference.all("param")).expect("all are there");
                compare!(@run [$($mark)?] reference, model, $model, [], $(($($word)+))*)
            }
        )*
    };
    (@model [large] [$($setting:tt)*] $($function:tt)*) => {
        #[model(scalar = f64, derivatives(hvp), $($setting)*)]
        $($function)*
    };
    (@model [$($mark:ident)?] [$($setting:tt)*] $($function:tt)*) => {
        #[model(scalar = f64, derivatives(hvp, hessian), $($setting)*)]
        $($function)*
    };
    (@second [] $model:expr, $batch:expr) => {
        $crate::second::check_differences($model, $batch);
        $crate::second::check_columns($model, $batch);
    };
    (@second [kink] $model:expr, $batch:expr) => {
        $crate::second::check_columns($model, $batch);
    };
    (@second [large] $model:expr, $batch:expr) => {
        $crate::second::check_products($model, $batch);
    };
    (@second [cancels] $model:expr, $batch:expr) => {};
    (@run [$($mark:ident)?] $reference:ident, $value:ident, $model:ident, [$($argument:expr,)*], ($($word:ident)+) $($rest:tt)*) => {
        compare!(@run [$($mark)?] $reference, $value, $model, [$($argument,)* argument!($reference, $($word)+),], $($rest)*)
    };
    (@run [$($mark:ident)?] $reference:ident, $value:ident, $model:ident, [$($argument:expr,)*],) => {{
        let compare = |batch: Result<_, _>| {
            let batch = batch.expect("the rows fit");
            let (loss, gradient) = $value.loss_and_gradient(&batch);
            let loss_of = |theta| $model::from_parameters(theta).expect("as many").loss(&batch);
            $reference.check(loss, gradient.parameters(), &loss_of);
            compare!(@second [$($mark)?] &$value, &batch);
        };
        compare($model::batch($($argument),*));
    }};
}

pub(crate) use {argument, compare};
