//! Checks of second derivatives and of derivatives of residuals.

use crate::check::{
    DerivativeCheck, check_hessian, check_hessian_vector_product, check_jacobian,
    check_jacobian_vector_product, check_normal_equations, check_vector_jacobian_product,
};
use crate::derivatives::{
    GaussNewton, Hessian, HessianVectorProduct, Jacobian, JacobianVectorProduct, MatrixOrder,
    Residuals, VectorJacobianProduct,
};
use crate::error::Error;
use crate::least_squares::{LeastSquares, LeastSquaresBatch};
use crate::model::Model;

use super::{Spoil, Spoiled, X, Y};

/// The Jacobian of least squares, a row for each example.
fn rows() -> Vec<[f64; 3]> {
    X.chunks_exact(2).map(|x| [x[0], x[1], 1.0]).collect()
}

impl Residuals for Spoiled {
    fn residual_width(&self) -> usize {
        1
    }

    fn residuals_into(&self, _: &LeastSquaresBatch<'_, f64>, residuals: &mut [f64], (): &mut ()) {
        for ((residual, row), y) in residuals.iter_mut().zip(rows()).zip(Y) {
            *residual = row.iter().zip(self.parameters()).map(|(x, w)| x * w).sum::<f64>() - y;
        }
    }
}

impl Jacobian for Spoiled {
    fn residuals_and_jacobian_into(
        &self,
        batch: &LeastSquaresBatch<'_, f64>,
        residuals: &mut [f64],
        jacobian: &mut [f64],
        order: MatrixOrder,
        (): &mut (),
    ) {
        self.residuals_into(batch, residuals, &mut ());
        for (i, row) in rows().into_iter().enumerate() {
            for (j, element) in row.into_iter().enumerate() {
                match order {
                    MatrixOrder::RowMajor => jacobian[i * 3 + j] = element,
                    MatrixOrder::ColumnMajor => jacobian[j * 4 + i] = element,
                }
            }
        }
        (self.spoil)(&mut residuals[2], jacobian);
    }
}

impl JacobianVectorProduct for Spoiled {
    fn jacobian_vector_product_into(
        &self,
        _: &LeastSquaresBatch<'_, f64>,
        direction: &[f64],
        product: &mut [f64],
        (): &mut (),
    ) {
        for (product, row) in product.iter_mut().zip(rows()) {
            *product = row.iter().zip(direction).map(|(x, v)| x * v).sum();
        }
        (self.spoil)(&mut 0.0, product);
    }
}

impl VectorJacobianProduct for Spoiled {
    fn vector_jacobian_product_into(
        &self,
        _: &LeastSquaresBatch<'_, f64>,
        vector: &[f64],
        product: &mut [f64],
        (): &mut (),
    ) {
        for (j, product) in product.iter_mut().enumerate() {
            *product = rows().iter().zip(vector).map(|(row, v)| row[j] * v).sum();
        }
        (self.spoil)(&mut 0.0, product);
    }
}

impl GaussNewton for Spoiled {
    fn normal_equations_into(
        &self,
        batch: &LeastSquaresBatch<'_, f64>,
        matrix: &mut [f64],
        gradient: &mut [f64],
        (): &mut (),
    ) -> f64 {
        let mut residuals = [0.0; 4];
        self.residuals_into(batch, &mut residuals, &mut ());
        self.vector_jacobian_product_into(batch, &residuals, gradient, &mut ());
        for (place, element) in matrix.iter_mut().enumerate() {
            *element = rows().iter().map(|row| row[place / 3] * row[place % 3]).sum();
        }
        let mut square = residuals.iter().map(|residual| residual * residual).sum();
        (self.spoil)(&mut square, matrix);
        square
    }
}

impl HessianVectorProduct for Spoiled {
    fn hessian_vector_product_into(
        &self,
        batch: &LeastSquaresBatch<'_, f64>,
        direction: &[f64],
        product: &mut [f64],
        (): &mut (),
    ) {
        let mut along = [0.0; 4];
        for (along, row) in along.iter_mut().zip(rows()) {
            *along = row.iter().zip(direction).map(|(x, v)| 2.0 / 4.0 * x * v).sum();
        }
        let whole = Spoiled { spoil: |_, _| (), ..self.clone() };
        whole.vector_jacobian_product_into(batch, &along, product, &mut ());
        if direction.iter().filter(|along| **along != 0.0).count() > 1 {
            (self.spoil)(&mut 0.0, product);
        }
    }
}

