/// A two-layer perceptron.
///
/// # The model
///
/// (the equations, in MathML)
///
/// # The gradient
///
/// (the equations, in MathML)
///
/// L is the loss of N examples, which are the first axis of every array that has them. A bar marks an adjoint: ā is ∂L/∂a. ⊙ multiplies element by element, · matrices and numbers. Aᵀ is the transpose of A. Σ without an index sums all elements. σ(x) is 1/(1 + exp(−x)).
///
/// # Shapes
///
/// | value | shape | meaning |
/// |---|---|---|
/// | `x` | N × D | input |
/// | `w1` | D × H | parameter |
/// | `b1` | H | parameter |
/// | `w2` | H × O | parameter |
/// | `b2` | O | parameter |
/// | `p` | N × O | prediction |
/// | `y` | N × O | target |
///
/// # Cost
///
/// | for `N` examples | operations |
/// |---|---|
/// | loss | `N·(2·D·H + 2·H·O + 2·H + 4·O) + 3` |
/// | loss and gradient together | `N·(4·D·H + 6·H·O + 6·H + 6·O) + 4` |
/// | each gradient differentiated separately | `N·(10·D·H + 14·H·O + 15·H + 21·O) + 16` |
///
/// An operation is one addition, one multiplication or one application of a function, for one element. The workspace takes 4·D + 12·H + 12·O bytes for each example of a tile.
///
/// # Examples
/// ```text
/// let mut model = Mlp::<D, H, O>::seeded(42);
/// let batch = Mlp::<D, H, O>::batch(&x, &target)?;
/// let (loss, gradient) = model.loss_and_gradient(&batch);
/// println!("{loss} {:?}", gradient.w1());
/// let prediction = model.predict(&x)?;
/// ```
#[derive(Clone, Debug, PartialEq)]
struct Mlp<const D: usize, const H: usize, const O: usize> {
    parameters: ::chainrule::__private::Vec<f32>,
}
/// Checked examples for [`Mlp`].
#[allow(dead_code, deprecated)]
type MlpBatch<'a, const D: usize, const H: usize, const O: usize> = ::chainrule::__private::Batch<
    'a,
    Mlp<D, H, O>,
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
        "`mlp` has dimensions that are not numbers, so that its size is not known where it is declared: write numbers or constants, or turn on the feature `alloc` of `chainrule`"
    );
    #[automatically_derived]
    impl<const D: usize, const H: usize, const O: usize> Mlp<D, H, O> {
        /// All parameters 0.
        pub fn zeros() -> Self {
            const {
                ::core::assert!(
                    D > 0 && H > 0 && O > 0, "every dimension of `Mlp` is at least 1"
                );
            };
            Self {
                parameters: zero_parameters(
                        &[("w1", &[D, H]), ("b1", &[H]), ("w2", &[H, O]), ("b2", &[O])],
                    )
                    .unwrap_or_else(|error| refuse(&error)),
            }
        }
        /// Parameters drawn by each one's initializer; the same seed gives the same bits.
        pub fn seeded(seed: u64) -> Self {
            let mut model = Self::zeros();
            initialize(
                seed,
                &[
                    (Initializer::GlorotUniform, &[D, H]),
                    (Initializer::Zeros, &[H]),
                    (Initializer::GlorotUniform, &[H, O]),
                    (Initializer::Zeros, &[O]),
                ],
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
        /// - `target`: shape [O] for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
        pub fn batch<'a>(
            x: &'a [f32],
            target: &'a [f32],
        ) -> Result<MlpBatch<'a, D, H, O>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[D],
                        values: x,
                    },
                    Values {
                        name: "target",
                        extents: &[O],
                        values: target,
                    },
                ],
                [],
                [],
            )?;
            Ok(Batch::new(examples, ()))
        }
        /// The predictions, in rows: shape [O] for each example.
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
            let mut output = zeros::<f32>(examples.rows, O)?;
            dispatch(Predict {
                extents: [D, H, O],
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
        pub fn loss(&self, batch: &MlpBatch<'_, D, H, O>) -> f32 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
        ///
        /// One pass over the examples gives both, by the equations in the documentation of the type.
        ///
        /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
        pub fn loss_and_gradient(&self, batch: &MlpBatch<'_, D, H, O>) -> (f32, Self) {
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
            "Mlp: the model\n  a      = x·w1 + b1\n  hidden = σ(a)\n  p      = hidden·w2 + b2\n  e      = p − y\n  L      = (1/(N·O))·Σ e²\n\nThe gradient\n  p\u{304}           = (2/(N·O))·e\n  ∂L/∂b2 = b\u{304}2 = Σₙ p\u{304}\n  ∂L/∂w2 = w\u{304}2 = hiddenᵀ·p\u{304}\n  a\u{304}           = (p\u{304}·w2ᵀ) ⊙ hidden ⊙ (1 − hidden)\n  ∂L/∂b1 = b\u{304}1 = Σₙ a\u{304}\n  ∂L/∂w1 = w\u{304}1 = xᵀ·a\u{304}\n\nShapes\n  x   N × D  input\n  w1  D × H  parameter\n  b1  H      parameter\n  w2  H × O  parameter\n  b2  O      parameter\n  p   N × O  prediction\n  y   N × O  target\n\nNotation\n  L is the loss of N examples, which are the first axis of every array that has them.\n  A bar marks an adjoint: ā is ∂L/∂a.\n  ⊙ multiplies element by element, · matrices and numbers.\n  Aᵀ is the transpose of A.\n  Σ without an index sums all elements.\n  σ(x) is 1/(1 + exp(−x)).\n\nCost, in operations for N examples\n  loss                                     N·(2·D·H + 2·H·O + 2·H + 4·O) + 3\n  loss and gradient together               N·(4·D·H + 6·H·O + 6·H + 6·O) + 4\n  each gradient differentiated separately  N·(10·D·H + 14·H·O + 15·H + 21·O) + 16\n  workspace                                4·D + 12·H + 12·O bytes for each example of a tile\n  An operation is one addition, one multiplication or one application of a function, for one element.\n"
        }
        /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
        pub fn plan() -> &'static str {
            "Once, before the examples\n  number   quotient = 1/N\n  number   quotient_2 = quotient/O\n  number   product = 2·quotient_2\nFor each tile of examples\n  load     x\n  load     target\n  product  x_dot_w1[i,n] = Σₖ x[k,n]·w1[k,i]\n  loop     a[i,n] = b1[i] + x_dot_w1[i,n]\n           hidden[i,n] = σ(a[i,n])\n  product  hidden_dot_w2[i,n] = Σₖ w2[k,i]·hidden[k,n]\n  loop     prediction[i,n] = b2[i] + hidden_dot_w2[i,n]\n           sum_of_squares = Σ_{i,n} (prediction[i,n] − target[i,n])·(prediction[i,n] − target[i,n])\n           prediction_bar[i,n] = (prediction[i,n] − target[i,n])·product\n  sum      b2_bar[i] = Σₙ prediction_bar[i,n]\n  product  w2_bar[i,j] = Σₙ hidden[i,n]·prediction_bar[j,n]\n  product  hidden_bar[i,n] = Σₖ w2[i,k]·prediction_bar[k,n]\n  loop     a_bar[i,n] = hidden_bar[i,n]·hidden[i,n]·(1 − hidden[i,n])\n  sum      b1_bar[i] = Σₙ a_bar[i,n]\n  product  w1_bar[i,j] = Σₙ x[i,n]·a_bar[j,n]\nOnce, after the examples\n  number   loss = sum_of_squares·quotient_2\nMemory\n  D per example: x\n  O per example: target\n  H per example: x_dot_w1, then hidden_bar\n  H per example: hidden\n  O per example: hidden_dot_w2\n  O per example: prediction_bar\n  H per example: a_bar\n"
        }
        /// The parameter `w1`: shape [D, H], row-major.
        pub fn w1(&self) -> &[f32] {
            &self.parameters[..D * H]
        }
        /// The parameter `w1`: shape [D, H], row-major; to be changed.
        pub fn w1_mut(&mut self) -> &mut [f32] {
            &mut self.parameters[..D * H]
        }
        /// The parameter `b1`: shape [H].
        pub fn b1(&self) -> &[f32] {
            &self.parameters[D * H..][..H]
        }
        /// The parameter `b1`: shape [H]; to be changed.
        pub fn b1_mut(&mut self) -> &mut [f32] {
            &mut self.parameters[D * H..][..H]
        }
        /// The parameter `w2`: shape [H, O], row-major.
        pub fn w2(&self) -> &[f32] {
            &self.parameters[D * H + H..][..H * O]
        }
        /// The parameter `w2`: shape [H, O], row-major; to be changed.
        pub fn w2_mut(&mut self) -> &mut [f32] {
            &mut self.parameters[D * H + H..][..H * O]
        }
        /// The parameter `b2`: shape [O].
        pub fn b2(&self) -> &[f32] {
            &self.parameters[D * H + H * O + H..][..O]
        }
        /// The parameter `b2`: shape [O]; to be changed.
        pub fn b2_mut(&mut self) -> &mut [f32] {
            &mut self.parameters[D * H + H * O + H..][..O]
        }
    }
    #[automatically_derived]
    impl<const D: usize, const H: usize, const O: usize> Model for Mlp<D, H, O> {
        type Scalar = f32;
        type Dims = ();
        type Batch<'a> = MlpBatch<'a, D, H, O>;
        type Workspace = Workspace<f32>;
        const REDUCTION: Reduction = Reduction::Mean;
        const DEFINITION_HASH: u64 = 0xa1ecfd668207159b;
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
            Workspace::of([D, H, O], workspace::<f32>)
        }
        fn loss_into(
            &self,
            batch: &Self::Batch<'_>,
            workspace: &mut Self::Workspace,
        ) -> f32 {
            dispatch(Loss {
                extents: [D, H, O],
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
                    extents: [D, H, O],
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
            lay_out(&[("w1", &[D, H]), ("b1", &[H]), ("w2", &[H, O]), ("b2", &[O])])
                .unwrap_or_else(|error| refuse(&error))
        }
        fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
            require_length(parameters.len(), self.parameters.len());
            run_anywhere(Loss {
                extents: [D, H, O],
                parameters,
                examples: &batch.examples().in_f64().examples(),
                workspace: &mut Workspace::of([D, H, O], workspace::<f64>),
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
    impl<const D: usize, const H: usize, const O: usize> Extents for Mlp<D, H, O> {
        const EXTENTS: &'static [usize] = &[D, H, O];
        const PARAMETERS: usize = count_parameters(
            &[("w1", &[D, H]), ("b1", &[H]), ("w2", &[H, O]), ("b2", &[O])],
        );
    }
    #[automatically_derived]
    impl<const D: usize, const H: usize, const O: usize> predict::Predict
    for Mlp<D, H, O> {
        fn output_width(&self) -> usize {
            O
        }
        fn predict_into(
            &self,
            batch: &Self::Batch<'_>,
            output: &mut [f32],
            workspace: &mut Self::Workspace,
        ) {
            let examples = batch.examples().pick([0], [], []);
            require_rows("output", output.len(), examples.rows * O);
            dispatch_examples::<
                Self,
                _,
            >(
                examples.rows,
                Predict {
                    extents: [D, H, O],
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
        extents: [usize; 3],
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
                h,
                o,
                ],
                parameters,
                examples,
                gradient,
                workspace,
            } = self;
            let [d, h, o] = isa.extents([d, h, o]);
            let w1 = &parameters[..d * h];
            let b1 = &parameters[d * h..][..h];
            let w2 = &parameters[d * h + h..][..h * o];
            let b2 = &parameters[d * h + h * o + h..][..o];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let [w1_bar, b1_bar, w2_bar, b2_bar] = carve(gradient, [d * h, h, h * o, o]);
            let mut sum_of_squares = [T::ZERO];
            let quotient = T::ONE / count;
            let quotient_2 = quotient / T::from_f64(o as f64);
            let product = T::from_f64(2.0) * quotient_2;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 2 * d * h + 3 * h * o + 2 * d + 42 * h + 16 * o,
                        products: 2 * d * h + 3 * h * o,
                    },
                    [&mut sum_of_squares, b2_bar, w2_bar, b1_bar, w1_bar],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, values, scratch, .. },
                        [mut sum_of_squares,
                        b2_bar,
                        w2_bar,
                        b1_bar,
                        w1_bar,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2, tile_region_3,
                        tile_region_4, tile_region_5, tile_region_6] = carve(
                            values,
                            [
                                d * tile,
                                o * tile,
                                h * tile,
                                h * tile,
                                o * tile,
                                o * tile,
                                h * tile,
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
                            let x = &mut tile_region_0[..d * rows];
                            load_rows(
                                isa,
                                examples.reals[0].values,
                                examples.reals[0].width,
                                first,
                                rows,
                                x,
                            );
                            let target = &mut tile_region_1[..o * rows];
                            load_rows(
                                isa,
                                examples.reals[1].values,
                                examples.reals[1].width,
                                first,
                                rows,
                                target,
                            );
                            let x_dot_w1 = &mut tile_region_2[..h * rows];
                            matmul(
                                isa,
                                [h, d, rows],
                                Matrix::new(w1, 1, h),
                                Matrix::new(x, rows, 1),
                                x_dot_w1,
                                rows,
                                Update::Set,
                                scratch,
                            );
                            let hidden = &mut tile_region_3[..h * rows];
                            compute_hidden(isa, h, rows, b1, x_dot_w1, hidden);
                            let hidden_dot_w2 = &mut tile_region_4[..o * rows];
                            matmul(
                                isa,
                                [o, h, rows],
                                Matrix::new(w2, 1, o),
                                Matrix::new(hidden, rows, 1),
                                hidden_dot_w2,
                                rows,
                                Update::Set,
                                scratch,
                            );
                            let prediction_bar = &mut tile_region_5[..o * rows];
                            if first == begin {
                                sum_of_squares[..1].fill(T::ZERO);
                            }
                            compute_prediction_bar(
                                isa,
                                o,
                                rows,
                                b2,
                                hidden_dot_w2,
                                target,
                                product,
                                &mut sum_of_squares,
                                prediction_bar,
                            );
                            row_sums(
                                isa,
                                [o, rows],
                                Matrix::new(prediction_bar, rows, 1),
                                b2_bar,
                                1,
                                update,
                            );
                            matmul(
                                isa,
                                [h, rows, o],
                                Matrix::new(hidden, rows, 1),
                                Matrix::new(prediction_bar, 1, rows),
                                w2_bar,
                                o,
                                update,
                                scratch,
                            );
                            let hidden_bar = &mut tile_region_2[..h * rows];
                            matmul(
                                isa,
                                [h, o, rows],
                                Matrix::new(w2, o, 1),
                                Matrix::new(prediction_bar, rows, 1),
                                hidden_bar,
                                rows,
                                Update::Set,
                                scratch,
                            );
                            let a_bar = &mut tile_region_6[..h * rows];
                            compute_a_bar(isa, h, rows, hidden_bar, hidden, a_bar);
                            row_sums(
                                isa,
                                [h, rows],
                                Matrix::new(a_bar, rows, 1),
                                b1_bar,
                                1,
                                update,
                            );
                            matmul(
                                isa,
                                [d, rows, h],
                                Matrix::new(x, rows, 1),
                                Matrix::new(a_bar, 1, rows),
                                w1_bar,
                                h,
                                update,
                                scratch,
                            );
                            first += rows;
                        }
                    },
                );
            sum_of_squares[0] * quotient_2
        }
    }
    struct Loss<'a, T> {
        extents: [usize; 3],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 2, 0, 0>,
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Loss<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let Loss { extents: [d, h, o], parameters, examples, workspace } = self;
            let [d, h, o] = isa.extents([d, h, o]);
            let w1 = &parameters[..d * h];
            let b1 = &parameters[d * h..][..h];
            let w2 = &parameters[d * h + h..][..h * o];
            let b2 = &parameters[d * h + h * o + h..][..o];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let mut sum_of_squares = [T::ZERO];
            let quotient = T::ONE / count;
            let quotient_2 = quotient / T::from_f64(o as f64);
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: d * h + h * o + 2 * d + 32 * h + 10 * o,
                        products: d * h + h * o,
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
                        let [tile_region_0, tile_region_1, tile_region_2, tile_region_3,
                        tile_region_4] = carve(
                            values,
                            [d * tile, o * tile, h * tile, h * tile, o * tile],
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
                            let target = &mut tile_region_1[..o * rows];
                            load_rows(
                                isa,
                                examples.reals[1].values,
                                examples.reals[1].width,
                                first,
                                rows,
                                target,
                            );
                            let x_dot_w1 = &mut tile_region_2[..h * rows];
                            matmul(
                                isa,
                                [h, d, rows],
                                Matrix::new(w1, 1, h),
                                Matrix::new(x, rows, 1),
                                x_dot_w1,
                                rows,
                                Update::Set,
                                scratch,
                            );
                            let hidden = &mut tile_region_3[..h * rows];
                            compute_hidden(isa, h, rows, b1, x_dot_w1, hidden);
                            let hidden_dot_w2 = &mut tile_region_4[..o * rows];
                            matmul(
                                isa,
                                [o, h, rows],
                                Matrix::new(w2, 1, o),
                                Matrix::new(hidden, rows, 1),
                                hidden_dot_w2,
                                rows,
                                Update::Set,
                                scratch,
                            );
                            if first == begin {
                                sum_of_squares[..1].fill(T::ZERO);
                            }
                            compute_sum_of_squares(
                                isa,
                                o,
                                rows,
                                b2,
                                hidden_dot_w2,
                                target,
                                &mut sum_of_squares,
                            );
                            first += rows;
                        }
                    },
                );
            sum_of_squares[0] * quotient_2
        }
    }
    struct Predict<'a, T> {
        extents: [usize; 3],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 1, 0, 0>,
        output: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Predict<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) {
            let Predict {
                extents: [d,
                h,
                o,
                ],
                parameters,
                examples,
                output,
                workspace,
            } = self;
            let [d, h, o] = isa.extents([d, h, o]);
            let w1 = &parameters[..d * h];
            let b1 = &parameters[d * h..][..h];
            let w2 = &parameters[d * h + h..][..h * o];
            let b2 = &parameters[d * h + h * o + h..][..o];
            let (_, mut tiles) = workspace.parts(0);
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: d * h + h * o + 2 * d + 32 * h + 6 * o,
                        products: d * h + h * o,
                    },
                    [],
                    [tiles::Rows::new(output, o)],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, origin, values, scratch, .. },
                        [],
                        [output,
                        ]|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2, tile_region_3,
                        tile_region_4] = carve(
                            values,
                            [d * tile, h * tile, h * tile, o * tile, o * tile],
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
                            let x_dot_w1 = &mut tile_region_1[..h * rows];
                            matmul(
                                isa,
                                [h, d, rows],
                                Matrix::new(w1, 1, h),
                                Matrix::new(x, rows, 1),
                                x_dot_w1,
                                rows,
                                Update::Set,
                                scratch,
                            );
                            let hidden = &mut tile_region_2[..h * rows];
                            compute_hidden(isa, h, rows, b1, x_dot_w1, hidden);
                            let hidden_dot_w2 = &mut tile_region_3[..o * rows];
                            matmul(
                                isa,
                                [o, h, rows],
                                Matrix::new(w2, 1, o),
                                Matrix::new(hidden, rows, 1),
                                hidden_dot_w2,
                                rows,
                                Update::Set,
                                scratch,
                            );
                            let prediction = &mut tile_region_4[..o * rows];
                            compute_prediction(
                                isa,
                                o,
                                rows,
                                b2,
                                hidden_dot_w2,
                                prediction,
                            );
                            store_rows(
                                isa,
                                prediction,
                                o,
                                rows,
                                &mut output[from * o..][..o * rows],
                            );
                            first += rows;
                        }
                    },
                );
        }
    }
    /// `a[i,n] = b1[i] + x_dot_w1[i,n]`
    /// `hidden[i,n] = σ(a[i,n])`
    #[inline(always)]
    fn compute_hidden<I: Isa, T: Real>(
        isa: I,
        h: usize,
        rows: usize,
        b1: &[T],
        x_dot_w1: &[T],
        hidden: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            h: usize,
            rows: usize,
            b1: &[T],
            x_dot_w1: &[T],
            hidden: &mut [T],
        ) {
            for i in 0..h {
                let b1_here = b1[i];
                let x_dot_w1_row = &x_dot_w1[i * rows..][..rows];
                let hidden_row = &mut hidden[i * rows..][..rows];
                for n in 0..rows {
                    let a = b1_here + x_dot_w1_row[n];
                    hidden_row[n] = math::sigmoid(isa, a);
                }
            }
        }
        isa.run(#[inline(always)] || vectorized(isa, h, rows, b1, x_dot_w1, hidden));
    }
    /// `prediction[i,n] = b2[i] + hidden_dot_w2[i,n]`
    /// `sum_of_squares = Σ_{i,n} (prediction[i,n] − target[i,n])·(prediction[i,n] − target[i,n])`
    /// `prediction_bar[i,n] = (prediction[i,n] − target[i,n])·product`
    #[inline(always)]
    fn compute_prediction_bar<I: Isa, T: Real>(
        isa: I,
        o: usize,
        rows: usize,
        b2: &[T],
        hidden_dot_w2: &[T],
        target: &[T],
        product: T,
        sum_of_squares: &mut [T],
        prediction_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            o: usize,
            rows: usize,
            b2: &[T],
            hidden_dot_w2: &[T],
            target: &[T],
            product: T,
            sum_of_squares: &mut [T],
            prediction_bar: &mut [T],
        ) {
            for i in 0..o {
                let b2_here = b2[i];
                let hidden_dot_w2_row = &hidden_dot_w2[i * rows..][..rows];
                let target_row = &target[i * rows..][..rows];
                let mut sum_of_squares_sums = LaneSums::<T, T::Vectors>::zero();
                let prediction_bar_row = &mut prediction_bar[i * rows..][..rows];
                let mut start = 0;
                while start < rows {
                    let lanes = <T::Vectors as Lanes<T>>::COUNT.min(rows - start);
                    let hidden_dot_w2_run = &hidden_dot_w2_row[start..][..lanes];
                    let target_run = &target_row[start..][..lanes];
                    let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                    let prediction_bar_run = &mut prediction_bar_row[start..][..lanes];
                    for lane in 0..lanes {
                        let prediction_2 = b2_here + hidden_dot_w2_run[lane];
                        let difference = prediction_2 - target_run[lane];
                        sum_of_squares_run[lane] = difference
                            .mul_add_if(isa, difference, sum_of_squares_run[lane]);
                        prediction_bar_run[lane] = difference * product;
                    }
                    start += lanes;
                }
                sum_of_squares[0] += sum_of_squares_sums.total();
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                o,
                rows,
                b2,
                hidden_dot_w2,
                target,
                product,
                sum_of_squares,
                prediction_bar,
            ),
        );
    }
    /// `a_bar[i,n] = hidden_bar[i,n]·hidden[i,n]·(1 − hidden[i,n])`
    #[inline(always)]
    fn compute_a_bar<I: Isa, T: Real>(
        isa: I,
        h: usize,
        rows: usize,
        hidden_bar: &[T],
        hidden: &[T],
        a_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            h: usize,
            rows: usize,
            hidden_bar: &[T],
            hidden: &[T],
            a_bar: &mut [T],
        ) {
            let hidden_bar_row = &hidden_bar[..h * rows];
            let hidden_row = &hidden[..h * rows];
            let a_bar_row = &mut a_bar[..h * rows];
            for i in 0..h * rows {
                a_bar_row[i] = hidden_bar_row[i]
                    * (hidden_row[i] * (T::ONE - hidden_row[i]));
            }
        }
        isa.run(#[inline(always)] || vectorized(h, rows, hidden_bar, hidden, a_bar));
    }
    /// `prediction[i,n] = b2[i] + hidden_dot_w2[i,n]`
    /// `sum_of_squares = Σ_{i,n} (prediction[i,n] − target[i,n])·(prediction[i,n] − target[i,n])`
    #[inline(always)]
    fn compute_sum_of_squares<I: Isa, T: Real>(
        isa: I,
        o: usize,
        rows: usize,
        b2: &[T],
        hidden_dot_w2: &[T],
        target: &[T],
        sum_of_squares: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            o: usize,
            rows: usize,
            b2: &[T],
            hidden_dot_w2: &[T],
            target: &[T],
            sum_of_squares: &mut [T],
        ) {
            for i in 0..o {
                let b2_here = b2[i];
                let hidden_dot_w2_row = &hidden_dot_w2[i * rows..][..rows];
                let target_row = &target[i * rows..][..rows];
                let mut sum_of_squares_sums = LaneSums::<T, T::Vectors>::zero();
                let mut start = 0;
                while start < rows {
                    let lanes = <T::Vectors as Lanes<T>>::COUNT.min(rows - start);
                    let hidden_dot_w2_run = &hidden_dot_w2_row[start..][..lanes];
                    let target_run = &target_row[start..][..lanes];
                    let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                    for lane in 0..lanes {
                        let prediction_2 = b2_here + hidden_dot_w2_run[lane];
                        let difference = prediction_2 - target_run[lane];
                        sum_of_squares_run[lane] = difference
                            .mul_add_if(isa, difference, sum_of_squares_run[lane]);
                    }
                    start += lanes;
                }
                sum_of_squares[0] += sum_of_squares_sums.total();
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, o, rows, b2, hidden_dot_w2, target, sum_of_squares),
        );
    }
    /// `prediction[i,n] = b2[i] + hidden_dot_w2[i,n]`
    #[inline(always)]
    fn compute_prediction<I: Isa, T: Real>(
        isa: I,
        o: usize,
        rows: usize,
        b2: &[T],
        hidden_dot_w2: &[T],
        prediction: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            o: usize,
            rows: usize,
            b2: &[T],
            hidden_dot_w2: &[T],
            prediction: &mut [T],
        ) {
            for i in 0..o {
                let b2_here = b2[i];
                let hidden_dot_w2_row = &hidden_dot_w2[i * rows..][..rows];
                let prediction_row = &mut prediction[i * rows..][..rows];
                for n in 0..rows {
                    prediction_row[n] = b2_here + hidden_dot_w2_row[n];
                }
            }
        }
        isa.run(#[inline(always)] || vectorized(o, rows, b2, hidden_dot_w2, prediction));
    }
    /// Memory for the steps, with kernels that work on so many examples.
    const fn workspace<T: Real>([d, h, o]: [usize; 3], rows: usize) -> WorkspaceSize {
        WorkspaceSize::new(
            0,
            largest([d + 2 * h + 2 * o, d + 3 * h + 3 * o]),
            largest([0, 1, d * h + h * o + h + o + 1]),
            largest([
                matmul_scratch::<T>([d, rows, h]),
                matmul_scratch::<T>([h, d, rows]),
                matmul_scratch::<T>([h, o, rows]),
                matmul_scratch::<T>([h, rows, o]),
                matmul_scratch::<T>([o, h, rows]),
            ]),
        )
    }
};
const _: ::core::marker::PhantomData<(Input, Param, Param, Param, Param, Output)> = ::core::marker::PhantomData;
