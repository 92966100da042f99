//! Piecewise models, compiled in both formats: the branch not taken leaves no trace, whatever is in it.

use chainrule::prelude::*;

/// The same models in one scalar type, with what loss and gradient must be.
macro_rules! choices {
    ($name:ident, $scalar:ident, $tolerance:literal) => {
        mod $name {
            use super::*;

            #[model(scalar = $scalar)]
            fn quotient(x: Input, w: Param<3>) -> Loss {
                sum(square(if x > 0.0 { (1.0 / x) * w } else { w }))
            }

            #[test]
            fn a_quotient_by_zero_is_not_taken() {
                let w = [0.5, -1.0, 2.0];
                let x = [0.0, -1.0, 0.5, 4.0];
                let scale = |x: $scalar| if x > 0.0 { 1.0 / x } else { 1.0 };
                let factor = x.iter().map(|&x| scale(x) * scale(x)).sum::<$scalar>() / 4.0;
                let norm = w.iter().map(|w| w * w).sum::<$scalar>();
                let model = Quotient::from_parameters(w.to_vec()).unwrap();
                let (loss, gradient) = model.loss_and_gradient(&Quotient::batch(&x).unwrap());
                close(loss, factor * norm);
                for (found, w) in gradient.parameters().iter().zip(w) {
                    close(*found, 2.0 * factor * w);
                }
            }

            #[model(scalar = $scalar)]
            fn layers(x: Input<2>, w: Param<2, 3>, v: Param<3, 2>) -> Loss {
                let scale = 1.0 / sum(x);
                sum(if sum(x) != 0.0 { (scale * x).dot(w).dot(v) } else { 0.0 })
            }

            #[test]
            fn matrix_products_behind_a_guard_stay_finite() {
                let w: [$scalar; 6] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
                let v: [$scalar; 6] = [1.0, -1.0, 0.5, 2.0, -0.5, 1.5];
                let model = Layers::from_parameters([w, v].concat()).unwrap();
                let gradient_of = |x: &[$scalar]| {
                    let (loss, gradient) = model.loss_and_gradient(&Layers::batch(x).unwrap());
                    (loss, gradient.parameters().to_vec())
                };
                let (loss, guarded) = gradient_of(&[1.0, -1.0, 0.25, 0.75]);
                let (alone, open) = gradient_of(&[0.25, 0.75]);
                close(2.0 * loss, alone);
                for (guarded, open) in guarded.iter().zip(open) {
                    close(2.0 * guarded, open);
                }
            }

            #[model(scalar = $scalar)]
            fn missing(x: Input<2>, w: Param<2>) -> Loss {
                let y = ln(x);
                let known = if y == y { x } else { 0.0 };
                square(known.dot(w)) + sum(select(y != y || x > 1.0, w, 0.0))
            }

            #[test]
            fn what_is_no_number_is_left_out() {
                let model = Missing::from_parameters(vec![3.0, 5.0]).unwrap();
                let batch = Missing::batch(&[-1.0, 2.0]).unwrap();
                let (loss, gradient) = model.loss_and_gradient(&batch);
                close(loss, 100.0 + 8.0);
                close(gradient.parameters()[0], 1.0);
                close(gradient.parameters()[1], 2.0 * 10.0 * 2.0 + 1.0);
            }

            #[model(loss = |p, t| sum(p * t), scalar = $scalar)]
            fn pieces(x: Input<5>, a: Param, b: Param) -> Output<5> {
                if x < -1.0 {
                    a
                } else if x <= 0.0 && !(x == -0.5) {
                    let root = sqrt(-x);
                    root * b
                } else if x >= 2.0 {
                    ln(x) * a
                } else {
                    x
                }
            }

            #[test]
            fn pieces_meet_where_they_are_said_to() {
                let model = Pieces::from_parameters(vec![2.0, 3.0]).unwrap();
                let x = [-1.0, 0.0, -0.5, 2.0, -7.0];
                let ln_2 = (2.0 as $scalar).ln();
                let prediction = model.predict(&x).unwrap();
                for (found, expected) in prediction.iter().zip([3.0, 0.0, -0.5, 2.0 * ln_2, 2.0]) {
                    close(*found, expected);
                }
                let batch = Pieces::batch(&x, &[1.0; 5]).unwrap();
                let gradient = model.loss_and_gradient(&batch).1;
                close(gradient.parameters()[0], ln_2 + 1.0);
                close(gradient.parameters()[1], 1.0);
            }

            #[test]
            fn comparisons_with_nan_are_false_but_for_the_last() {
                let model = Relations::from_parameters(vec![0.0]).unwrap();
                let of = |x: $scalar| model.predict(&[x]).unwrap();
                assert_eq!(of(-1.0), [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
                assert_eq!(of(1.0), [0.0, 1.0, 0.0, 1.0, 1.0, 0.0]);
                assert_eq!(of(0.5), [1.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
            }

            #[model(loss = squared_error, scalar = $scalar)]
            fn relations(x: Input, #[allow(unused)] w: Param) -> Output<6> {
                let y = ln(x);
                let less = select(y < w, 1.0, 0.0);
                let at_most = select(y <= w, 1.0, 0.0);
                let greater = select(y > w, 1.0, 0.0);
                let at_least = select(y >= w, 1.0, 0.0);
                let equal = select(y == w, 1.0, 0.0);
                let differs = select(y != w, 1.0, 0.0);
                stack(less, at_most, greater, at_least, equal, differs, axis = 0)
            }

            #[model(scalar = $scalar)]
            fn powers(x: Input, w: Param) -> Loss {
                let mut h = w;
                for t in 0..3 {
                    h = sqrt(x) * h;
                }
                if x > 0.0 { h } else { w * w }
            }

            #[test]
            fn steps_of_a_loop_that_is_not_taken_leave_no_trace() {
                let model = Powers::from_parameters(vec![3.0]).unwrap();
                let x = [-4.0, 0.0, 4.0, 9.0];
                let (loss, gradient) = model.loss_and_gradient(&Powers::batch(&x).unwrap());
                close(loss, (9.0 + 9.0 + 8.0 * 3.0 + 27.0 * 3.0) / 4.0);
                close(gradient.parameters()[0], (6.0 + 6.0 + 8.0 + 27.0) / 4.0);
            }

            #[model(scalar = $scalar)]
            fn elements(x: Input<3>, w: Param<3>) -> Loss {
                let mut h = w;
                for t in 0..2 {
                    h = h / x + w;
                }
                sum(select(x != 0.0, h, w * w))
            }

            #[test]
            fn each_element_of_a_loop_is_guarded_by_itself() {
                let model = Elements::from_parameters(vec![1.0, 2.0, 3.0]).unwrap();
                let x = [0.0, 0.5, 2.0];
                let (loss, gradient) = model.loss_and_gradient(&Elements::batch(&x).unwrap());
                close(loss, 1.0 + 2.0 * 7.0 + 3.0 * 1.75);
                let right = [2.0, 7.0, 1.75];
                gradient
                    .parameters()
                    .iter()
                    .zip(right)
                    .for_each(|(found, right)| close(*found, right));
            }

            #[model(scalar = $scalar)]
            fn padded(x: Input<4>, length: Input, w: Param<2>) -> Loss {
                let mut h = w[0];
                let states = for t in 0..4 {
                    h = w[1] * h / x[t];
                    h
                };
                sum(for t in 0..4 {
                    select(t < length, states[t], 0.0)
                })
            }

            #[test]
            fn steps_past_the_end_of_a_sequence_do_not_count() {
                let model = Padded::from_parameters(vec![3.0, 2.0]).unwrap();
                let batch = Padded::batch(&[1.0, 4.0, 0.0, -1.0, 2.0, 0.0, 0.0, 0.0], &[2.0, 1.0]);
                let (loss, gradient) = model.loss_and_gradient(&batch.unwrap());
                close(loss, (6.0 + 3.0 + 3.0) / 2.0);
                close(gradient.parameters()[0], (2.0 + 1.0 + 1.0) / 2.0);
                close(gradient.parameters()[1], (3.0 + 3.0 + 1.5) / 2.0);
            }

            fn close(found: $scalar, expected: $scalar) {
                let error = (found - expected).abs() / expected.abs().max(1.0);
                assert!(error < $tolerance, "{found} where {expected} is right");
            }
        }
    };
}

choices!(single, f32, 1e-6);
choices!(double, f64, 1e-14);
