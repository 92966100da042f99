//! A model on the numbers the script drew, beside the loss and gradient it found.

/// Relative to the largest part of a gradient: sums of tens of terms, each good to a few units in the last place.
const TOLERANCE: f64 = 1e-12;

/// What a central difference of step [`STEP`] loses to its third derivative and to rounding, relative to the largest slope.
const TOLERANCE_OF_DIFFERENCES: f64 = 1e-6;

/// The cube root of the distance between numbers near 1.
const STEP: f64 = 6e-6;

/// What the script printed of one model.
pub struct Reference {
    lines: Vec<(String, String, Vec<f64>)>,
}

impl Reference {
    /// The section of a model in the file of its family.
    pub fn of(family: &str, model: &str) -> Reference {
        let mut sections = family.split("model ").filter_map(|section| section.split_once('\n'));
        let (_, body) =
            sections.find(|(name, _)| *name == model).expect("the script has the model");
        let line = |line: &str| {
            let mut words = line.split(' ');
            let kind = words.next().unwrap_or_default().to_owned();
            let name =
                if kind == "loss" { "" } else { words.next().unwrap_or_default() }.to_owned();
            let numbers = words.map(|word| word.parse().expect("a number")).collect();
            (kind, name, numbers)
        };
        Reference { lines: body.lines().map(line).collect() }
    }

    /// All numbers of one kind, in the order of the signature.
    pub fn all(&self, kind: &str) -> Vec<f64> {
        let lines = self.lines.iter().filter(|(found, ..)| found == kind);
        lines.flat_map(|(.., numbers)| numbers.clone()).collect()
    }

    /// An argument of numbers.
    pub fn reals(&self, name: &str) -> Vec<f64> {
        let mut lines = self.lines.iter();
        let is_wanted = |(kind, known, _): &&(String, String, Vec<f64>)| {
            matches!(kind.as_str(), "input" | "data") && known == name
        };
        lines.find(is_wanted).expect("the script has the argument").2.clone()
    }

    /// An argument of classes.
    pub fn classes(&self, name: &str) -> Vec<u32> {
        let is_wanted = |line: &&(String, String, Vec<f64>)| line.0 == "class" && line.1 == name;
        let line = self.lines.iter().find(is_wanted).expect("the script has the argument");
        line.2.iter().map(|&class| class as u32).collect()
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
        &$reference.reals(stringify!($name))
    };
}

/// Models of a family, and for each a test on the script's values:
/// `#[model(..)] fn name(..) -> .. { .. } as Name(caller's arguments)`.
macro_rules! compare {
    ($family:literal; $($(#[model($($setting:tt)*)])? fn $name:ident($($signature:tt)*) -> $result:ty $body:block as $model:ident($($($word:ident)+),*);)*) => {
        $(
            #[model(scalar = f64, $($($setting)*)?)]
            fn $name($($signature)*) -> $result $body

            #[test]
            #[allow(non_snake_case)]
            fn $model() {
                let family = include_str!(concat!("../../reference/values/", $family, ".txt"));
                let reference = $crate::compare::Reference::of(family, stringify!($name));
                let model = $model::from_parameters(reference.all("param")).expect("all are there");
                compare!(@run reference, model, $model, [], $(($($word)+))*)
            }
        )*
    };
    (@run $reference:ident, $value:ident, $model:ident, [$($argument:expr,)*], ($($word:ident)+) $($rest:tt)*) => {
        compare!(@run $reference, $value, $model, [$($argument,)* argument!($reference, $($word)+),], $($rest)*)
    };
    (@run $reference:ident, $value:ident, $model:ident, [$($argument:expr,)*],) => {{
        let compare = |batch: Result<_, _>| {
            let batch = batch.expect("the rows fit");
            let (loss, gradient) = $value.loss_and_gradient(&batch);
            let loss_of = |theta| $model::from_parameters(theta).expect("as many").loss(&batch);
            $reference.check(loss, gradient.parameters(), &loss_of);
        };
        compare($model::batch($($argument),*));
    }};
}

pub(crate) use {argument, compare};