impl Hessian for Spoiled {
    fn hessian_into(
        &self,
        batch: &LeastSquaresBatch<'_, f64>,
        gradient: &mut [f64],
        hessian: &mut [f64],
        (): &mut (),
    ) -> f64 {
        let mut loss = self.model.loss_and_gradient_into(batch, gradient, &mut ());
        for (place, element) in hessian.iter_mut().enumerate() {
            let sum: f64 = rows().iter().map(|row| row[place / 3] * row[place % 3]).sum();
            *element = sum * 2.0 / 4.0;
        }
        (self.spoil)(&mut loss, hessian);
        loss
    }
}

type Check = fn(&Spoiled, &LeastSquaresBatch<'_, f64>) -> Result<DerivativeCheck, Error>;

const CHECKS: [Check; 6] = [
    check_hessian::<Spoiled>,
    check_hessian_vector_product::<Spoiled>,
    check_jacobian::<Spoiled>,
    check_jacobian_vector_product::<Spoiled>,
    check_vector_jacobian_product::<Spoiled>,
    check_normal_equations::<Spoiled>,
];

fn spoiled(spoil: Spoil) -> Spoiled {
    let model = LeastSquares { theta: [0.5, -0.25, 0.125] };
    Spoiled { model, dims: 2, spoil, kink: f64::INFINITY }
}

/// Moves one of so many numbers, and nothing of others.
fn change(numbers: &mut [f64], count: usize, place: usize, by: f64) {
    if numbers.len() == count {
        numbers[place] += by;
    }
}

#[test]
fn right_derivatives_pass() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    for check in CHECKS {
        let check = check(&spoiled(|_, _| ()), &batch).unwrap();
        assert!(check.passes() && check.to_string().contains("agrees"), "{check}");
        assert!(check.worst.unwrap().error < 1e-9);
    }
}

#[test]
fn wrong_derivatives_fail_with_the_element() {
    let [hessian, product, jacobian, forwards, backwards, normal] = CHECKS;
    let spoils: [(Check, Spoil, &str); 12] = [
        (hessian, |_, h| change(h, 9, 1, 1e-3), "∂²L/∂`w[0]`∂`w[1]`"),
        (hessian, |_, h| change(h, 9, 8, f64::NAN), "∂²L/∂`b`∂`b`"),
        (hessian, |loss, h| *loss += if h.len() == 9 { 0.1 } else { 0.0 }, "the loss"),
        (product, |_, h| h[1] += 1e-3, "element `w[1]` of a product"),
        (jacobian, |_, j| change(j, 12, 7, 0.1), "∂r[2]/∂`w[1]`"),
        (jacobian, |residual, _| *residual += 0.1, "residual 2"),
        (jacobian, |_, j| j.fill(0.0), "∂r[3]/∂`w[0]`"),
        (forwards, |_, j| j[3] += 0.1, "∂r[3]/∂`b`"),
        (backwards, |_, j| j[2] *= -1.0, "∂(v·r)/∂`b`"),
        (normal, |_, n| change(n, 9, 1, 0.1), "JᵀJ[`w[0]`, `w[1]`]"),
        (normal, |_, n| change(n, 3, 2, 0.1), "Jᵀr[`b`]"),
        (normal, |square, _| *square += 0.1, "rᵀr"),
    ];
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    for (check, spoil, element) in spoils {
        let check = check(&spoiled(spoil), &batch).unwrap();
        let text = check.to_string();
        assert!(!check.passes() && text.contains("DISAGREES"), "{text}");
        assert!(text.contains(&format!("worst: {element}")), "{element}: {text}");
    }
}

#[test]
fn an_asymmetric_hessian_fails_however_little() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let spoil: Spoil = |_, h| change(h, 9, 1, 1e-9);
    let check = check_hessian(&spoiled(spoil), &batch).unwrap();
    assert!(!check.passes(), "{check}");
}

#[test]
fn nothing_to_compare_is_an_error_of_each() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    for check in CHECKS {
        let other = Spoiled { dims: 3, ..spoiled(|_, _| ()) };
        assert!(matches!(check(&other, &batch).unwrap_err(), Error::Dimensions { .. }));
        let mut other = spoiled(|_, _| ());
        other.parameters_mut()[1] = f64::NAN;
        assert!(matches!(check(&other, &batch).unwrap_err(), Error::ParameterNotFinite { .. }));
    }
}
