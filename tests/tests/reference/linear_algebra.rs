//! Factors, solutions and determinants of matrices inside the model.

use chainrule::prelude::*;

use crate::compare::{argument, compare};

compare! { "linear_algebra";
    fn gaussian_process(x: Data<5, 2>, y: Data<5>, scale: Param, length: Param, noise: Param) -> Loss {
        let distances = sum(square(reshape(x, [5, 1, 2]) - x), [2]);
        let k = exp(scale - distances / (2.0 * exp(length))) + exp(noise) * eye(5);
        0.5 * y.dot(solve(k, y)) + 0.5 * logdet(k) + 2.5 * 1.837_877_066_409_345_5
    } as GaussianProcess(x, y);

    fn gaussian_process_prediction(
        z: Input<2>, x: Data<4, 2>, y: Data<4>, length: Param, noise: Param, target: Input
    ) -> Loss {
        let rate = 0.5 * exp(-length);
        let k = exp(-rate * sum(square(reshape(x, [4, 1, 2]) - x), [2])) + exp(noise) * eye(4);
        let near = exp(-rate * sum(square(x - z), [1]));
        let m = near.dot(solve(k, y));
        let v = 1.0 + exp(noise) - near.dot(solve(k, near));
        0.5 * (1.837_877_066_409_345_5 + ln(v) + square(target - m) / v)
    } as GaussianProcessPrediction(z, x, y, target);

    fn multivariate_normal(x: Input<3>, m: Param<3>, l: Param<3, 3>) -> Loss {
        let s = matmul(l, l.transpose()) + eye(3);
        let u = solve_lower(cholesky(s), x - m);
        0.5 * u.dot(u) + 0.5 * logdet(s) + 1.5 * 1.837_877_066_409_345_5
    } as MultivariateNormal(x);

    #[model(loss = squared_error)]
    fn general_solution(b: Input<3>, a: Param<3, 3>) -> Output<3> { solve(a + 3.0 * eye(3), b) }
    as GeneralSolution(b, target);

    fn inverse_of_a_matrix(a: Param<3, 3>, c: Data<3, 3>) -> Loss { sum(inverse(a + 3.0 * eye(3)) * c) }
    as InverseOfAMatrix(c);

    fn determinant(a: Param<4, 4>) -> Loss { det(a) }
    as Determinant();

    fn determinant_of_examples(x: Input, a: Param<3, 3>, b: Param<3, 3>) -> Loss { det(a + x * b) }
    as DeterminantOfExamples(x);

    fn determinant_of_a_singular_matrix(u: Param<3>, v: Param<3>, c: Data) -> Loss { det(outer(u, v)) + c * u.dot(v) }
    as DeterminantOfASingularMatrix(c);

    fn logarithm_of_a_determinant(a: Param<3, 3>) -> Loss { logdet(matmul(a, a.transpose()) + eye(3)) }
    as LogarithmOfADeterminant();

    fn cholesky_factor(a: Param<4, 4>, c: Data<4, 4>) -> Loss { sum(cholesky(matmul(a, a.transpose()) + eye(4)) * c) }
    as CholeskyFactor(c);

    #[model(loss = squared_error)]
    fn triangular_solutions(b: Input<3>, l: Param<3, 3>) -> Output<3> {
        let lower = tril(l, offset = -1) + diag(exp(diag(l)));
        solve_upper(lower.transpose(), solve_lower(lower, b))
    } as TriangularSolutions(b, target);

    fn ridge_in_closed_form(x: Data<6, 2>, y: Data<6>, penalty: Param<2>) -> Loss {
        let n = matmul(x[..4].transpose(), x[..4]) + diag(exp(penalty));
        let w = solve(n, y[..4].dot(x[..4]));
        mean_squared_error(x[4..].dot(w), y[4..])
    } as RidgeInClosedForm(x, y);

    fn kalman_filter_of_vectors(y: Input<4>, a: Param<2, 2>, h: Param<2>, q: Param, r: Param) -> Loss {
        let mut m = 0.0 * h;
        let mut p = eye(2);
        let mut total = 0.0;
        for t in 0..4 {
            let ahead = a.dot(m);
            let spread = a.matmul(p).matmul(a.transpose()) + exp(q) * eye(2);
            let ph = spread.dot(h);
            let s = h.dot(ph) + exp(r);
            let error = y[t] - h.dot(ahead);
            total += 0.5 * (1.837_877_066_409_345_5 + ln(s) + error * error / s);
            m = ahead + ph * error / s;
            p = spread - outer(ph, ph) / s;
        }
        total
    } as KalmanFilterOfVectors(y) large;

    fn affine_flow(x: Input<2>, a: Param<2, 2>, b: Param<2>) -> Loss {
        let m = a + 2.0 * eye(2);
        let z = m.dot(x) + b;
        0.5 * z.dot(z) + 1.837_877_066_409_345_5 - ln(det(m))
    } as AffineFlow(x);
}
