/// The rate of an enzyme at a concentration of its substrate.
///
/// # The model
///
/// (the equations, in MathML)
///
/// # The gradient
///
/// (the equations, in MathML)
///
/// L is the loss of N examples, which are the first axis of every array that has them. A bar marks an adjoint: ā is ∂L/∂a.
///
/// # Shapes
///
/// | value | shape | meaning |
/// |---|---|---|
/// | `s` | N | input |
/// | `vmax` | scalar | parameter |
/// | `km` | scalar | parameter |
/// | `p` | N | prediction |
/// | `y` | N | target |
///
/// # Cost
///
/// | for `N` examples | operations |
/// |---|---|
/// | loss | `6·N + 1` |
/// | loss and gradient together | `14·N + 2` |
/// | each gradient differentiated separately | `21·N + 4` |
/// | loss and gradient against loss, for many examples | `2.33 times` |
/// | separately against together, for many examples | `1.50 times` |
///
/// An operation is one addition, one multiplication or one application of a function, for one element. The workspace takes 0 bytes for each example of a tile.
///
/// # Examples
/// ```text
/// let mut model = MichaelisMenten::seeded(42);
/// let batch = MichaelisMenten::batch(&s, &target)?;
/// let (loss, gradient) = model.loss_and_gradient(&batch);
/// println!("{loss} {:?}", gradient.vmax());
/// let prediction = model.predict(&s)?;
/// ```
#[derive(Clone, Debug, PartialEq)]
struct MichaelisMenten {
    parameters: ::chainrule::__private::ParametersOf<f64, 2>,
}
/// Checked examples for [`MichaelisMenten`].
#[allow(dead_code, deprecated)]
type MichaelisMentenBatch<'a> = ::chainrule::__private::Batch<
    'a,
    MichaelisMenten,
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
    #[automatically_derived]
    impl MichaelisMenten {
        /// How many parameters there are: the length of θ.
        pub const PARAMETERS_LEN: usize = 2;
        /// How many numbers the steps keep where there is no heap: they then take one example at a time.
        pub const WORKSPACE_LEN: usize = workspace::<f64>([], 1).of_one_example();
        /// All parameters 0.
        pub fn zeros() -> Self {
            Self {
                parameters: zero_parameters(&[("vmax", &[]), ("km", &[])])
                    .unwrap_or_else(|error| refuse(&error)),
            }
        }
        /// Parameters drawn by each one's initializer; the same seed gives the same bits.
        pub fn seeded(seed: u64) -> Self {
            let mut model = Self::zeros();
            initialize(
                seed,
                &[(Initializer::Constant(1.0), &[]), (Initializer::Constant(0.5), &[])],
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
        /// - `s`: a number for each example
        /// - `target`: a number for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
        pub fn batch<'a>(
            s: &'a [f64],
            target: &'a [f64],
        ) -> Result<MichaelisMentenBatch<'a>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "s",
                        extents: &[],
                        values: s,
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
        /// - `s`: a number for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
        pub fn predict<'a>(&self, s: &'a [f64]) -> Result<Vec<f64>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "s",
                        extents: &[],
                        values: s,
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
            s: &'a [f64],
            output: &mut [f64],
            workspace: &mut <Self as Model>::Workspace,
        ) -> Result<(), Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "s",
                        extents: &[],
                        values: s,
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
        pub fn loss(&self, batch: &MichaelisMentenBatch<'_>) -> f64 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
        ///
        /// One pass over the examples gives both, by the equations in the documentation of the type.
        ///
        /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
        pub fn loss_and_gradient(
            &self,
            batch: &MichaelisMentenBatch<'_>,
        ) -> (f64, Self) {
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
            "MichaelisMenten: the model\n  d = s + km\n  p = vmax·s/d\n  e = p − y\n  L = (1/N)·Σₙ e²\n\nThe gradient\n  p\u{304}               = (2/N)·e\n  ∂L/∂km = k\u{305}m\u{305}     = −Σₙ p\u{304}·p/d\n  ∂L/∂vmax = v\u{305}m\u{305}a\u{305}x\u{305} = Σₙ s·p\u{304}/d\n\nShapes\n  s     N       input\n  vmax  scalar  parameter\n  km    scalar  parameter\n  p     N       prediction\n  y     N       target\n\nNotation\n  L is the loss of N examples, which are the first axis of every array that has them.\n  A bar marks an adjoint: ā is ∂L/∂a.\n\nCost, in operations for N examples\n  loss                                               6·N + 1\n  loss and gradient together                         14·N + 2\n  each gradient differentiated separately            21·N + 4\n  loss and gradient against loss, for many examples  2.33 times\n  separately against together, for many examples     1.50 times\n  workspace                                          0 bytes for each example of a tile\n  An operation is one addition, one multiplication or one application of a function, for one element.\n"
        }
        /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
        pub fn plan() -> &'static str {
            "Once, before the examples\n  number   quotient = 2/N\nFor each tile of examples\n  loop     prediction[n] = s[n]·vmax/(s[n] + km)\n           sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])\n           prediction_bar[n] = (prediction[n] − target[n])·quotient\n           km_bar = Σₙ prediction_bar[n]·(−prediction[n]/(s[n] + km))\n           vmax_bar = Σₙ s[n]·(prediction_bar[n]/(s[n] + km))\nOnce, after the examples\n  number   loss = sum_of_squares/N\nMemory\n"
        }
        /// The parameter `vmax`: a number.
        pub fn vmax(&self) -> f64 {
            self.parameters[0]
        }
        /// The parameter `vmax`: a number; to be changed.
        pub fn vmax_mut(&mut self) -> &mut f64 {
            &mut self.parameters[0]
        }
        /// The parameter `km`: a number.
        pub fn km(&self) -> f64 {
            self.parameters[1]
        }
        /// The parameter `km`: a number; to be changed.
        pub fn km_mut(&mut self) -> &mut f64 {
            &mut self.parameters[1]
        }
    }
    #[automatically_derived]
    impl Model for MichaelisMenten {
        type Scalar = f64;
        type Dims = ();
        type Batch<'a> = MichaelisMentenBatch<'a>;
        type Workspace = WorkspaceOf<f64, { MichaelisMenten::WORKSPACE_LEN }>;
        const REDUCTION: Reduction = Reduction::Mean;
        const DEFINITION_HASH: u64 = 0x0a357010a74115b0;
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
            lay_out(&[("vmax", &[]), ("km", &[])]).unwrap_or_else(|error| refuse(&error))
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
    impl Extents for MichaelisMenten {
        const EXTENTS: &'static [usize] = &[];
        const PARAMETERS: usize = count_parameters(&[("vmax", &[]), ("km", &[])]);
    }
    #[automatically_derived]
    impl predict::Predict for MichaelisMenten {
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
            let vmax = parameters[0];
            let km = parameters[1];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let [vmax_bar, km_bar] = carve(gradient, [1, 1]);
            let mut sum_of_squares = [T::ZERO];
            let quotient = T::from_f64(2.0) / count;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 46,
                        products: 0,
                    },
                    [&mut sum_of_squares, km_bar, vmax_bar],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, .. },
                        [mut sum_of_squares,
                        km_bar,
                        vmax_bar,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let s = &examples.reals[0].values[first..][..rows];
                            let target = &examples.reals[1].values[first..][..rows];
                            if first == begin {
                                sum_of_squares[..1].fill(T::ZERO);
                                km_bar[..1].fill(T::ZERO);
                                vmax_bar[..1].fill(T::ZERO);
                            }
                            compute_vmax_bar(
                                isa,
                                rows,
                                s,
                                vmax,
                                km,
                                target,
                                quotient,
                                &mut sum_of_squares,
                                km_bar,
                                vmax_bar,
                            );
                            first += rows;
                        }
                    },
                );
            sum_of_squares[0] / count
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
            let vmax = parameters[0];
            let km = parameters[1];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let mut sum_of_squares = [T::ZERO];
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 18,
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
                            let s = &examples.reals[0].values[first..][..rows];
                            let target = &examples.reals[1].values[first..][..rows];
                            if first == begin {
                                sum_of_squares[..1].fill(T::ZERO);
                            }
                            compute_sum_of_squares(
                                isa,
                                rows,
                                s,
                                vmax,
                                km,
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
            let vmax = parameters[0];
            let km = parameters[1];
            let (_, mut tiles) = workspace.parts(0);
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 16,
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
                            let s = &examples.reals[0].values[first..][..rows];
                            let prediction = &mut tile_region_0[..rows];
                            compute_prediction(isa, rows, s, vmax, km, prediction);
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
    /// `prediction[n] = s[n]·vmax/(s[n] + km)`
    /// `sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])`
    /// `prediction_bar[n] = (prediction[n] − target[n])·quotient`
    /// `km_bar = Σₙ prediction_bar[n]·(−prediction[n]/(s[n] + km))`
    /// `vmax_bar = Σₙ s[n]·(prediction_bar[n]/(s[n] + km))`
    #[inline(always)]
    fn compute_vmax_bar<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        s: &[T],
        vmax: T,
        km: T,
        target: &[T],
        quotient: T,
        sum_of_squares: &mut [T],
        km_bar: &mut [T],
        vmax_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            s: &[T],
            vmax: T,
            km: T,
            target: &[T],
            quotient: T,
            sum_of_squares: &mut [T],
            km_bar: &mut [T],
            vmax_bar: &mut [T],
        ) {
            let s_row = &s[..rows];
            let target_row = &target[..rows];
            let mut sum_of_squares_sums = LaneSums::<T, T::Vector>::zero();
            let mut km_bar_sums = LaneSums::<T, T::Vector>::zero();
            let mut vmax_bar_sums = LaneSums::<T, T::Vector>::zero();
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vector as Lanes<T>>::COUNT.min(rows - start);
                let s_run = &s_row[start..][..lanes];
                let target_run = &target_row[start..][..lanes];
                let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                let km_bar_run = km_bar_sums.run(lanes);
                let vmax_bar_run = vmax_bar_sums.run(lanes);
                for lane in 0..lanes {
                    let sum_2 = s_run[lane] + km;
                    let prediction_2 = s_run[lane] * vmax / sum_2;
                    let difference = prediction_2 - target_run[lane];
                    let prediction_bar = difference * quotient;
                    sum_of_squares_run[lane] = difference
                        .mul_add_if(isa, difference, sum_of_squares_run[lane]);
                    km_bar_run[lane] = prediction_bar
                        .mul_add_if(isa, -prediction_2 / sum_2, km_bar_run[lane]);
                    vmax_bar_run[lane] = s_run[lane]
                        .mul_add_if(isa, prediction_bar / sum_2, vmax_bar_run[lane]);
                }
                start += lanes;
            }
            sum_of_squares[0] += sum_of_squares_sums.total();
            km_bar[0] += km_bar_sums.total();
            vmax_bar[0] += vmax_bar_sums.total();
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                s,
                vmax,
                km,
                target,
                quotient,
                sum_of_squares,
                km_bar,
                vmax_bar,
            ),
        );
    }
    /// `prediction[n] = s[n]·vmax/(s[n] + km)`
    /// `sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])`
    #[inline(always)]
    fn compute_sum_of_squares<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        s: &[T],
        vmax: T,
        km: T,
        target: &[T],
        sum_of_squares: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            s: &[T],
            vmax: T,
            km: T,
            target: &[T],
            sum_of_squares: &mut [T],
        ) {
            let s_row = &s[..rows];
            let target_row = &target[..rows];
            let mut sum_of_squares_sums = LaneSums::<T, T::Vector>::zero();
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vector as Lanes<T>>::COUNT.min(rows - start);
                let s_run = &s_row[start..][..lanes];
                let target_run = &target_row[start..][..lanes];
                let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                for lane in 0..lanes {
                    let prediction_2 = s_run[lane] * vmax / (s_run[lane] + km);
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
            || vectorized(isa, rows, s, vmax, km, target, sum_of_squares),
        );
    }
    /// `prediction[n] = s[n]·vmax/(s[n] + km)`
    #[inline(always)]
    fn compute_prediction<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        s: &[T],
        vmax: T,
        km: T,
        prediction: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            rows: usize,
            s: &[T],
            vmax: T,
            km: T,
            prediction: &mut [T],
        ) {
            let s_row = &s[..rows];
            let prediction_row = &mut prediction[..rows];
            for n in 0..rows {
                prediction_row[n] = s_row[n] * vmax / (s_row[n] + km);
            }
        }
        isa.run(#[inline(always)] || vectorized(rows, s, vmax, km, prediction));
    }
    /// Memory for the steps, with kernels that work on so many examples.
    const fn workspace<T: Real>([]: [usize; 0], rows: usize) -> WorkspaceSize {
        WorkspaceSize::new(0, largest([0, 1]), largest([0, 1, 3]), 0)
    }
};
const _: ::core::marker::PhantomData<(Input, Param, Param, Output)> = ::core::marker::PhantomData;
