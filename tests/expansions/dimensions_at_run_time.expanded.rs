/// Radial basis functions around fixed centres.
///
/// # The model
///
/// (the equations, in MathML)
///
/// # The gradient
///
/// (the equations, in MathML)
///
/// L is the loss of N examples, which are the first axis of every array that has them. A bar marks an adjoint: ā is ∂L/∂a. Aᵀ is the transpose of A. a\[n,i\] is an element of a; indices begin at 0.
///
/// # Shapes
///
/// | value | shape | meaning |
/// |---|---|---|
/// | `x` | N × D | input |
/// | `centres` | K × D | data shared by all examples |
/// | `width` | scalar | parameter |
/// | `weights` | K | parameter |
/// | `p` | N | prediction |
/// | `y` | N | target |
///
/// # Cost
///
/// | for `N` examples | operations |
/// |---|---|
/// | loss | `N·(3·D·K + 5·K + 3) + 2` |
/// | loss and gradient together | `N·(3·D·K + 12·K + 4) + 2·K + 5` |
/// | each gradient differentiated separately | `N·(6·D·K + 17·K + 8) + 2·K + 8` |
///
/// An operation is one addition, one multiplication or one application of a function, for one element. The workspace takes 8·K bytes, and 8·D + 16·K + 16 bytes for each example of a tile.
///
/// # Examples
/// ```text
/// let mut model = Radial::seeded(dims, 42)?;
/// let batch = Radial::batch(dims, &x, &centres, &target)?;
/// let (loss, gradient) = model.loss_and_gradient(&batch);
/// println!("{loss} {:?}", gradient.width());
/// let prediction = model.predict(&x, &centres)?;
/// ```
#[derive(Clone, Debug, PartialEq)]
struct Radial {
    parameters: ::chainrule::__private::Vec<f64>,
    dims: RadialDims,
}
/// The dimensions of [`Radial`] that are chosen when the program runs.
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RadialDims {
    /// The extent `K`.
    pub k: usize,
    /// The extent `D`.
    pub d: usize,
}
/// Checked examples for [`Radial`].
#[allow(dead_code, deprecated)]
type RadialBatch<'a> = ::chainrule::__private::Batch<'a, Radial, 2, 0, 1>;
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
        "`radial` has dimensions that are not numbers, so that its size is not known where it is declared: write numbers or constants, or turn on the feature `alloc` of `chainrule`"
    );
    #[automatically_derived]
    impl Radial {
        /// All parameters 0.
        ///
        /// # Errors
        /// If a dimension is 0 or the parameters are more than fit in memory.
        pub fn zeros(dims: RadialDims) -> Result<Self, Error> {
            let parameters = zero_parameters(&[("width", &[]), ("weights", &[dims.k])])?;
            Ok(Self { parameters, dims })
        }
        /// Parameters drawn by each one's initializer; the same seed gives the same bits.
        ///
        /// # Errors
        /// If a dimension is 0 or the parameters are more than fit in memory.
        pub fn seeded(dims: RadialDims, seed: u64) -> Result<Self, Error> {
            let mut model = Self::zeros(dims)?;
            initialize(
                seed,
                &[(Initializer::Zeros, &[]), (Initializer::Zeros, &[dims.k])],
                &mut model.parameters,
            );
            Ok(model)
        }
        /// A model with these parameters: θ, in the order of the signature, row-major.
        ///
        /// # Errors
        /// If there are more or fewer numbers than parameters.
        pub fn from_parameters(
            dims: RadialDims,
            parameters: Vec<f64>,
        ) -> Result<Self, Error> {
            let mut model = Self::zeros(dims)?;
            replace_parameters(&mut model.parameters, parameters)?;
            Ok(model)
        }
        /// Checks examples, once, for this model.
        ///
        /// - `dims`: the dimensions of the model the batch is for
        /// - `x`: shape [D] for each example
        /// - `centres`: shape [K, D], shared by all examples
        /// - `target`: a number for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
        pub fn batch<'a>(
            dims: RadialDims,
            x: &'a [f64],
            centres: &'a [f64],
            target: &'a [f64],
        ) -> Result<RadialBatch<'a>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[dims.d],
                        values: x,
                    },
                    Values {
                        name: "target",
                        extents: &[],
                        values: target,
                    },
                ],
                [],
                [
                    Values {
                        name: "centres",
                        extents: &[dims.k, dims.d],
                        values: centres,
                    },
                ],
            )?;
            Ok(Batch::new(examples, dims))
        }
        /// The predictions, in rows: a number for each example.
        ///
        /// Allocates; in a loop over checked batches, [`Predict::predict_into`] reuses its memory.
        ///
        /// - `x`: shape [D] for each example
        /// - `centres`: shape [K, D], shared by all examples
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
        pub fn predict<'a>(
            &self,
            x: &'a [f64],
            centres: &'a [f64],
        ) -> Result<Vec<f64>, Error> {
            let dims = self.dims;
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[dims.d],
                        values: x,
                    },
                ],
                [],
                [
                    Values {
                        name: "centres",
                        extents: &[dims.k, dims.d],
                        values: centres,
                    },
                ],
            )?;
            let mut output = zeros::<f64>(examples.rows, 1)?;
            dispatch(Predict {
                extents: [dims.k, dims.d],
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
        pub fn loss(&self, batch: &RadialBatch<'_>) -> f64 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
        ///
        /// One pass over the examples gives both, by the equations in the documentation of the type.
        ///
        /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
        pub fn loss_and_gradient(&self, batch: &RadialBatch<'_>) -> (f64, Self) {
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
            "Radial: the model\n  distances[n,k] = Σ_d (centres[k,d] − x[n,d])²\n  w              = width²\n  u              = exp(−distances/w)\n  p              = u·weights\n  e              = p − y\n  L              = (1/N)·Σₙ e²\n\nThe gradient\n  p\u{304}                     = (2/N)·e\n  ∂L/∂weights = w\u{305}e\u{305}i\u{305}g\u{305}h\u{305}t\u{305}s\u{305} = uᵀ·p\u{304}\n  ∂L/∂width = w\u{305}i\u{305}d\u{305}t\u{305}h\u{305}     = 2·width·Σₖ weights[k]·Σₙ u[n,k]·p\u{304}[n]·distances[n,k]/w²\n\nShapes\n  x        N × D   input\n  centres  K × D   data shared by all examples\n  width    scalar  parameter\n  weights  K       parameter\n  p        N       prediction\n  y        N       target\n\nNotation\n  L is the loss of N examples, which are the first axis of every array that has them.\n  A bar marks an adjoint: ā is ∂L/∂a.\n  Aᵀ is the transpose of A.\n  a[n,i] is an element of a; indices begin at 0.\n\nCost, in operations for N examples\n  loss                                     N·(3·D·K + 5·K + 3) + 2\n  loss and gradient together               N·(3·D·K + 12·K + 4) + 2·K + 5\n  each gradient differentiated separately  N·(6·D·K + 17·K + 8) + 2·K + 8\n  workspace                                8·K bytes, and 8·D + 16·K + 16 bytes for each example of a tile\n  An operation is one addition, one multiplication or one application of a function, for one element.\n"
        }
        /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
        pub fn plan() -> &'static str {
            "Once, before the examples\n  number   square_width = width_2²\n  number   quotient = 2/N\n  number   product_3 = 2·width_2\nFor each tile of examples\n  load     x\n  loop     distances[i,n] = Σⱼ (centres[i,j] − x[j,n])²\n  loop     exp[i,n] = exp(−distances[i,n]/square_width)\n  product  prediction[n] = Σⱼ weights[j]·exp[j,n]\n  loop     sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])\n           prediction_bar[n] = (prediction[n] − target[n])·quotient\n  product  weights_bar[i] = Σₙ exp[i,n]·prediction_bar[n]\n  loop     product[i] = Σₙ exp[i,n]·prediction_bar[n]·((distances[i,n]/square_width)/square_width)\nOnce, after the examples\n  number   loss = sum_of_squares/N\n  product  product_2 = Σᵢ weights[i]·product[i]\n  number   width_bar = product_2·product_3\n  loop     gradient_2 = width_bar\nMemory\n  D per example: x\n  K per example: distances\n  K per example: exp\n  1 per example: prediction\n  1 per example: prediction_bar\n  K: product\n"
        }
        /// The parameter `width`: a number.
        pub fn width(&self) -> f64 {
            let dims = self.dims;
            self.parameters[0]
        }
        /// The parameter `width`: a number; to be changed.
        pub fn width_mut(&mut self) -> &mut f64 {
            let dims = self.dims;
            &mut self.parameters[0]
        }
        /// The parameter `weights`: shape [K].
        pub fn weights(&self) -> &[f64] {
            let dims = self.dims;
            &self.parameters[1..][..dims.k]
        }
        /// The parameter `weights`: shape [K]; to be changed.
        pub fn weights_mut(&mut self) -> &mut [f64] {
            let dims = self.dims;
            &mut self.parameters[1..][..dims.k]
        }
    }
    #[automatically_derived]
    impl Model for Radial {
        type Scalar = f64;
        type Dims = RadialDims;
        type Batch<'a> = RadialBatch<'a>;
        type Workspace = Workspace<f64>;
        const REDUCTION: Reduction = Reduction::Mean;
        const DEFINITION_HASH: u64 = 0xeaa474d67962fbf2;
        fn dims(&self) -> Self::Dims {
            self.dims
        }
        fn parameters(&self) -> &[f64] {
            &self.parameters
        }
        fn parameters_mut(&mut self) -> &mut [f64] {
            &mut self.parameters
        }
        fn workspace(&self) -> Self::Workspace {
            let dims = self.dims;
            Workspace::of([dims.k, dims.d], workspace::<f64>)
        }
        fn loss_into(
            &self,
            batch: &Self::Batch<'_>,
            workspace: &mut Self::Workspace,
        ) -> f64 {
            require_same_dims(self.dims, batch.dims());
            let dims = self.dims;
            dispatch(Loss {
                extents: [dims.k, dims.d],
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
            require_same_dims(self.dims, batch.dims());
            require_length(gradient.len(), self.parameters.len());
            let dims = self.dims;
            dispatch(LossAndGradient {
                extents: [dims.k, dims.d],
                parameters: &self.parameters,
                examples: batch.examples(),
                gradient,
                workspace,
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
        fn layout(&self) -> Vec<ParameterLayout> {
            let dims = self.dims;
            lay_out(&[("width", &[]), ("weights", &[dims.k])])
                .unwrap_or_else(|error| refuse(&error))
        }
        fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
            require_same_dims(self.dims, batch.dims());
            require_length(parameters.len(), self.parameters.len());
            let dims = self.dims;
            run_anywhere(Loss {
                extents: [dims.k, dims.d],
                parameters,
                examples: &batch.examples().in_f64().examples(),
                workspace: &mut Workspace::of([dims.k, dims.d], workspace::<f64>),
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
    impl predict::Predict for Radial {
        fn output_width(&self) -> usize {
            let dims = self.dims;
            1
        }
        fn predict_into(
            &self,
            batch: &Self::Batch<'_>,
            output: &mut [f64],
            workspace: &mut Self::Workspace,
        ) {
            require_same_dims(self.dims, batch.dims());
            let dims = self.dims;
            let examples = batch.examples().pick([0], [], [0]);
            require_rows("output", output.len(), examples.rows * 1);
            dispatch(Predict {
                extents: [dims.k, dims.d],
                parameters: &self.parameters,
                examples: &examples,
                output,
                workspace,
            })
        }
        fn targets<'a>(batch: &'a Self::Batch<'_>) -> predict::Targets<'a, f64> {
            predict::Targets::Values(batch.examples().reals[1].values)
        }
    }
    struct LossAndGradient<'a, T> {
        extents: [usize; 2],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 2, 0, 1>,
        gradient: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for LossAndGradient<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let LossAndGradient {
                extents: [k,
                d,
                ],
                parameters,
                examples,
                gradient,
                workspace,
            } = self;
            let [k, d] = isa.extents([k, d]);
            let width_2 = parameters[0];
            let centres = examples.shared[0];
            let weights = &parameters[1..][..k];
            let count = T::from_f64(examples.rows as f64);
            let (persistent, mut tiles) = workspace.parts(k);
            let [product] = carve(persistent, [k]);
            let [gradient_2, weights_bar] = carve(gradient, [1, k]);
            let mut sum_of_squares = [T::ZERO];
            let mut product_2 = [T::ZERO];
            let square_width = math::square(isa, width_2);
            let quotient = T::from_f64(2.0) / count;
            let product_3 = T::from_f64(2.0) * width_2;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 6 * d * k + 2 * d + 56 * k + 10,
                        products: 2 * k,
                    },
                    [&mut sum_of_squares, weights_bar, product],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, values, scratch, .. },
                        [mut sum_of_squares,
                        weights_bar,
                        product,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2, tile_region_3,
                        tile_region_4] = carve(
                            values,
                            [d * tile, k * tile, k * tile, tile, tile],
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
                            let distances = &mut tile_region_1[..k * rows];
                            compute_distances(isa, d, k, rows, centres, x, distances);
                            let exp = &mut tile_region_2[..k * rows];
                            compute_exp(isa, k, rows, distances, square_width, exp);
                            let prediction = &mut tile_region_3[..rows];
                            matmul(
                                isa,
                                [1, k, rows],
                                Matrix::new(weights, 0, 1),
                                Matrix::new(exp, rows, 1),
                                prediction,
                                0,
                                Update::Set,
                                scratch,
                            );
                            let target = &examples.reals[1].values[first..][..rows];
                            let prediction_bar = &mut tile_region_4[..rows];
                            if first == begin {
                                sum_of_squares[..1].fill(T::ZERO);
                            }
                            compute_prediction_bar(
                                isa,
                                rows,
                                prediction,
                                target,
                                quotient,
                                &mut sum_of_squares,
                                prediction_bar,
                            );
                            matmul(
                                isa,
                                [1, rows, k],
                                Matrix::new(prediction_bar, 0, 1),
                                Matrix::new(exp, 1, rows),
                                weights_bar,
                                0,
                                update,
                                scratch,
                            );
                            if first == begin {
                                product[..k].fill(T::ZERO);
                            }
                            compute_product(
                                isa,
                                k,
                                rows,
                                exp,
                                prediction_bar,
                                distances,
                                square_width,
                                product,
                            );
                            first += rows;
                        }
                    },
                );
            let loss = sum_of_squares[0] / count;
            product_2[0] = dot(isa, weights, product);
            let width_bar = product_2[0] * product_3;
            {
                gradient_2[0] = width_bar;
            }
            loss
        }
    }
    struct Loss<'a, T> {
        extents: [usize; 2],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 2, 0, 1>,
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Loss<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let Loss { extents: [k, d], parameters, examples, workspace } = self;
            let [k, d] = isa.extents([k, d]);
            let width_2 = parameters[0];
            let centres = examples.shared[0];
            let weights = &parameters[1..][..k];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let mut sum_of_squares = [T::ZERO];
            let square_width = math::square(isa, width_2);
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 6 * d * k + 2 * d + 33 * k + 6,
                        products: k,
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
                        ] = carve(values, [d * tile, k * tile, k * tile, tile]);
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
                            let distances = &mut tile_region_1[..k * rows];
                            compute_distances(isa, d, k, rows, centres, x, distances);
                            let exp = &mut tile_region_2[..k * rows];
                            compute_exp(isa, k, rows, distances, square_width, exp);
                            let prediction = &mut tile_region_3[..rows];
                            matmul(
                                isa,
                                [1, k, rows],
                                Matrix::new(weights, 0, 1),
                                Matrix::new(exp, rows, 1),
                                prediction,
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
                                prediction,
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
        extents: [usize; 2],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 1, 0, 1>,
        output: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Predict<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) {
            let Predict { extents: [k, d], parameters, examples, output, workspace } = self;
            let [k, d] = isa.extents([k, d]);
            let width_2 = parameters[0];
            let centres = examples.shared[0];
            let weights = &parameters[1..][..k];
            let (_, mut tiles) = workspace.parts(0);
            let square_width = math::square(isa, width_2);
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 6 * d * k + 2 * d + 33 * k + 2,
                        products: k,
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
                        let [tile_region_0, tile_region_1, tile_region_2, tile_region_3,
                        ] = carve(values, [d * tile, k * tile, k * tile, tile]);
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
                            let distances = &mut tile_region_1[..k * rows];
                            compute_distances(isa, d, k, rows, centres, x, distances);
                            let exp = &mut tile_region_2[..k * rows];
                            compute_exp(isa, k, rows, distances, square_width, exp);
                            let prediction = &mut tile_region_3[..rows];
                            matmul(
                                isa,
                                [1, k, rows],
                                Matrix::new(weights, 0, 1),
                                Matrix::new(exp, rows, 1),
                                prediction,
                                0,
                                Update::Set,
                                scratch,
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
    /// `distances[i,n] = Σⱼ (centres[i,j] − x[j,n])²`
    #[inline(always)]
    fn compute_distances<I: Isa, T: Real>(
        isa: I,
        d: usize,
        k: usize,
        rows: usize,
        centres: &[T],
        x: &[T],
        distances: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            d: usize,
            k: usize,
            rows: usize,
            centres: &[T],
            x: &[T],
            distances: &mut [T],
        ) {
            distances[..k * rows].fill(T::ZERO);
            for i in 0..k {
                for j in 0..d {
                    let centres_here = centres[i * d + j];
                    let x_row = &x[j * rows..][..rows];
                    let distances_row = &mut distances[i * rows..][..rows];
                    for n in 0..rows {
                        distances_row[n] += math::square(isa, centres_here - x_row[n]);
                    }
                }
            }
        }
        isa.run(#[inline(always)] || vectorized(isa, d, k, rows, centres, x, distances));
    }
    /// `exp[i,n] = exp(−distances[i,n]/square_width)`
    #[inline(always)]
    fn compute_exp<I: Isa, T: Real>(
        isa: I,
        k: usize,
        rows: usize,
        distances: &[T],
        square_width: T,
        exp: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            k: usize,
            rows: usize,
            distances: &[T],
            square_width: T,
            exp: &mut [T],
        ) {
            let distances_row = &distances[..k * rows];
            let exp_row = &mut exp[..k * rows];
            for i in 0..k * rows {
                exp_row[i] = math::exp(isa, -distances_row[i] / square_width);
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, k, rows, distances, square_width, exp),
        );
    }
    /// `sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])`
    /// `prediction_bar[n] = (prediction[n] − target[n])·quotient`
    #[inline(always)]
    fn compute_prediction_bar<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        prediction: &[T],
        target: &[T],
        quotient: T,
        sum_of_squares: &mut [T],
        prediction_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            prediction: &[T],
            target: &[T],
            quotient: T,
            sum_of_squares: &mut [T],
            prediction_bar: &mut [T],
        ) {
            let prediction_row = &prediction[..rows];
            let target_row = &target[..rows];
            let mut sum_of_squares_sums = LaneSums::<T, T::Vectors>::zero();
            let prediction_bar_row = &mut prediction_bar[..rows];
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vectors as Lanes<T>>::COUNT.min(rows - start);
                let prediction_run = &prediction_row[start..][..lanes];
                let target_run = &target_row[start..][..lanes];
                let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                let prediction_bar_run = &mut prediction_bar_row[start..][..lanes];
                for lane in 0..lanes {
                    let difference = prediction_run[lane] - target_run[lane];
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
                prediction,
                target,
                quotient,
                sum_of_squares,
                prediction_bar,
            ),
        );
    }
    /// `product[i] = Σₙ exp[i,n]·prediction_bar[n]·((distances[i,n]/square_width)/square_width)`
    #[inline(always)]
    fn compute_product<I: Isa, T: Real>(
        isa: I,
        k: usize,
        rows: usize,
        exp: &[T],
        prediction_bar: &[T],
        distances: &[T],
        square_width: T,
        product: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            k: usize,
            rows: usize,
            exp: &[T],
            prediction_bar: &[T],
            distances: &[T],
            square_width: T,
            product: &mut [T],
        ) {
            for i in 0..k {
                let exp_row = &exp[i * rows..][..rows];
                let prediction_bar_row = &prediction_bar[..rows];
                let distances_row = &distances[i * rows..][..rows];
                let mut product_sums = LaneSums::<T, T::Vector>::zero();
                let mut start = 0;
                while start < rows {
                    let lanes = <T::Vector as Lanes<T>>::COUNT.min(rows - start);
                    let exp_run = &exp_row[start..][..lanes];
                    let prediction_bar_run = &prediction_bar_row[start..][..lanes];
                    let distances_run = &distances_row[start..][..lanes];
                    let product_run = product_sums.run(lanes);
                    for lane in 0..lanes {
                        product_run[lane] = exp_run[lane]
                            .mul_add_if(
                                isa,
                                prediction_bar_run[lane]
                                    * (distances_run[lane] / square_width / square_width),
                                product_run[lane],
                            );
                    }
                    start += lanes;
                }
                product[i] += product_sums.total();
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                k,
                rows,
                exp,
                prediction_bar,
                distances,
                square_width,
                product,
            ),
        );
    }
    /// `sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])`
    #[inline(always)]
    fn compute_sum_of_squares<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        prediction: &[T],
        target: &[T],
        sum_of_squares: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            prediction: &[T],
            target: &[T],
            sum_of_squares: &mut [T],
        ) {
            let prediction_row = &prediction[..rows];
            let target_row = &target[..rows];
            let mut sum_of_squares_sums = LaneSums::<T, T::Vectors>::zero();
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vectors as Lanes<T>>::COUNT.min(rows - start);
                let prediction_run = &prediction_row[start..][..lanes];
                let target_run = &target_row[start..][..lanes];
                let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                for lane in 0..lanes {
                    let difference = prediction_run[lane] - target_run[lane];
                    sum_of_squares_run[lane] = difference
                        .mul_add_if(isa, difference, sum_of_squares_run[lane]);
                }
                start += lanes;
            }
            sum_of_squares[0] += sum_of_squares_sums.total();
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, rows, prediction, target, sum_of_squares),
        );
    }
    /// Memory for the steps, with kernels that work on so many examples.
    const fn workspace<T: Real>([k, d]: [usize; 2], rows: usize) -> WorkspaceSize {
        WorkspaceSize::new(
            largest([0, k]),
            largest([d + 2 * k + 1, d + 2 * k + 2]),
            largest([0, 1, 2 * k + 1]),
            largest([
                matmul_scratch::<T>([1, k, rows]),
                matmul_scratch::<T>([1, rows, k]),
            ]),
        )
    }
};
const _: ::core::marker::PhantomData<(Input, Data, Param, Param, Output)> = ::core::marker::PhantomData;
