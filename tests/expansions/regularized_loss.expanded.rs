/// A robust line with a penalty on its slope.
#[derive(Clone, Debug, PartialEq)]
struct Robust<const D: usize> {
    parameters: ::chainrule::__private::Vec<f32>,
}
/// Checked examples for [`Robust`].
#[allow(dead_code)]
type RobustBatch<'a, const D: usize> = ::chainrule::__private::Batch<
    'a,
    Robust<D>,
    2,
    0,
    0,
>;
#[allow(
    non_snake_case,
    unused_imports,
    unused_variables,
    unused_mut,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
const _: () = {
    use ::chainrule::__private::*;
    #[automatically_derived]
    impl<const D: usize> Robust<D> {
        /// All parameters 0.
        pub fn zeros() -> Self {
            const {
                ::core::assert!(D > 0, "every dimension of `Robust` is at least 1")
            };
            let [d]: [usize; _] = [D];
            Self {
                parameters: zero_parameters(&[("slope", &[d]), ("offset", &[])])
                    .unwrap_or_else(|error| refuse(&error)),
            }
        }
        /// Parameters drawn by each one's initializer; the same seed gives the same bits.
        pub fn seeded(seed: u64) -> Self {
            let mut model = Self::zeros();
            let [d]: [usize; _] = [D];
            initialize(
                seed,
                &[(Initializer::Zeros, &[d]), (Initializer::Zeros, &[])],
                &mut model.parameters,
            );
            model
        }
        /// A model with these parameters: θ, in the order of the signature, row-major.
        ///
        /// # Errors
        /// If there are more or fewer numbers than parameters.
        pub fn from_parameters(parameters: Vec<f32>) -> Result<Self, Error> {
            let mut model = Self::zeros();
            replace_parameters(&mut model.parameters, parameters)?;
            Ok(model)
        }
        /// Checks examples, once, for this model.
        pub fn batch<'a>(
            x: &'a [f32],
            y: &'a [f32],
        ) -> Result<RobustBatch<'a, D>, Error> {
            let [d]: [usize; _] = [D];
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[d],
                        values: x,
                    },
                    Values {
                        name: "y",
                        extents: &[],
                        values: y,
                    },
                ],
                [],
                [],
            )?;
            Ok(Batch::new(examples, ()))
        }
        /// The loss of a batch.
        ///
        /// Allocates a workspace; in a loop, [`Model::loss_into`] reuses one.
        pub fn loss(&self, batch: &RobustBatch<'_, D>) -> f32 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
        ///
        /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
        pub fn loss_and_gradient(&self, batch: &RobustBatch<'_, D>) -> (f32, Self) {
            let mut gradient = self.clone();
            let loss = self
                .loss_and_gradient_into(
                    batch,
                    &mut gradient.parameters,
                    &mut self.workspace(),
                );
            (loss, gradient)
        }
        /// The prediction, the loss and every gradient as equations.
        pub fn equations() -> &'static str {
            ""
        }
        /// The parameter `slope`: shape [D], row-major.
        pub fn slope(&self) -> &[f32] {
            let [d]: [usize; _] = [D];
            &self.parameters[0..][..d]
        }
        /// The parameter `slope`, to be changed: shape [D], row-major.
        pub fn slope_mut(&mut self) -> &mut [f32] {
            let [d]: [usize; _] = [D];
            &mut self.parameters[0..][..d]
        }
        /// The parameter `offset`.
        pub fn offset(&self) -> f32 {
            let [d]: [usize; _] = [D];
            self.parameters[d]
        }
        /// The parameter `offset`, to be changed.
        pub fn offset_mut(&mut self) -> &mut f32 {
            let [d]: [usize; _] = [D];
            &mut self.parameters[d]
        }
    }
    #[automatically_derived]
    impl<const D: usize> Model for Robust<D> {
        type Scalar = f32;
        type Dims = ();
        type Batch<'a> = RobustBatch<'a, D>;
        type Workspace = Workspace<f32>;
        const REDUCTION: Reduction = Reduction::Sum;
        fn dims(&self) -> Self::Dims {
            ()
        }
        fn parameters(&self) -> &[f32] {
            &self.parameters
        }
        fn parameters_mut(&mut self) -> &mut [f32] {
            &mut self.parameters
        }
        fn layout(&self) -> Vec<ParameterLayout> {
            let [d]: [usize; _] = [D];
            lay_out(&[("slope", &[d]), ("offset", &[])])
                .unwrap_or_else(|error| refuse(&error))
        }
        fn workspace(&self) -> Workspace<f32> {
            workspace([D])
        }
        fn loss_into(
            &self,
            batch: &Self::Batch<'_>,
            workspace: &mut Workspace<f32>,
        ) -> f32 {
            dispatch(Loss {
                extents: [D],
                parameters: &self.parameters,
                examples: batch.examples(),
                workspace,
            })
        }
        fn loss_and_gradient_into(
            &self,
            batch: &Self::Batch<'_>,
            gradient: &mut [f32],
            workspace: &mut Workspace<f32>,
        ) -> f32 {
            require_length(gradient.len(), self.parameters.len());
            dispatch(LossAndGradient {
                extents: [D],
                parameters: &self.parameters,
                examples: batch.examples(),
                gradient,
                workspace,
            })
        }
        fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
            require_length(parameters.len(), self.parameters.len());
            dispatch(Loss {
                extents: [D],
                parameters,
                examples: &batch.examples().in_f64().examples(),
                workspace: &mut workspace([D]),
            })
        }
        fn rows(batch: &Self::Batch<'_>) -> usize {
            batch.rows()
        }
        fn batch_dims(batch: &Self::Batch<'_>) -> Self::Dims {
            batch.dims()
        }
        fn slice<'b, 'a: 'b>(
            batch: &Self::Batch<'a>,
            rows: ::core::ops::Range<usize>,
        ) -> Self::Batch<'b> {
            batch.slice(rows)
        }
        fn batch_buffer(batch: &Self::Batch<'_>, rows: usize) -> BatchBuffer<f32> {
            batch.buffer(rows)
        }
        fn gather<'b, 'a: 'b>(
            batch: &Self::Batch<'a>,
            order: &[usize],
            buffer: &'b mut BatchBuffer<f32>,
        ) -> Self::Batch<'b> {
            batch.gather(order, buffer)
        }
    }
    struct LossAndGradient<'a, T> {
        extents: [usize; 1],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 2, 0, 0>,
        gradient: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for LossAndGradient<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let LossAndGradient {
                extents: [d,
                ],
                parameters,
                examples,
                gradient,
                workspace,
            } = self;
            let slope = &parameters[..d];
            let offset = parameters[d];
            let total = T::from_f64(examples.rows as f64);
            let (tile, values, scratch) = workspace.parts();
            let [region_0, tile_region_0, tile_region_1, tile_region_2, tile_region_3] = carve(
                values,
                [d, d * tile, tile, tile, tile],
            );
            let [slope_bar, offset_bar] = carve(gradient, [d, 1]);
            let mut slope_dot_slope = [T::ZERO];
            let mut sum_2 = [T::ZERO];
            Update::Set
                .apply(&mut slope_dot_slope[0], dot(isa, &slope[..d], &slope[..d]));
            let value = T::from_f64(0.01) * slope_dot_slope[0];
            let value_2 = value * total;
            let value_3 = T::from_f64(0.02) * total;
            let mut first = 0;
            while first < examples.rows {
                let rows = tile.min(examples.rows - first);
                let update = if first == 0 { Update::Set } else { Update::Add };
                let x = &mut tile_region_0[..d * rows];
                load_rows(
                    isa,
                    examples.reals[0].values,
                    examples.reals[0].width,
                    first,
                    rows,
                    x,
                );
                let x_dot_slope = &mut tile_region_1[..rows];
                matmul(
                    isa,
                    [1, d, rows],
                    Matrix::new(slope, 0, 1),
                    Matrix::new(x, rows, 1),
                    x_dot_slope,
                    0,
                    Update::Set,
                    scratch,
                );
                let y = &examples.reals[1].values[first..][..rows];
                let log_cosh_error = &mut tile_region_2[..rows];
                let error_bar = &mut tile_region_3[..rows];
                compute_error_bar(
                    isa,
                    rows,
                    offset,
                    x_dot_slope,
                    y,
                    log_cosh_error,
                    error_bar,
                );
                update.apply(&mut sum_2[0], sum(isa, &log_cosh_error[..rows]));
                update.apply(&mut offset_bar[0], sum(isa, &error_bar[..rows]));
                let x_dot_error_bar = &mut *region_0;
                matmul(
                    isa,
                    [1, rows, d],
                    Matrix::new(error_bar, 0, 1),
                    Matrix::new(x, 1, rows),
                    x_dot_error_bar,
                    0,
                    update,
                    scratch,
                );
                first += rows;
            }
            let loss = sum_2[0] + value_2;
            compute_slope_bar(isa, d, slope, value_3, x_dot_error_bar, slope_bar);
            loss
        }
    }
    struct Loss<'a, T> {
        extents: [usize; 1],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 2, 0, 0>,
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Loss<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let Loss { extents: [d], parameters, examples, workspace } = self;
            let slope = &parameters[..d];
            let offset = parameters[d];
            let total = T::from_f64(examples.rows as f64);
            let (tile, values, scratch) = workspace.parts();
            let [tile_region_0, tile_region_1, tile_region_2] = carve(
                values,
                [d * tile, tile, tile],
            );
            let mut slope_dot_slope = [T::ZERO];
            let mut sum_2 = [T::ZERO];
            Update::Set
                .apply(&mut slope_dot_slope[0], dot(isa, &slope[..d], &slope[..d]));
            let value = T::from_f64(0.01) * slope_dot_slope[0];
            let value_2 = value * total;
            let mut first = 0;
            while first < examples.rows {
                let rows = tile.min(examples.rows - first);
                let update = if first == 0 { Update::Set } else { Update::Add };
                let x = &mut tile_region_0[..d * rows];
                load_rows(
                    isa,
                    examples.reals[0].values,
                    examples.reals[0].width,
                    first,
                    rows,
                    x,
                );
                let x_dot_slope = &mut tile_region_1[..rows];
                matmul(
                    isa,
                    [1, d, rows],
                    Matrix::new(slope, 0, 1),
                    Matrix::new(x, rows, 1),
                    x_dot_slope,
                    0,
                    Update::Set,
                    scratch,
                );
                let y = &examples.reals[1].values[first..][..rows];
                let log_cosh_error = &mut tile_region_2[..rows];
                compute_log_cosh_error(
                    isa,
                    rows,
                    offset,
                    x_dot_slope,
                    y,
                    log_cosh_error,
                );
                update.apply(&mut sum_2[0], sum(isa, &log_cosh_error[..rows]));
                first += rows;
            }
            let loss = sum_2[0] + value_2;
            loss
        }
    }
    /// `log_cosh_error[n] = log_cosh(offset + x_dot_slope[n] - y[n])`
    /// `error_bar[n] = tanh(offset + x_dot_slope[n] - y[n])`
    #[inline(always)]
    fn compute_error_bar<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        offset: T,
        x_dot_slope: &[T],
        y: &[T],
        log_cosh_error: &mut [T],
        error_bar: &mut [T],
    ) {
        let x_dot_slope_row = &x_dot_slope[..rows];
        let y_row = &y[..rows];
        let log_cosh_error_row = &mut log_cosh_error[..rows];
        let error_bar_row = &mut error_bar[..rows];
        for n in 0..rows {
            let difference = offset + x_dot_slope_row[n] - y_row[n];
            log_cosh_error_row[n] = math::log_cosh(isa, difference);
            error_bar_row[n] = math::tanh(isa, difference);
        }
    }
    /// `slope_bar[i] = slope[i]·value_3 + x_dot_error_bar[i]`
    #[inline(always)]
    fn compute_slope_bar<I: Isa, T: Real>(
        isa: I,
        d: usize,
        slope: &[T],
        value_3: T,
        x_dot_error_bar: &[T],
        slope_bar: &mut [T],
    ) {
        let slope_row = &slope[..d];
        let x_dot_error_bar_row = &x_dot_error_bar[..d];
        let slope_bar_row = &mut slope_bar[..d];
        for i in 0..d {
            slope_bar_row[i] = slope_row[i] * value_3 + x_dot_error_bar_row[i];
        }
    }
    /// `log_cosh_error[n] = log_cosh(offset + x_dot_slope[n] - y[n])`
    #[inline(always)]
    fn compute_log_cosh_error<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        offset: T,
        x_dot_slope: &[T],
        y: &[T],
        log_cosh_error: &mut [T],
    ) {
        let x_dot_slope_row = &x_dot_slope[..rows];
        let y_row = &y[..rows];
        let log_cosh_error_row = &mut log_cosh_error[..rows];
        for n in 0..rows {
            log_cosh_error_row[n] = math::log_cosh(
                isa,
                offset + x_dot_slope_row[n] - y_row[n],
            );
        }
    }
    /// Memory for the steps.
    fn workspace<T: Real>([d]: [usize; 1]) -> Workspace<T> {
        Workspace::new(
            largest([0, d]),
            largest([d + 2, d + 3]),
            |rows| largest([
                0,
                matmul_scratch::<T>([1, d, 1]),
                matmul_scratch::<T>([1, d, rows]),
                matmul_scratch::<T>([1, rows, d]),
            ]),
        )
    }
};
const _: ::core::marker::PhantomData<(Input, Input, Param, Param, Loss)> = ::core::marker::PhantomData;
