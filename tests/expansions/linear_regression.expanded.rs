/// A linear regression.
///
/// # The model
///
/// (the equations, in MathML)
///
/// # The gradient
///
/// (the equations, in MathML)
///
/// L is the loss of N examples, which are the first axis of every array that has them. A bar marks an adjoint: ā is ∂L/∂a. Aᵀ is the transpose of A.
///
/// # Shapes
///
/// | value | shape | meaning |
/// |---|---|---|
/// | `x` | N × D | input |
/// | `w` | D | parameter |
/// | `b` | scalar | parameter |
/// | `p` | N | prediction |
/// | `y` | N | target |
///
/// # Cost
///
/// | for `N` examples | operations |
/// |---|---|
/// | loss | `N·(2·D + 4) + 1` |
/// | loss and gradient together | `N·(4·D + 6) + 2` |
/// | each gradient differentiated separately | `N·(6·D + 11) + 4` |
///
/// An operation is one addition, one multiplication or one application of a function, for one element. The workspace takes 4·D + 8 bytes for each example of a tile.
///
/// # Examples
/// ```text
/// let mut model = Linear::<D>::seeded(42);
/// let batch = Linear::<D>::batch(&x, &target)?;
/// let (loss, gradient) = model.loss_and_gradient(&batch);
/// println!("{loss} {:?}", gradient.w());
/// let prediction = model.predict(&x)?;
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Linear<const D: usize> {
    parameters: ::chainrule::__private::Vec<f32>,
}
/// Checked examples for [`Linear`].
#[allow(dead_code, deprecated)]
pub type LinearBatch<'a, const D: usize> = ::chainrule::__private::Batch<
    'a,
    Linear<D>,
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
        "`linear` has dimensions that are not numbers, so that its size is not known where it is declared: write numbers or constants, or turn on the feature `alloc` of `chainrule`"
    );
    #[automatically_derived]
    impl<const D: usize> Linear<D> {
        /// All parameters 0.
        pub fn zeros() -> Self {
            const {
                ::core::assert!(D > 0, "every dimension of `Linear` is at least 1");
            };
            Self {
                parameters: zero_parameters(&[("w", &[D]), ("b", &[])])
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
        /// - `target`: a number for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
        pub fn batch<'a>(
            x: &'a [f32],
            target: &'a [f32],
        ) -> Result<LinearBatch<'a, D>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[D],
                        values: x,
                    },
                    Values {
                        name: "target",
                        extents: &[],
                        values: target,
                    },
                ],
                [],
                [],
            )?;
            Ok(Batch::new(examples, ()))
        }
        /// The predictions, in rows: a number for each example.
        ///
        /// Allocates; in a loop over checked batches, [`Predict::predict_into`] reuses its memory.
        ///
        /// - `x`: shape [D] for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
        pub fn predict<'a>(&self, x: &'a [f32]) -> Result<Vec<f32>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[D],
                        values: x,
                    },
                ],
                [],
                [],
            )?;
            let mut output = zeros::<f32>(examples.rows, 1)?;
            dispatch(Predict {
                extents: [D],
                parameters: &self.parameters,
                examples: &examples,
                output: &mut output,
                workspace: &mut self.workspace(),
            });
            Ok(output)
        }
        /// The loss of a batch: the mean of its examples' losses.
        ///
        /// Allocates a workspace; in a loop, [`Model::loss_into`] reuses one.
        pub fn loss(&self, batch: &LinearBatch<'_, D>) -> f32 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
        ///
        /// One pass over the examples gives both, by the equations in the documentation of the type.
        ///
        /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
        pub fn loss_and_gradient(&self, batch: &LinearBatch<'_, D>) -> (f32, Self) {
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
            "Linear: the model\n  p = x·w + b\n  e = p − y\n  L = (1/N)·Σₙ e²\n\nThe gradient\n  p\u{304}         = (2/N)·e\n  ∂L/∂b = b\u{304} = Σₙ p\u{304}\n  ∂L/∂w = w\u{304} = xᵀ·p\u{304}\n\nShapes\n  x  N × D   input\n  w  D       parameter\n  b  scalar  parameter\n  p  N       prediction\n  y  N       target\n\nNotation\n  L is the loss of N examples, which are the first axis of every array that has them.\n  A bar marks an adjoint: ā is ∂L/∂a.\n  Aᵀ is the transpose of A.\n\nCost, in operations for N examples\n  loss                                     N·(2·D + 4) + 1\n  loss and gradient together               N·(4·D + 6) + 2\n  each gradient differentiated separately  N·(6·D + 11) + 4\n  workspace                                4·D + 8 bytes for each example of a tile\n  An operation is one addition, one multiplication or one application of a function, for one element.\n"
        }
        /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
        pub fn plan() -> &'static str {
            "Once, before the examples\n  number   quotient = 2/N\nFor each tile of examples\n  load     x\n  product  x_dot_w[n] = Σⱼ x[j,n]·w[j]\n  loop     prediction[n] = b + x_dot_w[n]\n           sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])\n           prediction_bar[n] = (prediction[n] − target[n])·quotient\n  sum      b_bar = Σₙ prediction_bar[n]\n  product  w_bar[i] = Σₙ x[i,n]·prediction_bar[n]\nOnce, after the examples\n  number   loss = sum_of_squares/N\nMemory\n  D per example: x\n  1 per example: x_dot_w\n  1 per example: prediction_bar\n"
        }
        /// The parameter `w`: shape [D].
        pub fn w(&self) -> &[f32] {
            &self.parameters[..D]
        }
        /// The parameter `w`: shape [D]; to be changed.
        pub fn w_mut(&mut self) -> &mut [f32] {
            &mut self.parameters[..D]
        }
        /// The parameter `b`: a number.
        pub fn b(&self) -> f32 {
            self.parameters[D]
        }
        /// The parameter `b`: a number; to be changed.
        pub fn b_mut(&mut self) -> &mut f32 {
            &mut self.parameters[D]
        }
    }
    #[automatically_derived]
    impl<const D: usize> Model for Linear<D> {
        type Scalar = f32;
        type Dims = ();
        type Batch<'a> = LinearBatch<'a, D>;
        type Workspace = Workspace<f32>;
        const REDUCTION: Reduction = Reduction::Mean;
        const DEFINITION_HASH: u64 = 0xd0769dfb3afa51f1;
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
            lay_out(&[("w", &[D]), ("b", &[])]).unwrap_or_else(|error| refuse(&error))
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
    impl<const D: usize> Extents for Linear<D> {
        const EXTENTS: &'static [usize] = &[D];
        const PARAMETERS: usize = count_parameters(&[("w", &[D]), ("b", &[])]);
    }
    #[automatically_derived]
    impl<const D: usize> predict::Predict for Linear<D> {
        fn output_width(&self) -> usize {
            1
        }
        fn predict_into(
            &self,
            batch: &Self::Batch<'_>,
            output: &mut [f32],
            workspace: &mut Self::Workspace,
        ) {
            let examples = batch.examples().pick([0], [], []);
            require_rows("output", output.len(), examples.rows * 1);
            dispatch_examples::<
                Self,
                _,
            >(
                examples.rows,
                Predict {
                    extents: [D],
                    parameters: &self.parameters,
                    examples: &examples,
                    output,
                    workspace,
                },
            )
        }
        fn targets<'a>(batch: &'a Self::Batch<'_>) -> predict::Targets<'a, f32> {
            predict::Targets::Values(batch.examples().reals[1].values)
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
            let [d] = isa.extents([d]);
            let w = &parameters[..d];
            let b = parameters[d];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let [w_bar, b_bar] = carve(gradient, [d, 1]);
            let mut sum_of_squares = [T::ZERO];
            let quotient = T::from_f64(2.0) / count;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 4 * d + 14,
                        products: 2 * d,
                    },
                    [&mut sum_of_squares, b_bar, w_bar],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, values, scratch, .. },
                        [mut sum_of_squares,
                        b_bar,
                        w_bar,
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
                            let x_dot_w = &mut tile_region_1[..rows];
                            matmul(
                                isa,
                                [1, d, rows],
                                Matrix::new(w, 0, 1),
                                Matrix::new(x, rows, 1),
                                x_dot_w,
                                0,
                                Update::Set,
                                scratch,
                            );
                            let target = &examples.reals[1].values[first..][..rows];
                            let prediction_bar = &mut tile_region_2[..rows];
                            if first == begin {
                                sum_of_squares[..1].fill(T::ZERO);
                            }
                            compute_prediction_bar(
                                isa,
                                rows,
                                b,
                                x_dot_w,
                                target,
                                quotient,
                                &mut sum_of_squares,
                                prediction_bar,
                            );
                            update.apply(&mut b_bar[0], sum(isa, prediction_bar));
                            matmul(
                                isa,
                                [1, rows, d],
                                Matrix::new(prediction_bar, 0, 1),
                                Matrix::new(x, 1, rows),
                                w_bar,
                                0,
                                update,
                                scratch,
                            );
                            first += rows;
                        }
                    },
                );
            sum_of_squares[0] / count
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
            let w = &parameters[..d];
            let b = parameters[d];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let mut sum_of_squares = [T::ZERO];
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 3 * d + 8,
                        products: d,
                    },
                    [&mut sum_of_squares],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, values, scratch, .. },
                        [mut sum_of_squares,
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
                            let x_dot_w = &mut tile_region_1[..rows];
                            matmul(
                                isa,
                                [1, d, rows],
                                Matrix::new(w, 0, 1),
                                Matrix::new(x, rows, 1),
                                x_dot_w,
                                0,
                                Update::Set,
                                scratch,
                            );
                            let target = &examples.reals[1].values[first..][..rows];
                            if first == begin {
                                sum_of_squares[..1].fill(T::ZERO);
                            }
                            compute_sum_of_squares(
                                isa,
                                rows,
                                b,
                                x_dot_w,
                                target,
                                &mut sum_of_squares,
                            );
                            first += rows;
                        }
                    },
                );
            sum_of_squares[0] / count
        }
    }
    struct Predict<'a, T> {
        extents: [usize; 1],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 1, 0, 0>,
        output: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Predict<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) {
            let Predict { extents: [d], parameters, examples, output, workspace } = self;
            let [d] = isa.extents([d]);
            let w = &parameters[..d];
            let b = parameters[d];
            let (_, mut tiles) = workspace.parts(0);
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 3 * d + 6,
                        products: d,
                    },
                    [],
                    [tiles::Rows::new(output, 1)],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, origin, values, scratch, .. },
                        [],
                        [output,
                        ]|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2] = carve(
                            values,
                            [d * tile, tile, tile],
                        );
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let from = first - origin;
                            let x = &mut tile_region_0[..d * rows];
                            load_rows(
                                isa,
                                examples.reals[0].values,
                                examples.reals[0].width,
                                first,
                                rows,
                                x,
                            );
                            let x_dot_w = &mut tile_region_1[..rows];
                            matmul(
                                isa,
                                [1, d, rows],
                                Matrix::new(w, 0, 1),
                                Matrix::new(x, rows, 1),
                                x_dot_w,
                                0,
                                Update::Set,
                                scratch,
                            );
                            let prediction = &mut tile_region_2[..rows];
                            compute_prediction(isa, rows, b, x_dot_w, prediction);
                            store_rows(
                                isa,
                                prediction,
                                1,
                                rows,
                                &mut output[from..][..rows],
                            );
                            first += rows;
                        }
                    },
                );
        }
    }
    /// `prediction[n] = b + x_dot_w[n]`
    /// `sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])`
    /// `prediction_bar[n] = (prediction[n] − target[n])·quotient`
    #[inline(always)]
    fn compute_prediction_bar<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        b: T,
        x_dot_w: &[T],
        target: &[T],
        quotient: T,
        sum_of_squares: &mut [T],
        prediction_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            b: T,
            x_dot_w: &[T],
            target: &[T],
            quotient: T,
            sum_of_squares: &mut [T],
            prediction_bar: &mut [T],
        ) {
            let x_dot_w_row = &x_dot_w[..rows];
            let target_row = &target[..rows];
            let mut sum_of_squares_sums = LaneSums::<T, T::Vectors>::zero();
            let prediction_bar_row = &mut prediction_bar[..rows];
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vectors as Lanes<T>>::COUNT.min(rows - start);
                let x_dot_w_run = &x_dot_w_row[start..][..lanes];
                let target_run = &target_row[start..][..lanes];
                let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                let prediction_bar_run = &mut prediction_bar_row[start..][..lanes];
                for lane in 0..lanes {
                    let prediction_2 = b + x_dot_w_run[lane];
                    let difference = prediction_2 - target_run[lane];
                    sum_of_squares_run[lane] = difference
                        .mul_add_if(isa, difference, sum_of_squares_run[lane]);
                    prediction_bar_run[lane] = difference * quotient;
                }
                start += lanes;
            }
            sum_of_squares[0] += sum_of_squares_sums.total();
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                b,
                x_dot_w,
                target,
                quotient,
                sum_of_squares,
                prediction_bar,
            ),
        );
    }
    /// `prediction[n] = b + x_dot_w[n]`
    /// `sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])`
    #[inline(always)]
    fn compute_sum_of_squares<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        b: T,
        x_dot_w: &[T],
        target: &[T],
        sum_of_squares: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            b: T,
            x_dot_w: &[T],
            target: &[T],
            sum_of_squares: &mut [T],
        ) {
            let x_dot_w_row = &x_dot_w[..rows];
            let target_row = &target[..rows];
            let mut sum_of_squares_sums = LaneSums::<T, T::Vectors>::zero();
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vectors as Lanes<T>>::COUNT.min(rows - start);
                let x_dot_w_run = &x_dot_w_row[start..][..lanes];
                let target_run = &target_row[start..][..lanes];
                let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                for lane in 0..lanes {
                    let prediction_2 = b + x_dot_w_run[lane];
                    let difference = prediction_2 - target_run[lane];
                    sum_of_squares_run[lane] = difference
                        .mul_add_if(isa, difference, sum_of_squares_run[lane]);
                }
                start += lanes;
            }
            sum_of_squares[0] += sum_of_squares_sums.total();
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, rows, b, x_dot_w, target, sum_of_squares),
        );
    }
    /// `prediction[n] = b + x_dot_w[n]`
    #[inline(always)]
    fn compute_prediction<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        b: T,
        x_dot_w: &[T],
        prediction: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(rows: usize, b: T, x_dot_w: &[T], prediction: &mut [T]) {
            let x_dot_w_row = &x_dot_w[..rows];
            let prediction_row = &mut prediction[..rows];
            for n in 0..rows {
                prediction_row[n] = b + x_dot_w_row[n];
            }
        }
        isa.run(#[inline(always)] || vectorized(rows, b, x_dot_w, prediction));
    }
    /// Memory for the steps, with kernels that work on so many examples.
    const fn workspace<T: Real>([d]: [usize; 1], rows: usize) -> WorkspaceSize {
        WorkspaceSize::new(
            0,
            largest([d + 1, d + 2]),
            largest([0, 1, d + 2]),
            largest([
                matmul_scratch::<T>([1, d, rows]),
                matmul_scratch::<T>([1, rows, d]),
            ]),
        )
    }
};
const _: ::core::marker::PhantomData<(Input, Param, Param, Output)> = ::core::marker::PhantomData;
