/// A softmax classifier of 8×8 images.
///
/// # The model
///
/// (the equations, in MathML)
///
/// # The gradient
///
/// (the equations, in MathML)
///
/// L is the loss of N examples, which are the first axis of every array that has them. A bar marks an adjoint: ā is ∂L/∂a. Aᵀ is the transpose of A. a\[n,i\] is an element of a; indices begin at 0. \[c\] is 1 where c holds and 0 elsewhere; 0 times anything is 0.
///
/// # Shapes
///
/// | value | shape | meaning |
/// |---|---|---|
/// | `x` | N × 64 | input |
/// | `w` | 64 × 10 | parameter |
/// | `b` | 10 | parameter |
/// | `p` | N × 10 | prediction |
/// | `y` | N | target, a class below 10 |
///
/// # Cost
///
/// | for `N` examples | operations |
/// |---|---|
/// | loss | `1372·N + 2` |
/// | loss and gradient together | `2693·N + 4` |
/// | each gradient differentiated separately | `4096·N + 8` |
/// | loss and gradient against loss, for many examples | `1.96 times` |
/// | separately against together, for many examples | `1.52 times` |
///
/// An operation is one addition, one multiplication or one application of a function, for one element. The workspace takes 396 bytes for each example of a tile.
///
/// # Examples
/// ```text
/// let mut model = Classifier::seeded(42);
/// let batch = Classifier::batch(&x, &target)?;
/// let (loss, gradient) = model.loss_and_gradient(&batch);
/// println!("{loss} {:?}", gradient.w());
/// let prediction = model.predict(&x)?;
/// ```
#[derive(Clone, Debug, PartialEq)]
struct Classifier {
    parameters: ::chainrule::__private::ParametersOf<f32, 650>,
}
/// Checked examples for [`Classifier`].
#[allow(dead_code, deprecated)]
type ClassifierBatch<'a> = ::chainrule::__private::Batch<'a, Classifier, 1, 1, 0>;
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
    #[automatically_derived]
    impl Classifier {
        /// How many parameters there are: the length of θ.
        pub const PARAMETERS_LEN: usize = 650;
        /// How many numbers the steps keep where there is no heap: they then take one example at a time.
        pub const WORKSPACE_LEN: usize = workspace::<f32>([], 1).of_one_example();
        /// All parameters 0.
        pub fn zeros() -> Self {
            Self {
                parameters: zero_parameters(&[("w", &[64, 10]), ("b", &[10])])
                    .unwrap_or_else(|error| refuse(&error)),
            }
        }
        /// Parameters drawn by each one's initializer; the same seed gives the same bits.
        pub fn seeded(seed: u64) -> Self {
            let mut model = Self::zeros();
            initialize(
                seed,
                &[(Initializer::GlorotUniform, &[64, 10]), (Initializer::Zeros, &[10])],
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
        /// - `x`: shape [64] for each example
        /// - `target`: a class below 10 for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite, or an index out of range.
        pub fn batch<'a>(
            x: &'a [f32],
            target: &'a [u32],
        ) -> Result<ClassifierBatch<'a>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[64],
                        values: x,
                    },
                ],
                [
                    Indices {
                        name: "target",
                        bound: 10,
                        extents: &[],
                        values: target,
                    },
                ],
                [],
            )?;
            Ok(Batch::new(examples, ()))
        }
        /// The predictions, in rows: shape [10] for each example.
        ///
        /// Allocates; in a loop over checked batches, [`Predict::predict_into`] reuses its memory.
        ///
        /// - `x`: shape [64] for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite, or an index out of range.
        pub fn predict<'a>(&self, x: &'a [f32]) -> Result<Vec<f32>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[64],
                        values: x,
                    },
                ],
                [],
                [],
            )?;
            let mut output = zeros::<f32>(examples.rows, 10)?;
            dispatch(Predict {
                extents: [],
                parameters: &self.parameters,
                examples: &examples,
                output: &mut output,
                workspace: &mut self.workspace(),
            });
            Ok(output)
        }
        /// The same as `predict` in memory of the caller's, for inputs that no batch holds. Allocates nothing.
        ///
        /// # Errors
        /// If an input is not as it must be, or `output` has another length than the outputs together.
        pub fn predict_to<'a>(
            &self,
            x: &'a [f32],
            output: &mut [f32],
            workspace: &mut <Self as Model>::Workspace,
        ) -> Result<(), Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[64],
                        values: x,
                    },
                ],
                [],
                [],
            )?;
            require_room("output", output.len(), examples.rows * 10)?;
            dispatch(Predict {
                extents: [],
                parameters: &self.parameters,
                examples: &examples,
                output: output,
                workspace: workspace,
            });
            Ok(())
        }
        /// The loss of a batch: the mean of its examples' losses.
        ///
        /// Allocates a workspace; in a loop, [`Model::loss_into`] reuses one.
        pub fn loss(&self, batch: &ClassifierBatch<'_>) -> f32 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
        ///
        /// One pass over the examples gives both, by the equations in the documentation of the type.
        ///
        /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
        pub fn loss_and_gradient(&self, batch: &ClassifierBatch<'_>) -> (f32, Self) {
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
            "Classifier: the model\n  p      = x·w + b\n  δ[n,i] = [y[n] = i]\n  d[n,i] = p[n,i] − maxⱼ p[n,j]\n  u      = exp(d)\n  s[n]   = Σᵢ u[n,i]\n  L      = −(1/N)·Σ_{n,i} δ[n,i]·(d[n,i] − ln(s[n]))\n\nThe gradient\n  p\u{304}[n,i]    = u[n,i]/(N·s[n]) − (1/N)·δ[n,i]\n  ∂L/∂b = b\u{304} = Σₙ p\u{304}\n  ∂L/∂w = w\u{304} = xᵀ·p\u{304}\n\nShapes\n  x  N × 64   input\n  w  64 × 10  parameter\n  b  10       parameter\n  p  N × 10   prediction\n  y  N        target, a class below 10\n\nNotation\n  L is the loss of N examples, which are the first axis of every array that has them.\n  A bar marks an adjoint: ā is ∂L/∂a.\n  Aᵀ is the transpose of A.\n  a[n,i] is an element of a; indices begin at 0.\n  [c] is 1 where c holds and 0 elsewhere; 0 times anything is 0.\n\nCost, in operations for N examples\n  loss                                               1372·N + 2\n  loss and gradient together                         2693·N + 4\n  each gradient differentiated separately            4096·N + 8\n  loss and gradient against loss, for many examples  1.96 times\n  separately against together, for many examples     1.52 times\n  workspace                                          396 bytes for each example of a tile\n  An operation is one addition, one multiplication or one application of a function, for one element.\n"
        }
        /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
        pub fn plan() -> &'static str {
            "Once, before the examples\n  number   quotient = (−1)/N\n  number   quotient_2 = 1/N\nFor each tile of examples\n  load     x\n  load     target\n  product  x_dot_w[i,n] = Σₖ x[k,n]·w[k,i]\n  loop     prediction[i,n] = b[i] + x_dot_w[i,n]\n           extremum[n] = maxᵢ prediction[i,n]\n  loop     prediction[i,n] = b[i] + x_dot_w[i,n]\n           exp[i,n] = exp(prediction[i,n] − extremum[n])\n           sum_2[n] = Σᵢ exp[i,n]\n  loop     ln[n] = ln(sum_2[n])\n  loop     prediction[i,n] = b[i] + x_dot_w[i,n]\n           sum_3[n] = Σᵢ pick([target[n] = i], prediction[i,n] − extremum[n] − ln[n])\n           prediction_bar[i,n] = pick([target[n] = i], quotient) + exp[i,n]·(quotient_2/sum_2[n])\n  sum      sum_4 = Σₙ sum_3[n]\n  sum      b_bar[i] = Σₙ prediction_bar[i,n]\n  product  w_bar[i,j] = Σₙ x[i,n]·prediction_bar[j,n]\nOnce, after the examples\n  number   negative = −sum_4\n  number   loss = negative/N\nMemory\n  64 per example: x\n  1 per example: target\n  10 per example: x_dot_w\n  1 per example: extremum\n  10 per example: exp\n  1 per example: sum_2\n  1 per example: ln\n  1 per example: sum_3\n  10 per example: prediction_bar\n"
        }
        /// The parameter `w`: shape [64, 10], row-major.
        pub fn w(&self) -> &[f32] {
            &self.parameters[..640]
        }
        /// The parameter `w`: shape [64, 10], row-major; to be changed.
        pub fn w_mut(&mut self) -> &mut [f32] {
            &mut self.parameters[..640]
        }
        /// The parameter `b`: shape [10].
        pub fn b(&self) -> &[f32] {
            &self.parameters[640..][..10]
        }
        /// The parameter `b`: shape [10]; to be changed.
        pub fn b_mut(&mut self) -> &mut [f32] {
            &mut self.parameters[640..][..10]
        }
    }
    #[automatically_derived]
    impl Model for Classifier {
        type Scalar = f32;
        type Dims = ();
        type Batch<'a> = ClassifierBatch<'a>;
        type Workspace = WorkspaceOf<f32, { Classifier::WORKSPACE_LEN }>;
        const REDUCTION: Reduction = Reduction::Mean;
        const DEFINITION_HASH: u64 = 0xc8b1f1807f95a0cf;
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
            Workspace::of([], workspace::<f32>)
        }
        fn loss_into(
            &self,
            batch: &Self::Batch<'_>,
            workspace: &mut Self::Workspace,
        ) -> f32 {
            dispatch(Loss {
                extents: [],
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
                    extents: [],
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
            lay_out(&[("w", &[64, 10]), ("b", &[10])])
                .unwrap_or_else(|error| refuse(&error))
        }
        fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
            require_length(parameters.len(), self.parameters.len());
            run_anywhere(Loss {
                extents: [],
                parameters,
                examples: &batch.examples().in_f64().examples(),
                workspace: &mut Workspace::of([], workspace::<f64>),
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
    impl Extents for Classifier {
        const EXTENTS: &'static [usize] = &[];
        const PARAMETERS: usize = count_parameters(&[("w", &[64, 10]), ("b", &[10])]);
    }
    #[automatically_derived]
    impl predict::Predict for Classifier {
        fn output_width(&self) -> usize {
            10
        }
        fn predict_into(
            &self,
            batch: &Self::Batch<'_>,
            output: &mut [f32],
            workspace: &mut Self::Workspace,
        ) {
            let examples = batch.examples().pick([0], [], []);
            require_rows("output", output.len(), examples.rows * 10);
            dispatch_examples::<
                Self,
                _,
            >(
                examples.rows,
                Predict {
                    extents: [],
                    parameters: &self.parameters,
                    examples: &examples,
                    output,
                    workspace,
                },
            )
        }
        fn targets<'a>(batch: &'a Self::Batch<'_>) -> predict::Targets<'a, f32> {
            predict::Targets::Classes(batch.examples().indices[0].values)
        }
    }
    struct LossAndGradient<'a, T> {
        extents: [usize; 0],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 1, 1, 0>,
        gradient: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for LossAndGradient<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let LossAndGradient {
                extents: [],
                parameters,
                examples,
                gradient,
                workspace,
            } = self;
            let w = &parameters[..640];
            let b = &parameters[640..][..10];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let [w_bar, b_bar] = carve(gradient, [640, 10]);
            let mut sum_4 = [T::ZERO];
            let quotient = T::from_f64(-1.0) / count;
            let quotient_2 = T::ONE / count;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 2054,
                        products: 1280,
                    },
                    [&mut sum_4, b_bar, w_bar],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, values, scratch, .. },
                        [mut sum_4,
                        b_bar,
                        w_bar,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2, tile_region_3,
                        tile_region_4, tile_region_5, tile_region_6, tile_region_7,
                        tile_region_8] = carve(
                            values,
                            [
                                64 * tile,
                                tile,
                                10 * tile,
                                tile,
                                10 * tile,
                                tile,
                                tile,
                                tile,
                                10 * tile,
                            ],
                        );
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let update = if first == begin {
                                Update::Set
                            } else {
                                Update::Add
                            };
                            let x = &mut tile_region_0[..64 * rows];
                            load_rows(
                                isa,
                                examples.reals[0].values,
                                examples.reals[0].width,
                                first,
                                rows,
                                x,
                            );
                            let target = &mut tile_region_1[..rows];
                            load_indices(
                                examples.indices[0].values,
                                examples.indices[0].width,
                                first,
                                rows,
                                target,
                            );
                            let x_dot_w = &mut tile_region_2[..10 * rows];
                            matmul(
                                isa,
                                [10, 64, rows],
                                Matrix::new(w, 1, 10),
                                Matrix::new(x, rows, 1),
                                x_dot_w,
                                rows,
                                Update::Set,
                                scratch,
                            );
                            let extremum = &mut tile_region_3[..rows];
                            compute_extremum(isa, rows, b, x_dot_w, extremum);
                            let exp = &mut tile_region_4[..10 * rows];
                            let sum_2 = &mut tile_region_5[..rows];
                            compute_sum_2(isa, rows, b, x_dot_w, extremum, exp, sum_2);
                            let ln = &mut tile_region_6[..rows];
                            compute_ln(isa, rows, sum_2, ln);
                            let sum_3 = &mut tile_region_7[..rows];
                            let prediction_bar = &mut tile_region_8[..10 * rows];
                            compute_prediction_bar(
                                isa,
                                rows,
                                target,
                                b,
                                x_dot_w,
                                extremum,
                                ln,
                                quotient,
                                exp,
                                quotient_2,
                                sum_2,
                                sum_3,
                                prediction_bar,
                            );
                            update.apply(&mut sum_4[0], sum(isa, sum_3));
                            row_sums(
                                isa,
                                [10, rows],
                                Matrix::new(prediction_bar, rows, 1),
                                b_bar,
                                1,
                                update,
                            );
                            matmul(
                                isa,
                                [64, rows, 10],
                                Matrix::new(x, rows, 1),
                                Matrix::new(prediction_bar, 1, rows),
                                w_bar,
                                10,
                                update,
                                scratch,
                            );
                            first += rows;
                        }
                    },
                );
            let negative = -sum_4[0];
            negative / count
        }
    }
    struct Loss<'a, T> {
        extents: [usize; 0],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 1, 1, 0>,
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Loss<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let Loss { extents: [], parameters, examples, workspace } = self;
            let w = &parameters[..640];
            let b = &parameters[640..][..10];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let mut sum_4 = [T::ZERO];
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 1214,
                        products: 640,
                    },
                    [&mut sum_4],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, values, scratch, .. },
                        [mut sum_4,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2, tile_region_3,
                        tile_region_4] = carve(
                            values,
                            [64 * tile, tile, 10 * tile, tile, tile],
                        );
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let update = if first == begin {
                                Update::Set
                            } else {
                                Update::Add
                            };
                            let x = &mut tile_region_0[..64 * rows];
                            load_rows(
                                isa,
                                examples.reals[0].values,
                                examples.reals[0].width,
                                first,
                                rows,
                                x,
                            );
                            let target = &mut tile_region_1[..rows];
                            load_indices(
                                examples.indices[0].values,
                                examples.indices[0].width,
                                first,
                                rows,
                                target,
                            );
                            let x_dot_w = &mut tile_region_2[..10 * rows];
                            matmul(
                                isa,
                                [10, 64, rows],
                                Matrix::new(w, 1, 10),
                                Matrix::new(x, rows, 1),
                                x_dot_w,
                                rows,
                                Update::Set,
                                scratch,
                            );
                            let extremum = &mut tile_region_0[..rows];
                            compute_extremum(isa, rows, b, x_dot_w, extremum);
                            let sum_2 = &mut tile_region_3[..rows];
                            compute_sum_2_2(isa, rows, b, x_dot_w, extremum, sum_2);
                            let ln = &mut tile_region_4[..rows];
                            compute_ln(isa, rows, sum_2, ln);
                            let sum_3 = &mut tile_region_3[..rows];
                            compute_sum_3(
                                isa,
                                rows,
                                target,
                                b,
                                x_dot_w,
                                extremum,
                                ln,
                                sum_3,
                            );
                            update.apply(&mut sum_4[0], sum(isa, sum_3));
                            first += rows;
                        }
                    },
                );
            let negative = -sum_4[0];
            negative / count
        }
    }
    struct Predict<'a, T> {
        extents: [usize; 0],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 1, 0, 0>,
        output: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Predict<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) {
            let Predict { extents: [], parameters, examples, output, workspace } = self;
            let w = &parameters[..640];
            let b = &parameters[640..][..10];
            let (_, mut tiles) = workspace.parts(0);
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 828,
                        products: 640,
                    },
                    [],
                    [tiles::Rows::new(output, 10)],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, origin, values, scratch, .. },
                        [],
                        [output,
                        ]|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1] = carve(
                            values,
                            [64 * tile, 10 * tile],
                        );
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let from = first - origin;
                            let x = &mut tile_region_0[..64 * rows];
                            load_rows(
                                isa,
                                examples.reals[0].values,
                                examples.reals[0].width,
                                first,
                                rows,
                                x,
                            );
                            let x_dot_w = &mut tile_region_1[..10 * rows];
                            matmul(
                                isa,
                                [10, 64, rows],
                                Matrix::new(w, 1, 10),
                                Matrix::new(x, rows, 1),
                                x_dot_w,
                                rows,
                                Update::Set,
                                scratch,
                            );
                            let prediction = &mut tile_region_0[..10 * rows];
                            compute_prediction(isa, rows, b, x_dot_w, prediction);
                            store_rows(
                                isa,
                                prediction,
                                10,
                                rows,
                                &mut output[from * 10..][..10 * rows],
                            );
                            first += rows;
                        }
                    },
                );
        }
    }
    /// `prediction[i,n] = b[i] + x_dot_w[i,n]`
    /// `extremum[n] = maxᵢ prediction[i,n]`
    #[inline(always)]
    fn compute_extremum<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        b: &[T],
        x_dot_w: &[T],
        extremum: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            b: &[T],
            x_dot_w: &[T],
            extremum: &mut [T],
        ) {
            extremum[..rows].fill(T::from_f64(::core::f64::NEG_INFINITY));
            for i in 0..10 {
                let b_here = b[i];
                let x_dot_w_row = &x_dot_w[i * rows..][..rows];
                let extremum_row = &mut extremum[..rows];
                for n in 0..rows {
                    let prediction_2 = b_here + x_dot_w_row[n];
                    extremum_row[n] = math::max(isa, extremum_row[n], prediction_2);
                }
            }
        }
        isa.run(#[inline(always)] || vectorized(isa, rows, b, x_dot_w, extremum));
    }
    /// `prediction[i,n] = b[i] + x_dot_w[i,n]`
    /// `exp[i,n] = exp(prediction[i,n] − extremum[n])`
    /// `sum_2[n] = Σᵢ exp[i,n]`
    #[inline(always)]
    fn compute_sum_2<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        b: &[T],
        x_dot_w: &[T],
        extremum: &[T],
        exp: &mut [T],
        sum_2: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            b: &[T],
            x_dot_w: &[T],
            extremum: &[T],
            exp: &mut [T],
            sum_2: &mut [T],
        ) {
            sum_2[..rows].fill(T::ZERO);
            for i in 0..10 {
                let b_here = b[i];
                let x_dot_w_row = &x_dot_w[i * rows..][..rows];
                let extremum_row = &extremum[..rows];
                let exp_row = &mut exp[i * rows..][..rows];
                let sum_2_row = &mut sum_2[..rows];
                for n in 0..rows {
                    let prediction_2 = b_here + x_dot_w_row[n];
                    let exp_2 = math::exp(isa, prediction_2 - extremum_row[n]);
                    exp_row[n] = exp_2;
                    sum_2_row[n] += exp_2;
                }
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, rows, b, x_dot_w, extremum, exp, sum_2),
        );
    }
    /// `ln[n] = ln(sum_2[n])`
    #[inline(always)]
    fn compute_ln<I: Isa, T: Real>(isa: I, rows: usize, sum_2: &[T], ln: &mut [T]) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(isa: I, rows: usize, sum_2: &[T], ln: &mut [T]) {
            let sum_2_row = &sum_2[..rows];
            let ln_row = &mut ln[..rows];
            for n in 0..rows {
                ln_row[n] = math::ln(isa, sum_2_row[n]);
            }
        }
        isa.run(#[inline(always)] || vectorized(isa, rows, sum_2, ln));
    }
    /// `prediction[i,n] = b[i] + x_dot_w[i,n]`
    /// `sum_3[n] = Σᵢ pick([target[n] = i], prediction[i,n] − extremum[n] − ln[n])`
    /// `prediction_bar[i,n] = pick([target[n] = i], quotient) + exp[i,n]·(quotient_2/sum_2[n])`
    #[inline(always)]
    fn compute_prediction_bar<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        target: &[T],
        b: &[T],
        x_dot_w: &[T],
        extremum: &[T],
        ln: &[T],
        quotient: T,
        exp: &[T],
        quotient_2: T,
        sum_2: &[T],
        sum_3: &mut [T],
        prediction_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            target: &[T],
            b: &[T],
            x_dot_w: &[T],
            extremum: &[T],
            ln: &[T],
            quotient: T,
            exp: &[T],
            quotient_2: T,
            sum_2: &[T],
            sum_3: &mut [T],
            prediction_bar: &mut [T],
        ) {
            sum_3[..rows].fill(T::ZERO);
            for i in 0..10 {
                let target_row = &target[..rows];
                let b_here = b[i];
                let x_dot_w_row = &x_dot_w[i * rows..][..rows];
                let extremum_row = &extremum[..rows];
                let ln_row = &ln[..rows];
                let exp_row = &exp[i * rows..][..rows];
                let sum_2_row = &sum_2[..rows];
                let sum_3_row = &mut sum_3[..rows];
                let prediction_bar_row = &mut prediction_bar[i * rows..][..rows];
                for n in 0..rows {
                    let equal = math::equal(isa, target_row[n], T::from_f64(i as f64));
                    let prediction_2 = b_here + x_dot_w_row[n];
                    sum_3_row[n]
                        += math::pick(
                            isa,
                            equal,
                            prediction_2 - extremum_row[n] - ln_row[n],
                        );
                    prediction_bar_row[n] = math::pick(isa, equal, quotient)
                        + exp_row[n] * (quotient_2 / sum_2_row[n]);
                }
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                target,
                b,
                x_dot_w,
                extremum,
                ln,
                quotient,
                exp,
                quotient_2,
                sum_2,
                sum_3,
                prediction_bar,
            ),
        );
    }
    /// `prediction[i,n] = b[i] + x_dot_w[i,n]`
    /// `sum_2[n] = Σᵢ exp(prediction[i,n] − extremum[n])`
    #[inline(always)]
    fn compute_sum_2_2<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        b: &[T],
        x_dot_w: &[T],
        extremum: &[T],
        sum_2: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            b: &[T],
            x_dot_w: &[T],
            extremum: &[T],
            sum_2: &mut [T],
        ) {
            sum_2[..rows].fill(T::ZERO);
            for i in 0..10 {
                let b_here = b[i];
                let x_dot_w_row = &x_dot_w[i * rows..][..rows];
                let extremum_row = &extremum[..rows];
                let sum_2_row = &mut sum_2[..rows];
                for n in 0..rows {
                    let prediction_2 = b_here + x_dot_w_row[n];
                    sum_2_row[n] += math::exp(isa, prediction_2 - extremum_row[n]);
                }
            }
        }
        isa.run(#[inline(always)] || vectorized(isa, rows, b, x_dot_w, extremum, sum_2));
    }
    /// `prediction[i,n] = b[i] + x_dot_w[i,n]`
    /// `sum_3[n] = Σᵢ pick([target[n] = i], prediction[i,n] − extremum[n] − ln[n])`
    #[inline(always)]
    fn compute_sum_3<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        target: &[T],
        b: &[T],
        x_dot_w: &[T],
        extremum: &[T],
        ln: &[T],
        sum_3: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            target: &[T],
            b: &[T],
            x_dot_w: &[T],
            extremum: &[T],
            ln: &[T],
            sum_3: &mut [T],
        ) {
            sum_3[..rows].fill(T::ZERO);
            for i in 0..10 {
                let target_row = &target[..rows];
                let b_here = b[i];
                let x_dot_w_row = &x_dot_w[i * rows..][..rows];
                let extremum_row = &extremum[..rows];
                let ln_row = &ln[..rows];
                let sum_3_row = &mut sum_3[..rows];
                for n in 0..rows {
                    let prediction_2 = b_here + x_dot_w_row[n];
                    sum_3_row[n]
                        += math::pick(
                            isa,
                            math::equal(isa, target_row[n], T::from_f64(i as f64)),
                            prediction_2 - extremum_row[n] - ln_row[n],
                        );
                }
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, rows, target, b, x_dot_w, extremum, ln, sum_3),
        );
    }
    /// `prediction[i,n] = b[i] + x_dot_w[i,n]`
    #[inline(always)]
    fn compute_prediction<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        b: &[T],
        x_dot_w: &[T],
        prediction: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            rows: usize,
            b: &[T],
            x_dot_w: &[T],
            prediction: &mut [T],
        ) {
            for i in 0..10 {
                let b_here = b[i];
                let x_dot_w_row = &x_dot_w[i * rows..][..rows];
                let prediction_row = &mut prediction[i * rows..][..rows];
                for n in 0..rows {
                    prediction_row[n] = b_here + x_dot_w_row[n];
                }
            }
        }
        isa.run(#[inline(always)] || vectorized(rows, b, x_dot_w, prediction));
    }
    /// Memory for the steps, with kernels that work on so many examples.
    const fn workspace<T: Real>([]: [usize; 0], rows: usize) -> WorkspaceSize {
        WorkspaceSize::new(
            0,
            largest([74, 77, 99]),
            largest([0, 1, 651]),
            largest([
                matmul_scratch::<T>([10, 64, rows]),
                matmul_scratch::<T>([64, rows, 10]),
            ]),
        )
    }
};
const _: ::core::marker::PhantomData<(Input, Param, Param, Output)> = ::core::marker::PhantomData;
