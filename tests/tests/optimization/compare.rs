//! A function at the standard start and at one more point, beside what the script found.

use chainrule::derivatives::{
    GaussNewton, Hessian, HessianVectorProduct, Jacobian, JacobianVectorProduct, MatrixOrder,
    VectorJacobianProduct,
};
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

/// Compares with the script's value, gradient and Hessian, and products with the Hessian with its columns.
pub fn check_loss<M>(model: &M, batch: &M::Batch<'_>, right: &Reference)
where
    M: Hessian + HessianVectorProduct + Model<Scalar = f64>,
{
    let count = model.parameters().len();
    let mut workspace = model.workspace();
    let mut gradient = vec![f64::NAN; count];
    let loss = model.loss_and_gradient_into(batch, &mut gradient, &mut workspace);
    close("value", &[loss], &right.all("loss"));
    close("gradient", &gradient, &right.all("gradient"));
    let mut hessian = vec![f64::NAN; count * count];
    let loss = model.hessian_into(batch, &mut gradient, &mut hessian, &mut workspace);
    close("value beside the Hessian", &[loss], &right.all("loss"));
    close("gradient beside the Hessian", &gradient, &right.all("gradient"));
    close("Hessian", &hessian, &right.all("hessian"));
    let mut products = Vec::new();
    for place in 0..count {
        let mut direction = vec![0.0; count];
        direction[place] = 1.0;
        let mut product = vec![f64::NAN; count];
        model.hessian_vector_product_into(batch, &direction, &mut product, &mut workspace);
        products.extend(product);
    }
    close("product with the Hessian", &products, &right.all("hessian"));
}

/// Compares with the script's residuals and Jacobian, and the products of it with those of the script.
pub fn check_residuals<M>(model: &M, batch: &M::Batch<'_>, right: &Reference)
where
    M: Jacobian + JacobianVectorProduct + VectorJacobianProduct + GaussNewton,
    M: Model<Scalar = f64>,
{
    let (count, rows) = (model.parameters().len(), M::rows(batch) * model.residual_width());
    let mut workspace = model.workspace();
    let (mut residuals, mut jacobian) = (vec![f64::NAN; rows], vec![f64::NAN; rows * count]);
    let order = MatrixOrder::RowMajor;
    model.residuals_and_jacobian_into(batch, &mut residuals, &mut jacobian, order, &mut workspace);
    let matrix = right.all("jacobian");
    close("residual", &residuals, &right.all("residuals"));
    close("Jacobian", &jacobian, &matrix);

    let column = |place: usize| (0..rows).map(|row| matrix[row * count + place]).collect();
    let columns: Vec<Vec<f64>> = (0..count).map(column).collect();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let all_dot = |b: &[f64]| columns.iter().map(|column| dot(column, b)).collect::<Vec<f64>>();
    for (place, column) in columns.iter().enumerate() {
        let mut direction = vec![0.0; count];
        direction[place] = 1.0;
        let mut product = vec![f64::NAN; rows];
        model.jacobian_vector_product_into(batch, &direction, &mut product, &mut workspace);
        close("product with the Jacobian", &product, column);
    }
    let mut gradient = vec![f64::NAN; count];
    model.vector_jacobian_product_into(batch, &residuals, &mut gradient, &mut workspace);
    close("product of the residuals with the Jacobian", &gradient, &all_dot(&residuals));
    let mut normal = vec![f64::NAN; count * count];
    let square = model.normal_equations_into(batch, &mut normal, &mut gradient, &mut workspace);
    close("sum of squares", &[square], &right.all("loss"));
    close("right-hand side", &gradient, &all_dot(&residuals));
    let squares: Vec<f64> = columns.iter().flat_map(|column| all_dot(column)).collect();
    close("normal matrix", &normal, &squares);
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
                    $crate::compare::check_loss(&model, &batch, &right);
                    functions!(@residuals $result, model, batch, right);
                }
            }
        )*
    };
    (@model Loss, $name:ident, ($($signature:tt)*), $body:block) => {
        #[model(scalar = f64, derivatives(hvp, hessian))]
        fn $name($($signature)*) -> Loss $body
    };
    (@model Output, $name:ident, ($($signature:tt)*), $body:block) => {
        #[model(scalar = f64, loss = squared_error, reduction = sum, derivatives(hvp, hessian, jacobian, jvp, vjp, gauss_newton))]
        fn $name($($signature)*) -> Output $body
    };
    (@residuals Loss, $model:ident, $batch:ident, $right:ident) => {};
    (@residuals Output, $model:ident, $batch:ident, $right:ident) => {
        $crate::compare::check_residuals(&$model, &$batch, &$right);
    };
}

pub(crate) use functions;
