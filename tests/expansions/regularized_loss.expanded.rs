/// A robust line with a penalty on its slope.
///
/// # The model
///
/// (the equations, in MathML)
///
/// # The gradient
///
/// (the equations, in MathML)
///
/// L is the loss of N examples, which are the first axis of every array that has them. A bar marks an adjoint: ā is ∂L/∂a. Aᵀ is the transpose of A. Σ without an index sums all elements.
///
/// # Shapes
///
/// | value | shape | meaning |
/// |---|---|---|
/// | `x` | N × D | input |
/// | `y` | N | input |
/// | `slope` | D | parameter |
/// | `offset` | scalar | parameter |
///
/// # Cost
///
/// | for `N` examples | operations |
/// |---|---|
/// | loss | `N·(2·D + 4) + 2·D + 3` |
/// | loss and gradient together | `N·(4·D + 6) + 4·D + 4` |
/// | each gradient differentiated separately | `N·(6·D + 11) + 6·D + 7` |
///
/// An operation is one addition, one multiplication or one application of a function, for one element. The workspace takes 4·D bytes, and 4·D + 8 bytes for each example of a tile.
///
/// # Examples
/// ```text
/// let mut model = Robust::<D>::seeded(42);
/// let batch = Robust::<D>::batch(&x, &y)?;
/// let (loss, gradient) = model.loss_and_gradient(&batch);
/// println!("{loss} {:?}", gradient.slope());
/// ```
#[derive(Clone, Debug, PartialEq)]
struct Robust<const D: usize> {
    parameters: ::chainrule::__private::Vec<f32>,
}
/// Checked examples for [`Robust`].
#[allow(dead_code, deprecated)]
type RobustBatch<'a, const D: usize> = ::chainrule::__private::Batch<
    'a,
    Robust<D>,
    2,
    0,
    0,
