/// Decay from an amplitude at a rate.
///
/// # The model
///
/// (the equations, in MathML)
///
/// # The gradient
///
/// (the equations, in MathML)
///
/// # The Jacobian
///
/// (the equations, in MathML)
///
/// # The Hessian
///
/// (the equations, in MathML)
///
/// # The Jacobian for the inputs
///
/// (the equations, in MathML)
///
/// L is the loss of N examples, which are the first axis of every array that has them. A bar marks an adjoint: ā is ∂L/∂a.
///
/// # Shapes
///
/// | value | shape | meaning |
/// |---|---|---|
/// | `t` | N | input |
/// | `amplitude` | scalar | parameter |
/// | `rate` | scalar | parameter |
/// | `p` | N | prediction |
/// | `y` | N | target |
///
/// # Cost
///
/// | for `N` examples | operations |
/// |---|---|
/// | loss | `6·N + 2` |
/// | loss and gradient together | `13·N + 4` |
/// | each gradient differentiated separately | `20·N + 7` |
/// | loss and gradient against loss, for many examples | `2.17 times` |
/// | separately against together, for many examples | `1.54 times` |
///
/// An operation is one addition, one multiplication or one application of a function, for one element. The workspace takes 0 bytes for each example of a tile.
///
/// # Examples
/// ```text
/// let mut model = Decay::seeded(42);
/// let batch = Decay::batch(&t, &target)?;
/// let (loss, gradient) = model.loss_and_gradient(&batch);
/// println!("{loss} {:?}", gradient.amplitude());
/// let prediction = model.predict(&t)?;
/// ```
#[derive(Clone, Debug, PartialEq)]
struct Decay {
    parameters: ::chainrule::__private::ParametersOf<f64, 2>,
}
/// Checked examples for [`Decay`].
#[allow(dead_code, deprecated)]
type DecayBatch<'a> = ::chainrule::__private::Batch<'a, Decay, 2, 0, 0>;
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
    impl Decay {
        /// How many parameters there are: the length of θ.
        pub const PARAMETERS_LEN: usize = 2;
        /// How many numbers the steps keep where there is no heap: they then take one example at a time.
        pub const WORKSPACE_LEN: usize = workspace::<f64>([], 1).of_one_example();
        /// All parameters 0.
        pub fn zeros() -> Self {
            Self {
                parameters: zero_parameters(&[("amplitude", &[]), ("rate", &[])])
                    .unwrap_or_else(|error| refuse(&error)),
            }
        }
        /// Parameters drawn by each one's initializer; the same seed gives the same bits.
        pub fn seeded(seed: u64) -> Self {
            let mut model = Self::zeros();
            initialize(
                seed,
                &[(Initializer::Zeros, &[]), (Initializer::Zeros, &[])],
                &mut model.parameters,
            );
            model
        }
        /// A model with these parameters: θ, in the order of the signature, row-major.
        ///
        /// # Errors
        /// If there are more or fewer numbers than parameters.
        pub fn from_parameters(parameters: Vec<f64>) -> Result<Self, Error> {
            let mut model = Self::zeros();
            replace_parameters(&mut model.parameters, parameters)?;
            Ok(model)
        }
        /// Checks examples, once, for this model.
        ///
        /// - `t`: a number for each example
        /// - `target`: a number for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
        pub fn batch<'a>(
            t: &'a [f64],
            target: &'a [f64],
        ) -> Result<DecayBatch<'a>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "t",
                        extents: &[],
                        values: t,
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
        /// - `t`: a number for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
        pub fn predict<'a>(&self, t: &'a [f64]) -> Result<Vec<f64>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "t",
                        extents: &[],
                        values: t,
                    },
                ],
                [],
                [],
            )?;
            let mut output = zeros::<f64>(examples.rows, 1)?;
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
            t: &'a [f64],
            output: &mut [f64],
            workspace: &mut <Self as Model>::Workspace,
        ) -> Result<(), Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "t",
                        extents: &[],
                        values: t,
                    },
                ],
                [],
                [],
            )?;
            require_room("output", output.len(), examples.rows * 1)?;
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
        pub fn loss(&self, batch: &DecayBatch<'_>) -> f64 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
        ///
        /// One pass over the examples gives both, by the equations in the documentation of the type.
        ///
        /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
        pub fn loss_and_gradient(&self, batch: &DecayBatch<'_>) -> (f64, Self) {
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
            "Decay: the model\n  u = exp(−rate·t)\n  p = amplitude·u\n  e = p − y\n  L = (1/N)·Σₙ e²\n\nThe gradient\n  p\u{304}                         = (2/N)·e\n  ∂L/∂amplitude = a\u{305}m\u{305}p\u{305}l\u{305}i\u{305}t\u{305}u\u{305}d\u{305}e\u{305} = Σₙ u·p\u{304}\n  ∂L/∂rate = r\u{305}a\u{305}t\u{305}e\u{305}           = −amplitude·Σₙ t·u·p\u{304}\n\nThe Jacobian\n  u             = exp(−rate·t)\n  p             = amplitude·u\n  e             = p − y\n  ∂p/∂rate      = −t·p\n  ∂p/∂amplitude = u\n\nThe Hessian\n  u                         = exp(−rate·t)\n  p                         = amplitude·u\n  e                         = p − y\n  L                         = (1/N)·Σₙ e²\n  p\u{304}                         = (2/N)·e\n  ∂L/∂amplitude = a\u{305}m\u{305}p\u{305}l\u{305}i\u{305}t\u{305}u\u{305}d\u{305}e\u{305} = Σₙ u·p\u{304}\n  t1                        = amplitude·p\u{304}\n  ∂L/∂rate = r\u{305}a\u{305}t\u{305}e\u{305}           = −Σₙ t·u·t1\n  ∂²L/∂amplitude²           = (2/N)·Σₙ u²\n  t3                        = −u·t\n  t4                        = (2/N)·amplitude·t3\n  ∂²L/∂amplitude∂rate       = Σₙ (p\u{304}·t3 + u·t4)\n  ∂²L/∂rate²                = −Σₙ t·(t1·t3 + amplitude·u·t4)\n\nThe Jacobian for the inputs\n  p     = amplitude·exp(−rate·t)\n  ∂p/∂t = −rate·p\n\nShapes\n  t          N       input\n  amplitude  scalar  parameter\n  rate       scalar  parameter\n  p          N       prediction\n  y          N       target\n\nNotation\n  L is the loss of N examples, which are the first axis of every array that has them.\n  A bar marks an adjoint: ā is ∂L/∂a.\n\nCost, in operations for N examples\n  loss                                               6·N + 2\n  loss and gradient together                         13·N + 4\n  each gradient differentiated separately            20·N + 7\n  loss and gradient against loss, for many examples  2.17 times\n  separately against together, for many examples     1.54 times\n  workspace                                          0 bytes for each example of a tile\n  An operation is one addition, one multiplication or one application of a function, for one element.\n"
        }
        /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
        pub fn plan() -> &'static str {
            "Once, before the examples\n  number   negative = −rate\n  number   quotient = 2/N\nFor each tile of examples\n  loop     exp[n] = exp(t[n]·negative)\n           prediction[n] = amplitude·exp[n]\n           sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])\n           prediction_bar[n] = (prediction[n] − target[n])·quotient\n           amplitude_bar = Σₙ exp[n]·prediction_bar[n]\n           product = Σₙ t[n]·exp[n]·amplitude·prediction_bar[n]\nOnce, after the examples\n  number   loss = sum_of_squares/N\n  number   rate_bar = −product\n  loop     gradient_2 = rate_bar\nMemory\n\nThe residuals\nOnce, before the examples\n  number   negative = −rate\nFor each tile of examples\n  loop     prediction[n] = amplitude·exp(t[n]·negative)\n           residual[n] = prediction[n] − target[n]\n  store    residual\nMemory\n  1 per example: residual\n\nThe residuals and their Jacobian\nOnce, before the examples\n  number   negative = −rate\nFor each tile of examples\n  loop     amplitude_columns[n] = exp(t[n]·negative)\n           prediction[n] = amplitude·amplitude_columns[n]\n           residual[n] = prediction[n] − target[n]\n           rate_columns[n] = −t[n]·prediction[n]\n  store    residual\n  store    amplitude_columns\n  store    rate_columns\nMemory\n  1 per example: residual\n  1 per example: amplitude_columns\n  1 per example: rate_columns\n\nThe Hessian times a direction\nOnce, before the examples\n  number   negative = −rate\n  number   quotient = 2/N\n  number   negative_2 = −rate_direction\nFor each tile of examples\n  loop     exp[n] = exp(t[n]·negative)\n           product[n] = quotient·(exp[n]·amplitude_direction + amplitude·exp[n]·t[n]·negative_2)\n           prediction[n] = amplitude·exp[n]\n           prediction_bar[n] = (prediction[n] − target[n])·quotient\n           sum_2 = Σₙ (prediction_bar[n]·exp[n]·t[n]·negative_2 + exp[n]·product[n])\n           product_2 = Σₙ t[n]·(amplitude·prediction_bar[n]·exp[n]·t[n]·negative_2 + exp[n]·(prediction_bar[n]·amplitude_direction + amplitude·product[n]))\nOnce, after the examples\n  number   negative_3 = −product_2\n  loop     gradient_2 = negative_3\nMemory\n\nThe loss, its gradient and its Hessian\nOnce, before the examples\n  number   negative = −rate\n  number   quotient = 2/N\nFor each tile of examples\n  loop     exp[n] = exp(t[n]·negative)\n           prediction[n] = amplitude·exp[n]\n           sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])\n           prediction_bar[n] = (prediction[n] − target[n])·quotient\n           amplitude_bar = Σₙ exp[n]·prediction_bar[n]\n           product = Σₙ t[n]·exp[n]·amplitude·prediction_bar[n]\n           sum_of_squares_2 = Σₙ exp[n]·exp[n]\n           sum_2 = Σₙ (prediction_bar[n]·exp[n]·(−t[n]) + exp[n]·quotient·amplitude·exp[n]·(−t[n]))\n           product_3 = Σₙ t[n]·(amplitude·prediction_bar[n]·exp[n]·(−t[n]) + exp[n]·amplitude·quotient·amplitude·exp[n]·(−t[n]))\nOnce, after the examples\n  number   loss = sum_of_squares/N\n  number   rate_bar = −product\n  number   product_2 = quotient·sum_of_squares_2\n  number   negative_2 = −product_3\n  loop     gradient_2 = rate_bar\n  store    product_2\n  store    sum_2\n  store    negative_2\nMemory\n\nThe gradient for the inputs\nOnce, before the examples\n  number   negative = −rate\n  number   quotient = 2/N\nFor each tile of examples\n  loop     exp[n] = exp(t[n]·negative)\n           prediction[n] = amplitude·exp[n]\n           prediction_bar[n] = (prediction[n] − target[n])·quotient\n           t_bar[n] = negative·exp[n]·amplitude·prediction_bar[n]\n           product[n] = N·t_bar[n]\n  store    product\nMemory\n  1 per example: product\n\nThe Jacobian of the prediction for the inputs\nOnce, before the examples\n  number   negative = −rate\nFor each tile of examples\n  loop     prediction[n] = amplitude·exp(t[n]·negative)\n           t_columns[n] = negative·prediction[n]\n  store    t_columns\nMemory\n  1 per example: t_columns\n"
        }
        /// The parameter `amplitude`: a number.
        pub fn amplitude(&self) -> f64 {
            self.parameters[0]
        }
        /// The parameter `amplitude`: a number; to be changed.
        pub fn amplitude_mut(&mut self) -> &mut f64 {
            &mut self.parameters[0]
        }
        /// The parameter `rate`: a number.
        pub fn rate(&self) -> f64 {
            self.parameters[1]
        }
        /// The parameter `rate`: a number; to be changed.
        pub fn rate_mut(&mut self) -> &mut f64 {
            &mut self.parameters[1]
        }
    }
    #[automatically_derived]
    impl Model for Decay {
        type Scalar = f64;
        type Dims = ();
        type Batch<'a> = DecayBatch<'a>;
        type Workspace = WorkspaceOf<f64, { Decay::WORKSPACE_LEN }>;
        const REDUCTION: Reduction = Reduction::Mean;
        const DEFINITION_HASH: u64 = 0x2f9e89b5328b72cf;
        fn dims(&self) -> Self::Dims {
            ()
        }
        fn parameters(&self) -> &[f64] {
            &self.parameters
        }
        fn parameters_mut(&mut self) -> &mut [f64] {
            &mut self.parameters
        }
        fn workspace(&self) -> Self::Workspace {
            Workspace::of([], workspace::<f64>)
        }
        fn loss_into(
            &self,
            batch: &Self::Batch<'_>,
            workspace: &mut Self::Workspace,
        ) -> f64 {
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
            gradient: &mut [f64],
            workspace: &mut Self::Workspace,
        ) -> f64 {
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
            lay_out(&[("amplitude", &[]), ("rate", &[])])
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
    #[automatically_derived]
    impl Extents for Decay {
        const EXTENTS: &'static [usize] = &[];
        const PARAMETERS: usize = count_parameters(&[("amplitude", &[]), ("rate", &[])]);
    }
    #[automatically_derived]
    impl predict::Predict for Decay {
        fn output_width(&self) -> usize {
            1
        }
        fn predict_into(
            &self,
            batch: &Self::Batch<'_>,
            output: &mut [f64],
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
                    extents: [],
                    parameters: &self.parameters,
                    examples: &examples,
                    output,
                    workspace,
                },
            )
        }
        fn targets<'a>(batch: &'a Self::Batch<'_>) -> predict::Targets<'a, f64> {
            predict::Targets::Values(batch.examples().reals[1].values)
        }
    }
    #[automatically_derived]
    impl derivatives::Residuals for Decay {
        fn residual_width(&self) -> usize {
            1
        }
        fn residuals_into(
            &self,
            batch: &Self::Batch<'_>,
            residuals: &mut [f64],
            workspace: &mut Self::Workspace,
        ) {
            require_rows("residuals", residuals.len(), batch.rows() * 1);
            dispatch(ComputeResiduals {
                extents: [],
                parameters: &self.parameters,
                examples: batch.examples(),
                output: residuals,
                workspace,
            })
        }
    }
    #[automatically_derived]
    impl derivatives::Observations for Decay {
        fn observations<'a>(
            &self,
            inputs: &[&'a [f64]],
            target: &'a [f64],
        ) -> Result<Self::Batch<'a>, Error> {
            let &[t] = inputs else {
                return Err(Error::InputCount {
                    expected: 1usize,
                    found: inputs.len(),
                });
            };
            Self::batch(t, target)
        }
    }
    #[automatically_derived]
    impl derivatives::Jacobian for Decay {
        fn residuals_and_jacobian_into(
            &self,
            batch: &Self::Batch<'_>,
            residuals: &mut [f64],
            jacobian: &mut [f64],
            order: derivatives::MatrixOrder,
            workspace: &mut Self::Workspace,
        ) {
            require_rows("residuals", residuals.len(), batch.rows() * 1);
            require_rows(
                "jacobian",
                jacobian.len(),
                residuals.len() * self.parameters.len(),
            );
            dispatch(ComputeJacobian {
                extents: [],
                parameters: &self.parameters,
                examples: batch.examples(),
                output: residuals,
                jacobian_output: jacobian,
                matrix_order: order,
                workspace,
            })
        }
    }
    #[automatically_derived]
    impl derivatives::HessianVectorProduct for Decay {
        fn hessian_vector_product_into(
            &self,
            batch: &Self::Batch<'_>,
            direction: &[f64],
            product: &mut [f64],
            workspace: &mut Self::Workspace,
        ) {
            require_length(direction.len(), self.parameters.len());
            require_length(product.len(), self.parameters.len());
            dispatch(ComputeHessianVectorProduct {
                extents: [],
                parameters: &self.parameters,
                examples: batch.examples(),
                given_direction: direction,
                gradient: product,
                workspace,
            })
        }
    }
    #[automatically_derived]
    impl derivatives::Hessian for Decay {
        fn hessian_into(
            &self,
            batch: &Self::Batch<'_>,
            gradient: &mut [f64],
            hessian: &mut [f64],
            workspace: &mut Self::Workspace,
        ) -> f64 {
            require_length(gradient.len(), self.parameters.len());
            require_rows("hessian", hessian.len(), gradient.len() * gradient.len());
            dispatch(ComputeHessian {
                extents: [],
                parameters: &self.parameters,
                examples: batch.examples(),
                gradient,
                matrix_output: hessian,
                workspace,
            })
        }
    }
    #[automatically_derived]
    impl derivatives::InputDerivatives for Decay {
        fn input_width(&self) -> usize {
            1
        }
        fn input_gradient_into(
            &self,
            batch: &Self::Batch<'_>,
            gradient: &mut [f64],
            workspace: &mut Self::Workspace,
        ) {
            require_rows("gradient", gradient.len(), batch.rows() * 1);
            dispatch(ComputeInputGradient {
                extents: [],
                parameters: &self.parameters,
                examples: batch.examples(),
                jacobian_output: gradient,
                matrix_order: derivatives::MatrixOrder::RowMajor,
                workspace,
            })
        }
    }
    #[automatically_derived]
    impl derivatives::InputJacobian for Decay {
        fn prediction_width(&self) -> usize {
            1
        }
        fn input_jacobian_into(
            &self,
            batch: &Self::Batch<'_>,
            jacobian: &mut [f64],
            workspace: &mut Self::Workspace,
        ) {
            require_rows("jacobian", jacobian.len(), batch.rows() * 1 * 1);
            dispatch(ComputeInputJacobian {
                extents: [],
                parameters: &self.parameters,
                examples: batch.examples(),
                jacobian_output: jacobian,
                matrix_order: derivatives::MatrixOrder::RowMajor,
                workspace,
            })
        }
    }
    struct LossAndGradient<'a, T> {
        extents: [usize; 0],
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
                extents: [],
                parameters,
                examples,
                gradient,
                workspace,
            } = self;
            let rate = parameters[1];
            let amplitude = parameters[0];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let [amplitude_bar, gradient_2] = carve(gradient, [1, 1]);
            let mut sum_of_squares = [T::ZERO];
            let mut product = [T::ZERO];
            let negative = -rate;
            let quotient = T::from_f64(2.0) / count;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 44,
                        products: 0,
                    },
                    [&mut sum_of_squares, amplitude_bar, &mut product],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, .. },
                        [mut sum_of_squares,
                        amplitude_bar,
                        mut product,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let t = &examples.reals[0].values[first..][..rows];
                            let target = &examples.reals[1].values[first..][..rows];
                            if first == begin {
                                sum_of_squares[..1].fill(T::ZERO);
                                amplitude_bar[..1].fill(T::ZERO);
                                product[..1].fill(T::ZERO);
                            }
                            compute_product(
                                isa,
                                rows,
                                t,
                                negative,
                                amplitude,
                                target,
                                quotient,
                                &mut sum_of_squares,
                                amplitude_bar,
                                &mut product,
                            );
                            first += rows;
                        }
                    },
                );
            let loss = sum_of_squares[0] / count;
            let rate_bar = -product[0];
            {
                gradient_2[0] = rate_bar;
            }
            loss
        }
    }
    struct Loss<'a, T> {
        extents: [usize; 0],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 2, 0, 0>,
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Loss<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let Loss { extents: [], parameters, examples, workspace } = self;
            let rate = parameters[1];
            let amplitude = parameters[0];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let mut sum_of_squares = [T::ZERO];
            let negative = -rate;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 30,
                        products: 0,
                    },
                    [&mut sum_of_squares],
                    [],
                    #[inline(always)]
                    |tiles::Part { begin, end, tile, .. }, [mut sum_of_squares], []| {
                        let tile = isa.tile(tile);
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let t = &examples.reals[0].values[first..][..rows];
                            let target = &examples.reals[1].values[first..][..rows];
                            if first == begin {
                                sum_of_squares[..1].fill(T::ZERO);
                            }
                            compute_sum_of_squares(
                                isa,
                                rows,
                                amplitude,
                                t,
                                negative,
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
            let rate = parameters[1];
            let amplitude = parameters[0];
            let (_, mut tiles) = workspace.parts(0);
            let negative = -rate;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 28,
                        products: 0,
                    },
                    [],
                    [tiles::Rows::new(output, 1)],
                    #[inline(always)]
                    |tiles::Part { begin, end, tile, origin, values, .. }, [], [output]| {
                        let tile = isa.tile(tile);
                        let [tile_region_0] = carve(values, [tile]);
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let from = first - origin;
                            let t = &examples.reals[0].values[first..][..rows];
                            let prediction = &mut tile_region_0[..rows];
                            compute_prediction(
                                isa,
                                rows,
                                amplitude,
                                t,
                                negative,
                                prediction,
                            );
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
    struct ComputeResiduals<'a, T> {
        extents: [usize; 0],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 2, 0, 0>,
        output: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for ComputeResiduals<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) {
            let ComputeResiduals {
                extents: [],
                parameters,
                examples,
                output,
                workspace,
            } = self;
            let rate = parameters[1];
            let amplitude = parameters[0];
            let (_, mut tiles) = workspace.parts(0);
            let negative = -rate;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 30,
                        products: 0,
                    },
                    [],
                    [tiles::Rows::new(output, 1)],
                    #[inline(always)]
                    |tiles::Part { begin, end, tile, origin, values, .. }, [], [output]| {
                        let tile = isa.tile(tile);
                        let [tile_region_0] = carve(values, [tile]);
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let from = first - origin;
                            let t = &examples.reals[0].values[first..][..rows];
                            let target = &examples.reals[1].values[first..][..rows];
                            let residual = &mut tile_region_0[..rows];
                            compute_residual(
                                isa,
                                rows,
                                amplitude,
                                t,
                                negative,
                                target,
                                residual,
                            );
                            store_rows(
                                isa,
                                residual,
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
    struct ComputeJacobian<'a, T> {
        extents: [usize; 0],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 2, 0, 0>,
        output: &'a mut [T],
        jacobian_output: &'a mut [T],
        matrix_order: derivatives::MatrixOrder,
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for ComputeJacobian<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) {
            let ComputeJacobian {
                extents: [],
                parameters,
                examples,
                output,
                jacobian_output,
                matrix_order,
                workspace,
            } = self;
            let rate = parameters[1];
            let amplitude = parameters[0];
            let (_, mut tiles) = workspace.parts_of_matrices(0, 3);
            let negative = -rate;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 42,
                        products: 0,
                    },
                    [],
                    [
                        tiles::Rows::new(output, 1),
                        tiles::Rows::of_matrix(jacobian_output, 2, matrix_order),
                    ],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, origin, values, .. },
                        [],
                        [output,
                        jacobian_output,
                        ]|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2] = carve(
                            values,
                            [tile, tile, tile],
                        );
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let from = first - origin;
                            let t = &examples.reals[0].values[first..][..rows];
                            let target = &examples.reals[1].values[first..][..rows];
                            let amplitude_columns = &mut tile_region_1[..rows];
                            let residual = &mut tile_region_0[..rows];
                            let rate_columns = &mut tile_region_2[..rows];
                            compute_rate_columns(
                                isa,
                                rows,
                                t,
                                negative,
                                amplitude,
                                target,
                                amplitude_columns,
                                residual,
                                rate_columns,
                            );
                            store_rows(
                                isa,
                                residual,
                                1,
                                rows,
                                &mut output[from..][..rows],
                            );
                            blocks::store_columns(
                                isa,
                                amplitude_columns,
                                [1, 1, rows],
                                blocks::Columns {
                                    first: from,
                                    examples: examples.rows,
                                    offset: 0,
                                    all: 2,
                                    order: matrix_order,
                                },
                                jacobian_output,
                            );
                            blocks::store_columns(
                                isa,
                                rate_columns,
                                [1, 1, rows],
                                blocks::Columns {
                                    first: from,
                                    examples: examples.rows,
                                    offset: 1,
                                    all: 2,
                                    order: matrix_order,
                                },
                                jacobian_output,
                            );
                            first += rows;
                        }
                    },
                );
        }
    }
    struct ComputeHessianVectorProduct<'a, T> {
        extents: [usize; 0],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 2, 0, 0>,
        given_direction: &'a [T],
        gradient: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for ComputeHessianVectorProduct<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) {
            let ComputeHessianVectorProduct {
                extents: [],
                parameters,
                examples,
                given_direction,
                gradient,
                workspace,
            } = self;
            let rate = parameters[1];
            let rate_direction = given_direction[1];
            let amplitude_direction = given_direction[0];
            let amplitude = parameters[0];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let [sum_2, gradient_2] = carve(gradient, [1, 1]);
            let mut product_2 = [T::ZERO];
            let negative = -rate;
            let quotient = T::from_f64(2.0) / count;
            let negative_2 = -rate_direction;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 66,
                        products: 0,
                    },
                    [sum_2, &mut product_2],
                    [],
                    #[inline(always)]
                    |tiles::Part { begin, end, tile, .. }, [sum_2, mut product_2], []| {
                        let tile = isa.tile(tile);
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let t = &examples.reals[0].values[first..][..rows];
                            let target = &examples.reals[1].values[first..][..rows];
                            if first == begin {
                                sum_2[..1].fill(T::ZERO);
                                product_2[..1].fill(T::ZERO);
                            }
                            compute_product_2(
                                isa,
                                rows,
                                t,
                                negative,
                                quotient,
                                amplitude_direction,
                                amplitude,
                                negative_2,
                                target,
                                sum_2,
                                &mut product_2,
                            );
                            first += rows;
                        }
                    },
                );
            let negative_3 = -product_2[0];
            {
                gradient_2[0] = negative_3;
            }
        }
    }
    struct ComputeHessian<'a, T> {
        extents: [usize; 0],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 2, 0, 0>,
        gradient: &'a mut [T],
        matrix_output: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for ComputeHessian<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let ComputeHessian {
                extents: [],
                parameters,
                examples,
                gradient,
                matrix_output,
                workspace,
            } = self;
            let rate = parameters[1];
            let amplitude = parameters[0];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let [amplitude_bar, gradient_2] = carve(gradient, [1, 1]);
            let mut sum_of_squares = [T::ZERO];
            let mut product = [T::ZERO];
            let mut sum_of_squares_2 = [T::ZERO];
            let mut sum_2 = [T::ZERO];
            let mut product_3 = [T::ZERO];
            let negative = -rate;
            let quotient = T::from_f64(2.0) / count;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 76,
                        products: 0,
                    },
                    [
                        &mut sum_of_squares,
                        amplitude_bar,
                        &mut product,
                        &mut sum_of_squares_2,
                        &mut sum_2,
                        &mut product_3,
                    ],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, .. },
                        [mut sum_of_squares,
                        amplitude_bar,
                        mut product,
                        mut sum_of_squares_2,
                        mut sum_2,
                        mut product_3,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let t = &examples.reals[0].values[first..][..rows];
                            let target = &examples.reals[1].values[first..][..rows];
                            if first == begin {
                                sum_of_squares[..1].fill(T::ZERO);
                                amplitude_bar[..1].fill(T::ZERO);
                                product[..1].fill(T::ZERO);
                                sum_of_squares_2[..1].fill(T::ZERO);
                                sum_2[..1].fill(T::ZERO);
                                product_3[..1].fill(T::ZERO);
                            }
                            compute_product_3(
                                isa,
                                rows,
                                t,
                                negative,
                                amplitude,
                                target,
                                quotient,
                                &mut sum_of_squares,
                                amplitude_bar,
                                &mut product,
                                &mut sum_of_squares_2,
                                &mut sum_2,
                                &mut product_3,
                            );
                            first += rows;
                        }
                    },
                );
            let loss = sum_of_squares[0] / count;
            let rate_bar = -product[0];
            let product_2 = quotient * sum_of_squares_2[0];
            let negative_2 = -product_3[0];
            {
                gradient_2[0] = rate_bar;
            }
            blocks::store_block(&[product_2], [0, 0], [1, 1], 2, matrix_output);
            blocks::store_block(&sum_2, [0, 1], [1, 1], 2, matrix_output);
            blocks::store_block(&[negative_2], [1, 1], [1, 1], 2, matrix_output);
            loss
        }
    }
    struct ComputeInputGradient<'a, T> {
        extents: [usize; 0],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 2, 0, 0>,
        jacobian_output: &'a mut [T],
        matrix_order: derivatives::MatrixOrder,
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for ComputeInputGradient<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) {
            let ComputeInputGradient {
                extents: [],
                parameters,
                examples,
                jacobian_output,
                matrix_order,
                workspace,
            } = self;
            let rate = parameters[1];
            let amplitude = parameters[0];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts_of_matrices(0, 1);
            let negative = -rate;
            let quotient = T::from_f64(2.0) / count;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 40,
                        products: 0,
                    },
                    [],
                    [tiles::Rows::of_matrix(jacobian_output, 1, matrix_order)],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, origin, values, .. },
                        [],
                        [jacobian_output,
                        ]|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0] = carve(values, [tile]);
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let from = first - origin;
                            let t = &examples.reals[0].values[first..][..rows];
                            let target = &examples.reals[1].values[first..][..rows];
                            let product = &mut tile_region_0[..rows];
                            compute_product_4(
                                isa,
                                rows,
                                count,
                                t,
                                negative,
                                amplitude,
                                target,
                                quotient,
                                product,
                            );
                            blocks::store_columns(
                                isa,
                                product,
                                [1, 1, rows],
                                blocks::Columns {
                                    first: from,
                                    examples: examples.rows,
                                    offset: 0,
                                    all: 1,
                                    order: matrix_order,
                                },
                                jacobian_output,
                            );
                            first += rows;
                        }
                    },
                );
        }
    }
    struct ComputeInputJacobian<'a, T> {
        extents: [usize; 0],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 2, 0, 0>,
        jacobian_output: &'a mut [T],
        matrix_order: derivatives::MatrixOrder,
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for ComputeInputJacobian<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) {
            let ComputeInputJacobian {
                extents: [],
                parameters,
                examples,
                jacobian_output,
                matrix_order,
                workspace,
            } = self;
            let rate = parameters[1];
            let amplitude = parameters[0];
            let (_, mut tiles) = workspace.parts_of_matrices(0, 1);
            let negative = -rate;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 30,
                        products: 0,
                    },
                    [],
                    [tiles::Rows::of_matrix(jacobian_output, 1, matrix_order)],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, origin, values, .. },
                        [],
                        [jacobian_output,
                        ]|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0] = carve(values, [tile]);
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let from = first - origin;
                            let t = &examples.reals[0].values[first..][..rows];
                            let t_columns = &mut tile_region_0[..rows];
                            compute_t_columns(
                                isa,
                                rows,
                                negative,
                                amplitude,
                                t,
                                t_columns,
                            );
                            blocks::store_columns(
                                isa,
                                t_columns,
                                [1, 1, rows],
                                blocks::Columns {
                                    first: from,
                                    examples: examples.rows,
                                    offset: 0,
                                    all: 1,
                                    order: matrix_order,
                                },
                                jacobian_output,
                            );
                            first += rows;
                        }
                    },
                );
        }
    }
    /// `exp[n] = exp(t[n]·negative)`
    /// `prediction[n] = amplitude·exp[n]`
    /// `sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])`
    /// `prediction_bar[n] = (prediction[n] − target[n])·quotient`
    /// `amplitude_bar = Σₙ exp[n]·prediction_bar[n]`
    /// `product = Σₙ t[n]·exp[n]·amplitude·prediction_bar[n]`
    #[inline(always)]
    fn compute_product<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        t: &[T],
        negative: T,
        amplitude: T,
        target: &[T],
        quotient: T,
        sum_of_squares: &mut [T],
        amplitude_bar: &mut [T],
        product: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            t: &[T],
            negative: T,
            amplitude: T,
            target: &[T],
            quotient: T,
            sum_of_squares: &mut [T],
            amplitude_bar: &mut [T],
            product: &mut [T],
        ) {
            let t_row = &t[..rows];
            let target_row = &target[..rows];
            let mut sum_of_squares_sums = LaneSums::<T, T::Vector>::zero();
            let mut amplitude_bar_sums = LaneSums::<T, T::Vector>::zero();
            let mut product_sums = LaneSums::<T, T::Vector>::zero();
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vector as Lanes<T>>::COUNT.min(rows - start);
                let t_run = &t_row[start..][..lanes];
                let target_run = &target_row[start..][..lanes];
                let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                let amplitude_bar_run = amplitude_bar_sums.run(lanes);
                let product_run = product_sums.run(lanes);
                for lane in 0..lanes {
                    let exp = math::exp(isa, t_run[lane] * negative);
                    let prediction_2 = amplitude * exp;
                    let difference = prediction_2 - target_run[lane];
                    let prediction_bar = difference * quotient;
                    sum_of_squares_run[lane] = difference
                        .mul_add_if(isa, difference, sum_of_squares_run[lane]);
                    amplitude_bar_run[lane] = exp
                        .mul_add_if(isa, prediction_bar, amplitude_bar_run[lane]);
                    product_run[lane] = t_run[lane]
                        .mul_add_if(
                            isa,
                            exp * (amplitude * prediction_bar),
                            product_run[lane],
                        );
                }
                start += lanes;
            }
            sum_of_squares[0] += sum_of_squares_sums.total();
            amplitude_bar[0] += amplitude_bar_sums.total();
            product[0] += product_sums.total();
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                t,
                negative,
                amplitude,
                target,
                quotient,
                sum_of_squares,
                amplitude_bar,
                product,
            ),
        );
    }
    /// `prediction[n] = amplitude·exp(t[n]·negative)`
    /// `sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])`
    #[inline(always)]
    fn compute_sum_of_squares<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        amplitude: T,
        t: &[T],
        negative: T,
        target: &[T],
        sum_of_squares: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            amplitude: T,
            t: &[T],
            negative: T,
            target: &[T],
            sum_of_squares: &mut [T],
        ) {
            let t_row = &t[..rows];
            let target_row = &target[..rows];
            let mut sum_of_squares_sums = LaneSums::<T, T::Vector>::zero();
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vector as Lanes<T>>::COUNT.min(rows - start);
                let t_run = &t_row[start..][..lanes];
                let target_run = &target_row[start..][..lanes];
                let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                for lane in 0..lanes {
                    let prediction_2 = amplitude
                        * math::exp(isa, t_run[lane] * negative);
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
            || vectorized(isa, rows, amplitude, t, negative, target, sum_of_squares),
        );
    }
    /// `prediction[n] = amplitude·exp(t[n]·negative)`
    #[inline(always)]
    fn compute_prediction<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        amplitude: T,
        t: &[T],
        negative: T,
        prediction: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            amplitude: T,
            t: &[T],
            negative: T,
            prediction: &mut [T],
        ) {
            let t_row = &t[..rows];
            let prediction_row = &mut prediction[..rows];
            for n in 0..rows {
                prediction_row[n] = amplitude * math::exp(isa, t_row[n] * negative);
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, rows, amplitude, t, negative, prediction),
        );
    }
    /// `prediction[n] = amplitude·exp(t[n]·negative)`
    /// `residual[n] = prediction[n] − target[n]`
    #[inline(always)]
    fn compute_residual<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        amplitude: T,
        t: &[T],
        negative: T,
        target: &[T],
        residual: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            amplitude: T,
            t: &[T],
            negative: T,
            target: &[T],
            residual: &mut [T],
        ) {
            let t_row = &t[..rows];
            let target_row = &target[..rows];
            let residual_row = &mut residual[..rows];
            for n in 0..rows {
                let prediction_2 = amplitude * math::exp(isa, t_row[n] * negative);
                residual_row[n] = prediction_2 - target_row[n];
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, rows, amplitude, t, negative, target, residual),
        );
    }
    /// `amplitude_columns[n] = exp(t[n]·negative)`
    /// `prediction[n] = amplitude·amplitude_columns[n]`
    /// `residual[n] = prediction[n] − target[n]`
    /// `rate_columns[n] = −t[n]·prediction[n]`
    #[inline(always)]
    fn compute_rate_columns<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        t: &[T],
        negative: T,
        amplitude: T,
        target: &[T],
        amplitude_columns: &mut [T],
        residual: &mut [T],
        rate_columns: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            t: &[T],
            negative: T,
            amplitude: T,
            target: &[T],
            amplitude_columns: &mut [T],
            residual: &mut [T],
            rate_columns: &mut [T],
        ) {
            let t_row = &t[..rows];
            let target_row = &target[..rows];
            let amplitude_columns_row = &mut amplitude_columns[..rows];
            let residual_row = &mut residual[..rows];
            let rate_columns_row = &mut rate_columns[..rows];
            for n in 0..rows {
                let exp = math::exp(isa, t_row[n] * negative);
                let prediction_2 = amplitude * exp;
                amplitude_columns_row[n] = exp;
                residual_row[n] = prediction_2 - target_row[n];
                rate_columns_row[n] = -(t_row[n] * prediction_2);
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                t,
                negative,
                amplitude,
                target,
                amplitude_columns,
                residual,
                rate_columns,
            ),
        );
    }
    /// `exp[n] = exp(t[n]·negative)`
    /// `product[n] = quotient·(exp[n]·amplitude_direction + amplitude·exp[n]·t[n]·negative_2)`
    /// `prediction[n] = amplitude·exp[n]`
    /// `prediction_bar[n] = (prediction[n] − target[n])·quotient`
    /// `sum_2 = Σₙ (prediction_bar[n]·exp[n]·t[n]·negative_2 + exp[n]·product[n])`
    /// `product_2 = Σₙ t[n]·(amplitude·prediction_bar[n]·exp[n]·t[n]·negative_2 + exp[n]·(prediction_bar[n]·amplitude_direction + amplitude·product[n]))`
    #[inline(always)]
    fn compute_product_2<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        t: &[T],
        negative: T,
        quotient: T,
        amplitude_direction: T,
        amplitude: T,
        negative_2: T,
        target: &[T],
        sum_2: &mut [T],
        product_2: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            t: &[T],
            negative: T,
            quotient: T,
            amplitude_direction: T,
            amplitude: T,
            negative_2: T,
            target: &[T],
            sum_2: &mut [T],
            product_2: &mut [T],
        ) {
            let t_row = &t[..rows];
            let target_row = &target[..rows];
            let mut sum_2_sums = LaneSums::<T, T::Vector>::zero();
            let mut product_2_sums = LaneSums::<T, T::Vector>::zero();
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vector as Lanes<T>>::COUNT.min(rows - start);
                let t_run = &t_row[start..][..lanes];
                let target_run = &target_row[start..][..lanes];
                let sum_2_run = sum_2_sums.run(lanes);
                let product_2_run = product_2_sums.run(lanes);
                for lane in 0..lanes {
                    let exp = math::exp(isa, t_run[lane] * negative);
                    let product_5 = exp * (t_run[lane] * negative_2);
                    let product_4 = quotient
                        * (exp * amplitude_direction + amplitude * product_5);
                    let prediction_2 = amplitude * exp;
                    let prediction_bar = (prediction_2 - target_run[lane]) * quotient;
                    sum_2_run[lane] += prediction_bar * product_5 + exp * product_4;
                    product_2_run[lane] = t_run[lane]
                        .mul_add_if(
                            isa,
                            amplitude * prediction_bar * product_5
                                + exp
                                    * (prediction_bar * amplitude_direction
                                        + amplitude * product_4),
                            product_2_run[lane],
                        );
                }
                start += lanes;
            }
            sum_2[0] += sum_2_sums.total();
            product_2[0] += product_2_sums.total();
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                t,
                negative,
                quotient,
                amplitude_direction,
                amplitude,
                negative_2,
                target,
                sum_2,
                product_2,
            ),
        );
    }
    /// `exp[n] = exp(t[n]·negative)`
    /// `prediction[n] = amplitude·exp[n]`
    /// `sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])`
    /// `prediction_bar[n] = (prediction[n] − target[n])·quotient`
    /// `amplitude_bar = Σₙ exp[n]·prediction_bar[n]`
    /// `product = Σₙ t[n]·exp[n]·amplitude·prediction_bar[n]`
    /// `sum_of_squares_2 = Σₙ exp[n]·exp[n]`
    /// `sum_2 = Σₙ (prediction_bar[n]·exp[n]·(−t[n]) + exp[n]·quotient·amplitude·exp[n]·(−t[n]))`
    /// `product_3 = Σₙ t[n]·(amplitude·prediction_bar[n]·exp[n]·(−t[n]) + exp[n]·amplitude·quotient·amplitude·exp[n]·(−t[n]))`
    #[inline(always)]
    fn compute_product_3<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        t: &[T],
        negative: T,
        amplitude: T,
        target: &[T],
        quotient: T,
        sum_of_squares: &mut [T],
        amplitude_bar: &mut [T],
        product: &mut [T],
        sum_of_squares_2: &mut [T],
        sum_2: &mut [T],
        product_3: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            t: &[T],
            negative: T,
            amplitude: T,
            target: &[T],
            quotient: T,
            sum_of_squares: &mut [T],
            amplitude_bar: &mut [T],
            product: &mut [T],
            sum_of_squares_2: &mut [T],
            sum_2: &mut [T],
            product_3: &mut [T],
        ) {
            let t_row = &t[..rows];
            let target_row = &target[..rows];
            let mut sum_of_squares_sums = LaneSums::<T, T::Vector>::zero();
            let mut amplitude_bar_sums = LaneSums::<T, T::Vector>::zero();
            let mut product_sums = LaneSums::<T, T::Vector>::zero();
            let mut sum_of_squares_2_sums = LaneSums::<T, T::Vector>::zero();
            let mut sum_2_sums = LaneSums::<T, T::Vector>::zero();
            let mut product_3_sums = LaneSums::<T, T::Vector>::zero();
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vector as Lanes<T>>::COUNT.min(rows - start);
                let t_run = &t_row[start..][..lanes];
                let target_run = &target_row[start..][..lanes];
                let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                let amplitude_bar_run = amplitude_bar_sums.run(lanes);
                let product_run = product_sums.run(lanes);
                let sum_of_squares_2_run = sum_of_squares_2_sums.run(lanes);
                let sum_2_run = sum_2_sums.run(lanes);
                let product_3_run = product_3_sums.run(lanes);
                for lane in 0..lanes {
                    let exp = math::exp(isa, t_run[lane] * negative);
                    let prediction_2 = amplitude * exp;
                    let difference = prediction_2 - target_run[lane];
                    let prediction_bar = difference * quotient;
                    let product_4 = amplitude * prediction_bar;
                    let product_5 = exp * -t_run[lane];
                    let product_6 = quotient * (amplitude * product_5);
                    sum_of_squares_run[lane] = difference
                        .mul_add_if(isa, difference, sum_of_squares_run[lane]);
                    amplitude_bar_run[lane] = exp
                        .mul_add_if(isa, prediction_bar, amplitude_bar_run[lane]);
                    product_run[lane] = t_run[lane]
                        .mul_add_if(isa, exp * product_4, product_run[lane]);
                    sum_of_squares_2_run[lane] = exp
                        .mul_add_if(isa, exp, sum_of_squares_2_run[lane]);
                    sum_2_run[lane] += prediction_bar * product_5 + exp * product_6;
                    product_3_run[lane] = t_run[lane]
                        .mul_add_if(
                            isa,
                            product_4 * product_5 + exp * (amplitude * product_6),
                            product_3_run[lane],
                        );
                }
                start += lanes;
            }
            sum_of_squares[0] += sum_of_squares_sums.total();
            amplitude_bar[0] += amplitude_bar_sums.total();
            product[0] += product_sums.total();
            sum_of_squares_2[0] += sum_of_squares_2_sums.total();
            sum_2[0] += sum_2_sums.total();
            product_3[0] += product_3_sums.total();
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                t,
                negative,
                amplitude,
                target,
                quotient,
                sum_of_squares,
                amplitude_bar,
                product,
                sum_of_squares_2,
                sum_2,
                product_3,
            ),
        );
    }
    /// `exp[n] = exp(t[n]·negative)`
    /// `prediction[n] = amplitude·exp[n]`
    /// `prediction_bar[n] = (prediction[n] − target[n])·quotient`
    /// `t_bar[n] = negative·exp[n]·amplitude·prediction_bar[n]`
    /// `product[n] = N·t_bar[n]`
    #[inline(always)]
    fn compute_product_4<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        count: T,
        t: &[T],
        negative: T,
        amplitude: T,
        target: &[T],
        quotient: T,
        product: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            count: T,
            t: &[T],
            negative: T,
            amplitude: T,
            target: &[T],
            quotient: T,
            product: &mut [T],
        ) {
            let t_row = &t[..rows];
            let target_row = &target[..rows];
            let product_row = &mut product[..rows];
            for n in 0..rows {
                let exp = math::exp(isa, t_row[n] * negative);
                let prediction_2 = amplitude * exp;
                let prediction_bar = (prediction_2 - target_row[n]) * quotient;
                let t_bar = negative * (exp * (amplitude * prediction_bar));
                product_row[n] = count * t_bar;
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                count,
                t,
                negative,
                amplitude,
                target,
                quotient,
                product,
            ),
        );
    }
    /// `prediction[n] = amplitude·exp(t[n]·negative)`
    /// `t_columns[n] = negative·prediction[n]`
    #[inline(always)]
    fn compute_t_columns<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        negative: T,
        amplitude: T,
        t: &[T],
        t_columns: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            negative: T,
            amplitude: T,
            t: &[T],
            t_columns: &mut [T],
        ) {
            let t_row = &t[..rows];
            let t_columns_row = &mut t_columns[..rows];
            for n in 0..rows {
                let prediction_2 = amplitude * math::exp(isa, t_row[n] * negative);
                t_columns_row[n] = negative * prediction_2;
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, rows, negative, amplitude, t, t_columns),
        );
    }
    /// Memory for the steps, with kernels that work on so many examples.
    const fn workspace<T: Real>([]: [usize; 0], rows: usize) -> WorkspaceSize {
        WorkspaceSize::new(0, largest([0, 1]), largest([0, 1, 2, 3, 6]), 0)
            .and_rows_of_matrices(0, largest([1, 3]))
    }
};
const _: ::core::marker::PhantomData<(Input, Param, Param, Output)> = ::core::marker::PhantomData;
