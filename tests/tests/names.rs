//! Names the generated code uses for itself are free for models to use.

use chainrule::prelude::*;

/// Numbers without a pattern, of both signs.
fn wave(count: usize, speed: f64) -> Vec<f64> {
    (0..count).map(|i| (0.3 + i as f64 * speed).sin()).collect()
}

fn assert_right<M: Model>(model: &M, batch: &M::Batch<'_>) {
    let check = check_gradient(model, batch).expect("the loss is finite");
    assert!(check.passes(), "{check}");
    assert_eq!(check.compared, model.parameters().len());
}

macro_rules! with_names {
    ($($test:ident: $model:ident($a:ident, $b:ident, $c:ident, $d:ident);)*) => {
        $(
            #[test]
            fn $test() {
                #[model(loss = squared_error, scalar = f64)]
                fn $model($a: Input<3>, $b: Param<3, 4>, $c: Param<4>, $d: Data<4>) -> Output<4> {
                    let inner = tanh($a.dot($b) + $c);
                    softmax(inner * $d)
                }
                with_names!(@run $model);
            }
        )*
    };
    (@run model_a) => { with_names!(@run_type ModelA) };
    (@run model_b) => { with_names!(@run_type ModelB) };
    (@run_type $model:ident) => {{
        let (x, scale, target) = (wave(3 * 700, 0.7), wave(4, 1.1), wave(4 * 700, 0.4));
        let batch = $model::batch(&x, &scale, &target).expect("the rows fit");
        let model = $model::from_parameters(wave(16, 0.9)).expect("there are as many");
        assert_right(&model, &batch);
        assert_eq!(model.predict(&x, &scale).expect("the rows fit").len(), 4 * 700);
    }};
}

with_names! {
    rows_tile_first_examples: model_a(rows, tile, first, examples);
    parameters_update_scratch: model_a(parameters, update, scratch, self_);
    workspace_gradient_count_total: model_a(workspace, gradient, count, total);
    values_width_output_model: model_a(values, width, output, model);
    dims_isa_target_prediction: model_a(dims, isa, target, prediction);
    region_and_its_number: model_a(region_0, tile_region_0, region_1, tile_region_1);
    counters: model_a(n, i, j, k);
    generics: model_a(T, I, N, D);
    accumulator_row_here_loss: model_a(accumulator, x_row, x_here, example_loss);
    kernels: model_a(math, matmul, row_sums, carve);
    steps: model_a(load_rows, store_rows, dispatch, compute_inner);
    types: model_a(Result, Vec, Error, Batch);
    more_types: model_a(Workspace, Isa, Real, Examples);
    suffixes: model_a(x, x_2, x_3, x_bar);
    words: model_b(dot, sum, tanh, softmax);
    functions: model_b(exp, max, add, mul);
    inner_and_its_adjoint: model_b(inner, inner_bar, inner_2, value);
    without_influence: model_b(without_influence_1, gradient_1, extents, arguments);
}