>;
#[allow(
    deprecated,
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
    needs_alloc!(
        "`robust` has dimensions that are not numbers, so that its size is not known where it is declared: write numbers or constants, or turn on the feature `alloc` of `chainrule`"
    );
    #[automatically_derived]
    impl<const D: usize> Robust<D> {
        /// All parameters 0.
        pub fn zeros() -> Self {
            const {
                ::core::assert!(D > 0, "every dimension of `Robust` is at least 1");
            };
            Self {
                parameters: zero_parameters(&[("slope", &[D]), ("offset", &[])])
                    .unwrap_or_else(|error| refuse(&error)),
            }
        }
        /// Parameters drawn by each one's initializer; the same seed gives the same bits.
        pub fn seeded(seed: u64) -> Self {
            let mut model = Self::zeros();
            initialize(
                seed,
                &[(Initializer::Zeros, &[D]), (Initializer::Zeros, &[])],
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
        ///
        /// - `x`: shape [D] for each example
        /// - `y`: a number for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
        pub fn batch<'a>(
            x: &'a [f32],
            y: &'a [f32],
        ) -> Result<RobustBatch<'a, D>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[D],
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
        /// The loss of a batch: the sum of its examples' losses.
        ///
        /// Allocates a workspace; in a loop, [`Model::loss_into`] reuses one.
        pub fn loss(&self, batch: &RobustBatch<'_, D>) -> f32 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
        ///
        /// One pass over the examples gives both, by the equations in the documentation of the type.
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
        /// The prediction, the loss and every gradient as equations, with shapes and costs, for a terminal.
        pub fn equations() -> &'static str {
            "Robust: the model\n  error = x·slope + offset − y\n  L     = Σₙ ln cosh(error) + 0.01·N·Σ slope²\n\nThe gradient\n  f                   = tanh(error)\n  ∂L/∂offset = o\u{305}f\u{305}f\u{305}s\u{305}e\u{305}t\u{305} = Σₙ f\n  ∂L/∂slope = s\u{305}l\u{305}o\u{305}p\u{305}e\u{305}   = 0.02·N·slope + xᵀ·f\n\nShapes\n  x       N × D   input\n  y       N       input\n  slope   D       parameter\n  offset  scalar  parameter\n\nNotation\n  L is the loss of N examples, which are the first axis of every array that has them.\n  A bar marks an adjoint: ā is ∂L/∂a.\n  Aᵀ is the transpose of A.\n  Σ without an index sums all elements.\n\nCost, in operations for N examples\n  loss                                     N·(2·D + 4) + 2·D + 3\n  loss and gradient together               N·(4·D + 6) + 4·D + 4\n  each gradient differentiated separately  N·(6·D + 11) + 6·D + 7\n  workspace                                4·D bytes, and 4·D + 8 bytes for each example of a tile\n  An operation is one addition, one multiplication or one application of a function, for one element.\n"
        }
        /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
        pub fn plan() -> &'static str {
            "Once, before the examples\n  product  sum_of_squares = Σᵢ slope[i]·slope[i]\n  number   product = 0.01·N\n  number   product_2 = sum_of_squares·product\n  number   product_3 = 0.02·N\nFor each tile of examples\n  load     x\n  product  x_dot_slope[n] = Σⱼ x[j,n]·slope[j]\n  loop     error[n] = offset + x_dot_slope[n] − y[n]\n           sum_2 = Σₙ ln cosh(error[n])\n           a_bar[n] = tanh(error[n])\n  sum      offset_bar = Σₙ a_bar[n]\n  product  x_dot_a_bar[i] = Σₙ x[i,n]·a_bar[n]\nOnce, after the examples\n  number   loss = sum_2 + product_2\n  loop     slope_bar[i] = slope[i]·product_3 + x_dot_a_bar[i]\nMemory\n  D per example: x\n  1 per example: x_dot_slope\n  1 per example: a_bar\n  D: x_dot_a_bar\n"
        }
        /// The parameter `slope`: shape [D].
        pub fn slope(&self) -> &[f32] {
            &self.parameters[..D]
        }
        /// The parameter `slope`: shape [D]; to be changed.
        pub fn slope_mut(&mut self) -> &mut [f32] {
            &mut self.parameters[..D]
        }
        /// The parameter `offset`: a number.
        pub fn offset(&self) -> f32 {
            self.parameters[D]
        }
        /// The parameter `offset`: a number; to be changed.
        pub fn offset_mut(&mut self) -> &mut f32 {
            &mut self.parameters[D]
        }
    }
    #[automatically_derived]
    impl<const D: usize> Model for Robust<D> {
        type Scalar = f32;
        type Dims = ();
        type Batch<'a> = RobustBatch<'a, D>;
        type Workspace = Workspace<f32>;
        const REDUCTION: Reduction = Reduction::Sum;
        const DEFINITION_HASH: u64 = 0xca44499de7ed375b;
        fn dims(&self) -> Self::Dims {
            ()
        }
        fn parameters(&self) -> &[f32] {
            &self.parameters
        }
        fn parameters_mut(&mut self) -> &mut [f32] {
            &mut self.parameters
        }
        fn workspace(&self) -> Self::Workspace {
            Workspace::of([D], workspace::<f32>)
        }
        fn loss_into(
            &self,
            batch: &Self::Batch<'_>,
            workspace: &mut Self::Workspace,
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
            workspace: &mut Self::Workspace,
        ) -> f32 {
            require_length(gradient.len(), self.parameters.len());
            dispatch_examples::<
                Self,
                _,
            >(
                batch.rows(),
                LossAndGradient {
                    extents: [D],
                    parameters: &self.parameters,
                    examples: batch.examples(),
                    gradient,
                    workspace,
                },
            )
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
        fn layout(&self) -> Vec<ParameterLayout> {
            lay_out(&[("slope", &[D]), ("offset", &[])])
                .unwrap_or_else(|error| refuse(&error))
        }
        fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
            require_length(parameters.len(), self.parameters.len());
            run_anywhere(Loss {
                extents: [D],
                parameters,
                examples: &batch.examples().in_f64().examples(),
                workspace: &mut Workspace::of([D], workspace::<f64>),
            })
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
    #[automatically_derived]
    impl<const D: usize> Extents for Robust<D> {
        const EXTENTS: &'static [usize] = &[D];
        const PARAMETERS: usize = count_parameters(&[("slope", &[D]), ("offset", &[])]);
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
            let [d] = isa.extents([d]);
            let slope = &parameters[..d];
            let offset = parameters[d];
            let count = T::from_f64(examples.rows as f64);
            let (persistent, mut tiles) = workspace.parts(d);
            let [x_dot_a_bar] = carve(persistent, [d]);
            let [slope_bar, offset_bar] = carve(gradient, [d, 1]);
            let mut sum_of_squares = [T::ZERO];
            let mut sum_2 = [T::ZERO];
            sum_of_squares[0] = dot(isa, slope, slope);
            let product = T::from_f64(0.01) * count;
            let product_2 = sum_of_squares[0] * product;
            let product_3 = T::from_f64(0.02) * count;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 4 * d + 78,
                        products: 2 * d,
                    },
                    [&mut sum_2, offset_bar, x_dot_a_bar],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, values, scratch, .. },
                        [mut sum_2,
                        offset_bar,
                        x_dot_a_bar,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2] = carve(
                            values,
                            [d * tile, tile, tile],
                        );
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let update = if first == begin {
                                Update::Set
                            } else {
                                Update::Add
                            };
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
                            let a_bar = &mut tile_region_2[..rows];
                            if first == begin {
                                sum_2[..1].fill(T::ZERO);
                            }
                            compute_a_bar(
                                isa,
                                rows,
                                offset,
                                x_dot_slope,
                                y,
                                &mut sum_2,
                                a_bar,
                            );
                            update.apply(&mut offset_bar[0], sum(isa, a_bar));
                            matmul(
                                isa,
                                [1, rows, d],
                                Matrix::new(a_bar, 0, 1),
                                Matrix::new(x, 1, rows),
                                x_dot_a_bar,
                                0,
                                update,
                                scratch,
                            );
                            first += rows;
                        }
                    },
                );
            let loss = sum_2[0] + product_2;
            compute_slope_bar(isa, d, slope, product_3, x_dot_a_bar, slope_bar);
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
            let [d] = isa.extents([d]);
            let slope = &parameters[..d];
            let offset = parameters[d];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let mut sum_of_squares = [T::ZERO];
            let mut sum_2 = [T::ZERO];
            sum_of_squares[0] = dot(isa, slope, slope);
            let product = T::from_f64(0.01) * count;
            let product_2 = sum_of_squares[0] * product;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 3 * d + 50,
                        products: d,
                    },
                    [&mut sum_2],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, values, scratch, .. },
                        [mut sum_2,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1] = carve(
                            values,
                            [d * tile, tile],
                        );
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
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
                            if first == begin {
                                sum_2[..1].fill(T::ZERO);
                            }
                            compute_sum_2(isa, rows, offset, x_dot_slope, y, &mut sum_2);
                            first += rows;
                        }
                    },
                );
            sum_2[0] + product_2
        }
    }
    /// `error[n] = offset + x_dot_slope[n] − y[n]`
    /// `sum_2 = Σₙ ln cosh(error[n])`
    /// `a_bar[n] = tanh(error[n])`
    #[inline(always)]
    fn compute_a_bar<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        offset: T,
        x_dot_slope: &[T],
        y: &[T],
        sum_2: &mut [T],
        a_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            offset: T,
            x_dot_slope: &[T],
            y: &[T],
            sum_2: &mut [T],
            a_bar: &mut [T],
        ) {
            let x_dot_slope_row = &x_dot_slope[..rows];
            let y_row = &y[..rows];
            let mut sum_2_sums = LaneSums::<T, T::Vector>::zero();
            let a_bar_row = &mut a_bar[..rows];
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vector as Lanes<T>>::COUNT.min(rows - start);
                let x_dot_slope_run = &x_dot_slope_row[start..][..lanes];
                let y_run = &y_row[start..][..lanes];
                let sum_2_run = sum_2_sums.run(lanes);
                let a_bar_run = &mut a_bar_row[start..][..lanes];
                for lane in 0..lanes {
                    let error = offset + x_dot_slope_run[lane] - y_run[lane];
                    sum_2_run[lane] += math::log_cosh(isa, error);
                    a_bar_run[lane] = math::tanh(isa, error);
                }
                start += lanes;
            }
            sum_2[0] += sum_2_sums.total();
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, rows, offset, x_dot_slope, y, sum_2, a_bar),
        );
    }
    /// `slope_bar[i] = slope[i]·product_3 + x_dot_a_bar[i]`
    #[inline(always)]
    fn compute_slope_bar<I: Isa, T: Real>(
        isa: I,
        d: usize,
        slope: &[T],
        product_3: T,
        x_dot_a_bar: &[T],
        slope_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            d: usize,
            slope: &[T],
            product_3: T,
            x_dot_a_bar: &[T],
            slope_bar: &mut [T],
        ) {
            let slope_row = &slope[..d];
            let x_dot_a_bar_row = &x_dot_a_bar[..d];
            let slope_bar_row = &mut slope_bar[..d];
            for i in 0..d {
                slope_bar_row[i] = slope_row[i] * product_3 + x_dot_a_bar_row[i];
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(d, slope, product_3, x_dot_a_bar, slope_bar),
        );
    }
    /// `error[n] = offset + x_dot_slope[n] − y[n]`
    /// `sum_2 = Σₙ ln cosh(error[n])`
    #[inline(always)]
    fn compute_sum_2<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        offset: T,
        x_dot_slope: &[T],
        y: &[T],
        sum_2: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            offset: T,
            x_dot_slope: &[T],
            y: &[T],
            sum_2: &mut [T],
        ) {
            let x_dot_slope_row = &x_dot_slope[..rows];
            let y_row = &y[..rows];
            let mut sum_2_sums = LaneSums::<T, T::Vector>::zero();
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vector as Lanes<T>>::COUNT.min(rows - start);
                let x_dot_slope_run = &x_dot_slope_row[start..][..lanes];
                let y_run = &y_row[start..][..lanes];
                let sum_2_run = sum_2_sums.run(lanes);
                for lane in 0..lanes {
                    let error = offset + x_dot_slope_run[lane] - y_run[lane];
                    sum_2_run[lane] += math::log_cosh(isa, error);
                }
                start += lanes;
            }
            sum_2[0] += sum_2_sums.total();
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, rows, offset, x_dot_slope, y, sum_2),
        );
    }
    /// Memory for the steps, with kernels that work on so many examples.
    const fn workspace<T: Real>([d]: [usize; 1], rows: usize) -> WorkspaceSize {
        WorkspaceSize::new(
            largest([0, d]),
            largest([d + 1, d + 2]),
            largest([1, d + 2]),
            largest([
                matmul_scratch::<T>([1, d, rows]),
                matmul_scratch::<T>([1, rows, d]),
            ]),
        )
    }
};
const _: ::core::marker::PhantomData<(Input, Input, Param, Param, Loss)> = ::core::marker::PhantomData;
