mod second;

use std::ops::Range;

use crate::batch::BatchBuffer;
use crate::error::Error;
use crate::kernel::real::Real;
use crate::least_squares::{LeastSquares, LeastSquaresBatch};
use crate::model::{Model, Reduction};
use crate::parameters::ParameterLayout;

use super::check_gradient;

const X: [f64; 8] = [0.5, -1.0, 2.0, 0.25, -0.75, 1.5, 3.0, -2.0];
const Y: [f64; 4] = [1.0, -0.5, 2.0, 0.0];

#[test]
fn right_gradients_pass_in_both_scalar_types() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let check = check_gradient(&LeastSquares { theta: [0.5, -0.25, 0.125] }, &batch).unwrap();
    assert!(check.passes(), "{check}");
    assert_eq!((check.compared, check.parameters), (3, 3));
    assert!(check.worst.unwrap().error < 1e-9);

    let (x, y) = (X.map(|value| value as f32), Y.map(|value| value as f32));
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let check = check_gradient(&LeastSquares { theta: [0.5, -0.25, 0.125] }, &batch).unwrap();
    assert!(check.passes(), "{check}");
}

#[test]
fn gradient_at_the_minimum_of_an_exact_fit_passes() {
    let x = [1.0, 0.0, 0.0, 1.0];
    let batch = LeastSquares::batch(&x, &[2.0, 3.0]).unwrap();
    let check = check_gradient(&LeastSquares { theta: [2.0, 3.0, 0.0] }, &batch).unwrap();
    assert!(check.passes(), "{check}");
}

#[test]
fn rounding_where_a_derivative_is_zero_is_no_error() {
    // The residuals 0.1, 0.2 and −0.3, whose sum is the derivative for `b`, cancel up to the rounding of f32.
    let x = [1.0_f32, 2.0, -1.0, 1.0, 0.5, -2.0];
    let batch = LeastSquares::batch(&x, &[-0.1, -0.2, 0.3]).unwrap();
    let model = LeastSquares::zeros();
    let check = check_gradient(&model, &batch).unwrap();
    assert!(check.passes(), "{check}");
}

/// Changes a loss and its gradient.
type Spoil = fn(loss: &mut f64, gradient: &mut [f64]);

/// Least squares whose results are spoiled.
#[derive(Clone)]
struct Spoiled {
    model: LeastSquares<f64>,
    dims: usize,
    spoil: Spoil,
    /// From here on the loss in `f64` rises with `w[0]` by one more.
    kink: f64,
}

impl Model for Spoiled {
    type Scalar = f64;
    type Dims = usize;
    type Batch<'a> = LeastSquaresBatch<'a, f64>;
    type Workspace = ();

    const REDUCTION: Reduction = Reduction::Mean;

    fn parameters(&self) -> &[f64] {
        self.model.parameters()
    }

    fn parameters_mut(&mut self) -> &mut [f64] {
        self.model.parameters_mut()
    }

    fn layout(&self) -> Vec<ParameterLayout> {
        self.model.layout()
    }

    fn dims(&self) -> usize {
        self.dims
    }

    fn workspace(&self) {}

    fn loss_into(&self, batch: &Self::Batch<'_>, (): &mut ()) -> f64 {
        self.model.loss_into(batch, &mut ())
    }

    fn loss_and_gradient_into(
        &self,
        batch: &Self::Batch<'_>,
        gradient: &mut [f64],
        (): &mut (),
    ) -> f64 {
        let mut loss = self.model.loss_and_gradient_into(batch, gradient, &mut ());
        (self.spoil)(&mut loss, gradient);
        loss
    }

    fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
        self.model.loss_in_f64(parameters, batch) + (parameters[0] - self.kink).max(0.0)
    }

    fn rows(batch: &Self::Batch<'_>) -> usize {
        batch.rows()
    }

    fn batch_dims(_: &Self::Batch<'_>) -> usize {
        2
    }

    fn slice<'b, 'a: 'b>(batch: &Self::Batch<'a>, rows: Range<usize>) -> Self::Batch<'b> {
        batch.slice(rows)
    }

    fn batch_buffer(batch: &Self::Batch<'_>, rows: usize) -> BatchBuffer<f64> {
        batch.buffer(rows)
    }

    fn gather<'b, 'a: 'b>(
        batch: &Self::Batch<'a>,
        order: &[usize],
        buffer: &'b mut BatchBuffer<f64>,
    ) -> Self::Batch<'b> {
        batch.gather(order, buffer)
    }
}

#[test]
fn wrong_gradients_and_losses_fail_with_the_element() {
    let spoils: [(Spoil, &str); 7] = [
        (|_, gradient| gradient[1] *= 1.00001, "w[1]"),
        (|_, gradient| gradient[2] = -gradient[2], "b"),
        (|_, gradient| gradient[0] = 1e30, "w[0]"),
        (|_, gradient| gradient[0] = f64::NAN, "w[0]"),
        (|_, gradient| gradient[2] = f64::INFINITY, "b"),
        (|_, gradient| gradient.fill(0.0), "w[0]"),
        (|loss, _| *loss = f64::NAN, ""),
    ];
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    for (spoil, element) in spoils {
        let model = Spoiled {
            model: LeastSquares { theta: [0.5, -0.25, 0.125] },
            dims: 2,
            spoil,
            kink: f64::INFINITY,
        };
        let check = check_gradient(&model, &batch).unwrap();
        let text = check.to_string();
        assert!(!check.passes() && text.contains("DISAGREES"), "{text}");
        assert!(element.is_empty() || text.contains(&format!("worst: `{element}`")), "{text}");
    }
}

#[test]
fn a_kink_near_the_point_spoils_no_check() {
    // Between h/16 and h = ∛ε = 6.1e-6 from the point.
    let kink = 0.5 + 2e-6;
    let model = LeastSquares { theta: [0.5, -0.25, 0.125] };
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let check =
        check_gradient(&Spoiled { model, dims: 2, spoil: |_, _| (), kink }, &batch).unwrap();
    assert!(check.passes(), "{check}");
}

#[test]
fn batches_of_other_dimensions_are_refused() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let model =
        Spoiled { model: LeastSquares::zeros(), dims: 3, spoil: |_, _| (), kink: f64::INFINITY };
    assert_eq!(
        check_gradient(&model, &batch).unwrap_err().to_string(),
        "the batch was made for the dimensions 2, expected the model's 3"
    );
}

#[test]
fn nothing_to_compare_is_an_error() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let error = |theta| check_gradient(&LeastSquares { theta }, &batch).unwrap_err();
    assert!(matches!(
        error([0.0, f64::NAN, 0.0]),
        Error::ParameterNotFinite { parameter, .. } if parameter == "w[1]"
    ));
    assert!(
        matches!(error([1e200, 0.0, 0.0]), Error::LossNotFinite { value } if value == f64::INFINITY)
    );
}

#[test]
fn scalar_types_have_their_tolerances() {
    fn tolerance<T: Real>() -> f64 {
        super::precision::<T>().0
    }
    assert_eq!((tolerance::<f32>(), tolerance::<f64>()), (1e-3, 1e-6));
}
