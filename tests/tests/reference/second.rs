//! Second derivatives of a model: against central differences of the gradient, and each other.

use chainrule::check::{check_hessian, check_hessian_vector_product};
use chainrule::derivatives::{Hessian, HessianVectorProduct};
use chainrule::prelude::*;

/// Relative to the largest element: sums in another order.
const TOLERANCE: f64 = 1e-12;

/// The Hessian is symmetric and, like its products with vectors, that of differences of the gradient.
pub fn check_differences<M>(model: &M, batch: &M::Batch<'_>)
where
    M: Hessian + HessianVectorProduct + Model<Scalar = f64>,
{
    check_products(model, batch);
    let check = check_hessian(model, batch).expect("the loss is finite");
    assert!(check.passes(), "{check}");
}

/// Products of the Hessian with vectors are those of differences of the gradient.
pub fn check_products<M>(model: &M, batch: &M::Batch<'_>)
where
    M: HessianVectorProduct + Model<Scalar = f64>,
{
    let check = check_hessian_vector_product(model, batch).expect("the loss is finite");
    assert!(check.passes(), "{check}");
}

/// The products of the Hessian with the unit vectors are its columns, and its rows.
pub fn check_columns<M>(model: &M, batch: &M::Batch<'_>)
where
    M: Hessian + HessianVectorProduct + Model<Scalar = f64>,
{
    let count = model.parameters().len();
    let mut workspace = model.workspace();
    let (mut gradient, mut hessian) = (vec![f64::NAN; count], vec![f64::NAN; count * count]);
    model.hessian_into(batch, &mut gradient, &mut hessian, &mut workspace);
    let largest = hessian.iter().fold(0.0, |most: f64, element| most.max(element.abs()));
    for column in 0..count {
        let mut direction = vec![0.0; count];
        direction[column] = 1.0;
        let mut product = vec![f64::NAN; count];
        model.hessian_vector_product_into(batch, &direction, &mut product, &mut workspace);
        for (row, product) in product.into_iter().enumerate() {
            for element in [hessian[row * count + column], hessian[column * count + row]] {
                let is_close = (product - element).abs() <= TOLERANCE * largest;
                assert!(is_close, "H[{row}, {column}] is {element:e}, the product has {product:e}");
            }
        }
    }
}
