/// How alike two words are: a table read at two rows, and a number for each.
///
/// # The model
///
/// (the equations, in MathML)
///
/// # The gradient
///
/// (the equations, in MathML)
///
/// L is the loss of N examples, which are the first axis of every array that has them. A bar marks an adjoint: ā is ∂L/∂a. a\[n,i\] is an element of a; indices begin at 0. \[c\] is 1 where c holds and 0 elsewhere; 0 times anything is 0.
///
/// # Shapes
///
/// | value | shape | meaning |
/// |---|---|---|
/// | `word` | N | index below V |
/// | `other` | N | index below V |
/// | `scale` | scalar | parameter |
/// | `vectors` | V × E | parameter |
/// | `offsets` | V | parameter |
/// | `p` | N | prediction |
/// | `y` | N | target |
///
/// # Cost
///
/// | for `N` examples | operations |
/// |---|---|
/// | loss | `N·(2·E + 5) + 1` |
/// | loss and gradient together | `N·(6·E + 10) + 2` |
/// | each gradient differentiated separately | `N·(10·E + 22) + 6` |
///
/// An operation is one addition, one multiplication or one application of a function, for one element. The workspace takes 8·E + 16 bytes for each example of a tile.
///
/// # Examples
/// ```text
/// let mut model = Embedding::<E>::seeded(dims, 42)?;
/// let batch = Embedding::<E>::batch(dims, &word, &other, &target)?;
/// let (loss, gradient) = model.loss_and_gradient(&batch);
/// println!("{loss} {:?}", gradient.scale());
/// let prediction = model.predict(&word, &other)?;
/// ```
#[derive(Clone, Debug, PartialEq)]
struct Embedding<const E: usize> {
    parameters: ::chainrule::__private::Vec<f32>,
    dims: EmbeddingDims,
}
/// The dimensions of [`Embedding`] that are chosen when the program runs.
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct EmbeddingDims {
    /// The extent `V`.
    pub v: usize,
}
/// Checked examples for [`Embedding`].
#[allow(dead_code, deprecated)]
type EmbeddingBatch<'a, const E: usize> = ::chainrule::__private::Batch<
    'a,
    Embedding<E>,
    1,
    2,
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
        "`embedding` has dimensions that are not numbers, so that its size is not known where it is declared: write numbers or constants, or turn on the feature `alloc` of `chainrule`"
    );
    #[automatically_derived]
    impl<const E: usize> Embedding<E> {
        /// All parameters 0.
        ///
        /// # Errors
        /// If a dimension is 0 or the parameters are more than fit in memory.
        pub fn zeros(dims: EmbeddingDims) -> Result<Self, Error> {
            let parameters = zero_parameters(
                &[("scale", &[]), ("vectors", &[dims.v, E]), ("offsets", &[dims.v])],
            )?;
            Ok(Self { parameters, dims })
        }
        /// Parameters drawn by each one's initializer; the same seed gives the same bits.
        ///
        /// # Errors
        /// If a dimension is 0 or the parameters are more than fit in memory.
        pub fn seeded(dims: EmbeddingDims, seed: u64) -> Result<Self, Error> {
            let mut model = Self::zeros(dims)?;
            initialize(
                seed,
                &[
                    (Initializer::Zeros, &[]),
                    (Initializer::GlorotUniform, &[dims.v, E]),
                    (Initializer::Zeros, &[dims.v]),
                ],
                &mut model.parameters,
            );
            Ok(model)
        }
        /// A model with these parameters: θ, in the order of the signature, row-major.
        ///
        /// # Errors
        /// If there are more or fewer numbers than parameters.
        pub fn from_parameters(
            dims: EmbeddingDims,
            parameters: Vec<f32>,
        ) -> Result<Self, Error> {
            let mut model = Self::zeros(dims)?;
            replace_parameters(&mut model.parameters, parameters)?;
            Ok(model)
        }
        /// Checks examples, once, for this model.
        ///
        /// - `dims`: the dimensions of the model the batch is for
        /// - `word`: an index below V for each example
        /// - `other`: an index below V for each example
        /// - `target`: a number for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite, or an index out of range.
        pub fn batch<'a>(
            dims: EmbeddingDims,
            word: &'a [u32],
            other: &'a [u32],
            target: &'a [f32],
        ) -> Result<EmbeddingBatch<'a, E>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "target",
                        extents: &[],
                        values: target,
                    },
                ],
                [
                    Indices {
                        name: "word",
                        bound: dims.v,
                        extents: &[],
                        values: word,
                    },
                    Indices {
                        name: "other",
                        bound: dims.v,
                        extents: &[],
                        values: other,
                    },
                ],
                [],
            )?;
            Ok(Batch::new(examples, dims))
        }
        /// The predictions, in rows: a number for each example.
        ///
        /// Allocates; in a loop over checked batches, [`Predict::predict_into`] reuses its memory.
        ///
        /// - `word`: an index below V for each example
        /// - `other`: an index below V for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite, or an index out of range.
        pub fn predict<'a>(
            &self,
            word: &'a [u32],
            other: &'a [u32],
        ) -> Result<Vec<f32>, Error> {
            let dims = self.dims;
            let examples = Examples::check(
                [],
                [
                    Indices {
                        name: "word",
                        bound: dims.v,
                        extents: &[],
                        values: word,
                    },
                    Indices {
                        name: "other",
                        bound: dims.v,
                        extents: &[],
                        values: other,
                    },
                ],
                [],
            )?;
            let mut output = zeros::<f32>(examples.rows, 1)?;
            dispatch(Predict {
                extents: [E, dims.v],
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
        pub fn loss(&self, batch: &EmbeddingBatch<'_, E>) -> f32 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
        ///
        /// One pass over the examples gives both, by the equations in the documentation of the type.
        ///
        /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
        pub fn loss_and_gradient(&self, batch: &EmbeddingBatch<'_, E>) -> (f32, Self) {
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
            "Embedding: the model\n  v1[n,i] = vectors[word[n],i]\n  v2[n,i] = vectors[other[n],i]\n  s[n]    = Σᵢ v1[n,i]·v2[n,i]\n  p[n]    = scale·s[n] + offsets[word[n]]\n  e       = p − y\n  L       = (1/N)·Σₙ e²\n\nThe gradient\n  p\u{304}                          = (2/N)·e\n  ∂L/∂offsets = o\u{305}f\u{305}f\u{305}s\u{305}e\u{305}t\u{305}s\u{305}[v]   = Σₙ [v = word[n]]·p\u{304}[n]\n  ∂L/∂scale = s\u{305}c\u{305}a\u{305}l\u{305}e\u{305}          = Σₙ s·p\u{304}\n  t1                         = scale·p\u{304}\n  t2[n,i]                    = v2[n,i]·t1[n]\n  t3[n,i]                    = v1[n,i]·t1[n]\n  ∂L/∂vectors = v\u{305}e\u{305}c\u{305}t\u{305}o\u{305}r\u{305}s\u{305}[v,i] = Σₙ [v = other[n]]·t3[n,i] + Σₙ [v = word[n]]·t2[n,i]\n\nShapes\n  word     N       index below V\n  other    N       index below V\n  scale    scalar  parameter\n  vectors  V × E   parameter\n  offsets  V       parameter\n  p        N       prediction\n  y        N       target\n\nNotation\n  L is the loss of N examples, which are the first axis of every array that has them.\n  A bar marks an adjoint: ā is ∂L/∂a.\n  a[n,i] is an element of a; indices begin at 0.\n  [c] is 1 where c holds and 0 elsewhere; 0 times anything is 0.\n\nCost, in operations for N examples\n  loss                                     N·(2·E + 5) + 1\n  loss and gradient together               N·(6·E + 10) + 2\n  each gradient differentiated separately  N·(10·E + 22) + 6\n  workspace                                8·E + 16 bytes for each example of a tile\n  An operation is one addition, one multiplication or one application of a function, for one element.\n"
        }
        /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
        pub fn plan() -> &'static str {
            "Once, before the examples\n  clear    vectors_bar\n  clear    offsets_bar\n  number   quotient = 2/N\nFor each tile of examples\n  load     word\n  load     other\n  loop     part[i,n] = vectors[word[n],i]\n           part_2[i,n] = vectors[other[n],i]\n           product[n] = Σᵢ part[i,n]·part_2[i,n]\n  loop     prediction[n] = scale·product[n] + offsets[word[n]]\n           error[n] = prediction[n] − target[n]\n           sum_of_squares = Σₙ error[n]·error[n]\n           prediction_bar[n] = error[n]·quotient\n           offsets_bar[word[n]] = offsets_bar[word[n]] + Σₙ prediction_bar[n]\n           scale_bar = Σₙ product[n]·prediction_bar[n]\n  loop     prediction_bar[n] = error[n]·quotient\n           vectors_bar[other[n],i] = vectors_bar[other[n],i] + Σₙ part[i,n]·scale·prediction_bar[n]\n           vectors_bar[word[n],i] = vectors_bar[word[n],i] + Σₙ part_2[i,n]·scale·prediction_bar[n]\nOnce, after the examples\n  number   loss = sum_of_squares/N\nMemory\n  1 per example: word\n  1 per example: other\n  1 per example: product\n  E per example: part\n  E per example: part_2\n  1 per example: error\n"
        }
        /// The parameter `scale`: a number.
        pub fn scale(&self) -> f32 {
            let dims = self.dims;
            self.parameters[0]
        }
        /// The parameter `scale`: a number; to be changed.
        pub fn scale_mut(&mut self) -> &mut f32 {
            let dims = self.dims;
            &mut self.parameters[0]
        }
        /// The parameter `vectors`: shape [V, E], row-major.
        pub fn vectors(&self) -> &[f32] {
            let dims = self.dims;
            &self.parameters[1..][..E * dims.v]
        }
        /// The parameter `vectors`: shape [V, E], row-major; to be changed.
        pub fn vectors_mut(&mut self) -> &mut [f32] {
            let dims = self.dims;
            &mut self.parameters[1..][..E * dims.v]
        }
        /// The parameter `offsets`: shape [V].
        pub fn offsets(&self) -> &[f32] {
            let dims = self.dims;
            &self.parameters[E * dims.v + 1..][..dims.v]
        }
        /// The parameter `offsets`: shape [V]; to be changed.
        pub fn offsets_mut(&mut self) -> &mut [f32] {
            let dims = self.dims;
            &mut self.parameters[E * dims.v + 1..][..dims.v]
        }
    }
    #[automatically_derived]
    impl<const E: usize> Model for Embedding<E> {
        type Scalar = f32;
        type Dims = EmbeddingDims;
        type Batch<'a> = EmbeddingBatch<'a, E>;
        type Workspace = Workspace<f32>;
        const REDUCTION: Reduction = Reduction::Mean;
        const DEFINITION_HASH: u64 = 0x0925393b3922b791;
        fn dims(&self) -> Self::Dims {
            self.dims
        }
        fn parameters(&self) -> &[f32] {
            &self.parameters
        }
        fn parameters_mut(&mut self) -> &mut [f32] {
            &mut self.parameters
        }
        fn workspace(&self) -> Self::Workspace {
            let dims = self.dims;
            Workspace::of([E, dims.v], workspace::<f32>)
        }
        fn loss_into(
            &self,
            batch: &Self::Batch<'_>,
            workspace: &mut Self::Workspace,
        ) -> f32 {
            require_same_dims(self.dims, batch.dims());
            let dims = self.dims;
            dispatch(Loss {
                extents: [E, dims.v],
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
            require_same_dims(self.dims, batch.dims());
            require_length(gradient.len(), self.parameters.len());
            let dims = self.dims;
            gradient[1..E * dims.v + 1].fill(0.0);
            gradient[E * dims.v + 1..E * dims.v + dims.v + 1].fill(0.0);
            dispatch(LossAndGradient {
                extents: [E, dims.v],
                parameters: &self.parameters,
                examples: batch.examples(),
                gradient,
                workspace,
            })
        }
        fn touched(
            &self,
            batch: &Self::Batch<'_>,
            see: &mut dyn ::core::ops::FnMut(::core::ops::Range<usize>),
        ) {
            let dims = self.dims;
            see(0..1);
            for row in rows_of(batch.examples().indices[0].values, 1, E) {
                see(row);
            }
            for row in rows_of(batch.examples().indices[1].values, 1, E) {
                see(row);
            }
            for row in rows_of(batch.examples().indices[0].values, E * dims.v + 1, 1) {
                see(row);
            }
        }
        fn loss_and_touched_gradient_into(
            &self,
            batch: &Self::Batch<'_>,
            gradient: &mut [f32],
            workspace: &mut Self::Workspace,
        ) -> f32 {
            require_same_dims(self.dims, batch.dims());
            require_length(gradient.len(), self.parameters.len());
            let dims = self.dims;
            for row in rows_of(batch.examples().indices[0].values, 1, E) {
                gradient[row].fill(0.0);
            }
            for row in rows_of(batch.examples().indices[1].values, 1, E) {
                gradient[row].fill(0.0);
            }
            for row in rows_of(batch.examples().indices[0].values, E * dims.v + 1, 1) {
                gradient[row].fill(0.0);
            }
            dispatch(LossAndGradient {
                extents: [E, dims.v],
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
            lay_out(&[("scale", &[]), ("vectors", &[dims.v, E]), ("offsets", &[dims.v])])
                .unwrap_or_else(|error| refuse(&error))
        }
        fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
            require_same_dims(self.dims, batch.dims());
            require_length(parameters.len(), self.parameters.len());
            let dims = self.dims;
            run_anywhere(Loss {
                extents: [E, dims.v],
                parameters,
                examples: &batch.examples().in_f64().examples(),
                workspace: &mut Workspace::of([E, dims.v], workspace::<f64>),
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
    impl<const E: usize> predict::Predict for Embedding<E> {
        fn output_width(&self) -> usize {
            let dims = self.dims;
            1
        }
        fn predict_into(
            &self,
            batch: &Self::Batch<'_>,
            output: &mut [f32],
            workspace: &mut Self::Workspace,
        ) {
            require_same_dims(self.dims, batch.dims());
            let dims = self.dims;
            let examples = batch.examples().pick([], [0, 1], []);
            require_rows("output", output.len(), examples.rows * 1);
            dispatch(Predict {
                extents: [E, dims.v],
                parameters: &self.parameters,
                examples: &examples,
                output,
                workspace,
            })
        }
        fn targets<'a>(batch: &'a Self::Batch<'_>) -> predict::Targets<'a, f32> {
            predict::Targets::Values(batch.examples().reals[0].values)
        }
    }
    /// Adds to rows of `vectors_bar`, `offsets_bar`, which must be 0 before.
    struct LossAndGradient<'a, T> {
        extents: [usize; 2],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 1, 2, 0>,
        gradient: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for LossAndGradient<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let LossAndGradient {
                extents: [e,
                v,
                ],
                parameters,
                examples,
                gradient,
                workspace,
            } = self;
            let [e, v] = isa.extents([e, v]);
            let vectors = &parameters[1..][..e * v];
            let scale = parameters[0];
            let offsets = &parameters[e * v + 1..][..v];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let [scale_bar, vectors_bar, offsets_bar] = carve(gradient, [1, e * v, v]);
            let mut sum_of_squares = [T::ZERO];
            let quotient = T::from_f64(2.0) / count;
            let tiles::Part { begin, end, tile, values, .. } = tiles
                .whole(examples.rows);
            let tile = isa.tile(tile);
            let [tile_region_0, tile_region_1, tile_region_2, tile_region_3,
            tile_region_4, tile_region_5] = carve(
                values,
                [tile, tile, tile, e * tile, e * tile, tile],
            );
            let mut first = begin;
            while first < end {
                let rows = isa.rows(tile, end - first);
                let word = &mut tile_region_0[..rows];
                load_indices(
                    examples.indices[0].values,
                    examples.indices[0].width,
                    first,
                    rows,
                    word,
                );
                let other = &mut tile_region_1[..rows];
                load_indices(
                    examples.indices[1].values,
                    examples.indices[1].width,
                    first,
                    rows,
                    other,
                );
                let part = &mut tile_region_3[..e * rows];
                let part_2 = &mut tile_region_4[..e * rows];
                let product = &mut tile_region_2[..rows];
                compute_product(
                    isa,
                    e,
                    rows,
                    word,
                    vectors,
                    other,
                    part,
                    part_2,
                    product,
                );
                let target = &examples.reals[0].values[first..][..rows];
                let error = &mut tile_region_5[..rows];
                if first == begin {
                    sum_of_squares[..1].fill(T::ZERO);
                    scale_bar[..1].fill(T::ZERO);
                }
                compute_scale_bar(
                    isa,
                    rows,
                    scale,
                    product,
                    word,
                    offsets,
                    target,
                    quotient,
                    error,
                    &mut sum_of_squares,
                    offsets_bar,
                    scale_bar,
                );
                compute_vectors_bar(
                    isa,
                    e,
                    rows,
                    other,
                    part,
                    scale,
                    error,
                    quotient,
                    word,
                    part_2,
                    vectors_bar,
                );
                first += rows;
            }
            sum_of_squares[0] / count
        }
    }
    struct Loss<'a, T> {
        extents: [usize; 2],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 1, 2, 0>,
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Loss<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let Loss { extents: [e, v], parameters, examples, workspace } = self;
            let [e, v] = isa.extents([e, v]);
            let vectors = &parameters[1..][..e * v];
            let scale = parameters[0];
            let offsets = &parameters[e * v + 1..][..v];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let mut sum_of_squares = [T::ZERO];
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 8 * e + 16,
                        products: 0,
                    },
                    [&mut sum_of_squares],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, values, .. },
                        [mut sum_of_squares,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2] = carve(
                            values,
                            [tile, tile, tile],
                        );
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let word = &mut tile_region_0[..rows];
                            load_indices(
                                examples.indices[0].values,
                                examples.indices[0].width,
                                first,
                                rows,
                                word,
                            );
                            let other = &mut tile_region_1[..rows];
                            load_indices(
                                examples.indices[1].values,
                                examples.indices[1].width,
                                first,
                                rows,
                                other,
                            );
                            let product = &mut tile_region_2[..rows];
                            compute_product_2(
                                isa,
                                e,
                                rows,
                                word,
                                vectors,
                                other,
                                product,
                            );
                            let target = &examples.reals[0].values[first..][..rows];
                            if first == begin {
                                sum_of_squares[..1].fill(T::ZERO);
                            }
                            compute_sum_of_squares(
                                isa,
                                rows,
                                scale,
                                product,
                                word,
                                offsets,
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
        examples: &'a Examples<'a, T, 0, 2, 0>,
        output: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Predict<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) {
            let Predict { extents: [e, v], parameters, examples, output, workspace } = self;
            let [e, v] = isa.extents([e, v]);
            let vectors = &parameters[1..][..e * v];
            let scale = parameters[0];
            let offsets = &parameters[e * v + 1..][..v];
            let (_, mut tiles) = workspace.parts(0);
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 8 * e + 14,
                        products: 0,
                    },
                    [],
                    [tiles::Rows::new(output, 1)],
                    #[inline(always)]
                    |tiles::Part { begin, end, tile, origin, values, .. }, [], [output]| {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2] = carve(
                            values,
                            [tile, tile, tile],
                        );
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let from = first - origin;
                            let word = &mut tile_region_0[..rows];
                            load_indices(
                                examples.indices[0].values,
                                examples.indices[0].width,
                                first,
                                rows,
                                word,
                            );
                            let other = &mut tile_region_1[..rows];
                            load_indices(
                                examples.indices[1].values,
                                examples.indices[1].width,
                                first,
                                rows,
                                other,
                            );
                            let product = &mut tile_region_2[..rows];
                            compute_product_2(
                                isa,
                                e,
                                rows,
                                word,
                                vectors,
                                other,
                                product,
                            );
                            let prediction = &mut tile_region_1[..rows];
                            compute_prediction(
                                isa,
                                rows,
                                scale,
                                product,
                                word,
                                offsets,
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
    /// `part[i,n] = vectors[word[n],i]`
    /// `part_2[i,n] = vectors[other[n],i]`
    /// `product[n] = Σᵢ part[i,n]·part_2[i,n]`
    #[inline(always)]
    fn compute_product<I: Isa, T: Real>(
        isa: I,
        e: usize,
        rows: usize,
        word: &[T],
        vectors: &[T],
        other: &[T],
        part: &mut [T],
        part_2: &mut [T],
        product: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            e: usize,
            rows: usize,
            word: &[T],
            vectors: &[T],
            other: &[T],
            part: &mut [T],
            part_2: &mut [T],
            product: &mut [T],
        ) {
            product[..rows].fill(T::ZERO);
            for i in 0..e {
                let word_row = &word[..rows];
                let other_row = &other[..rows];
                let part_row = &mut part[i * rows..][..rows];
                let part_2_row = &mut part_2[i * rows..][..rows];
                let product_row = &mut product[..rows];
                for n in 0..rows {
                    let part_3 = vectors[i + as_index(word_row[n]) * e];
                    let part_4 = vectors[i + as_index(other_row[n]) * e];
                    part_row[n] = part_3;
                    part_2_row[n] = part_4;
                    product_row[n] += part_3 * part_4;
                }
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(e, rows, word, vectors, other, part, part_2, product),
        );
    }
    /// `prediction[n] = scale·product[n] + offsets[word[n]]`
    /// `error[n] = prediction[n] − target[n]`
    /// `sum_of_squares = Σₙ error[n]·error[n]`
    /// `prediction_bar[n] = error[n]·quotient`
    /// `offsets_bar[word[n]] = offsets_bar[word[n]] + Σₙ prediction_bar[n]`
    /// `scale_bar = Σₙ product[n]·prediction_bar[n]`
    #[inline(always)]
    fn compute_scale_bar<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        scale: T,
        product: &[T],
        word: &[T],
        offsets: &[T],
        target: &[T],
        quotient: T,
        error: &mut [T],
        sum_of_squares: &mut [T],
        offsets_bar: &mut [T],
        scale_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            scale: T,
            product: &[T],
            word: &[T],
            offsets: &[T],
            target: &[T],
            quotient: T,
            error: &mut [T],
            sum_of_squares: &mut [T],
            offsets_bar: &mut [T],
            scale_bar: &mut [T],
        ) {
            let product_row = &product[..rows];
            let word_row = &word[..rows];
            let target_row = &target[..rows];
            let error_row = &mut error[..rows];
            let mut sum_of_squares_sums = LaneSums::<T, T::Vectors>::zero();
            let mut scale_bar_sums = LaneSums::<T, T::Vectors>::zero();
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vectors as Lanes<T>>::COUNT.min(rows - start);
                let product_run = &product_row[start..][..lanes];
                let word_run = &word_row[start..][..lanes];
                let target_run = &target_row[start..][..lanes];
                let error_run = &mut error_row[start..][..lanes];
                let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                let scale_bar_run = scale_bar_sums.run(lanes);
                for lane in 0..lanes {
                    let prediction_2 = scale * product_run[lane]
                        + offsets[as_index(word_run[lane])];
                    let difference = prediction_2 - target_run[lane];
                    let prediction_bar = difference * quotient;
                    error_run[lane] = difference;
                    sum_of_squares_run[lane] = difference
                        .mul_add_if(isa, difference, sum_of_squares_run[lane]);
                    offsets_bar[as_index(word_run[lane])] += prediction_bar;
                    scale_bar_run[lane] = product_run[lane]
                        .mul_add_if(isa, prediction_bar, scale_bar_run[lane]);
                }
                start += lanes;
            }
            sum_of_squares[0] += sum_of_squares_sums.total();
            scale_bar[0] += scale_bar_sums.total();
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                scale,
                product,
                word,
                offsets,
                target,
                quotient,
                error,
                sum_of_squares,
                offsets_bar,
                scale_bar,
            ),
        );
    }
    /// `prediction_bar[n] = error[n]·quotient`
    /// `vectors_bar[other[n],i] = vectors_bar[other[n],i] + Σₙ part[i,n]·scale·prediction_bar[n]`
    /// `vectors_bar[word[n],i] = vectors_bar[word[n],i] + Σₙ part_2[i,n]·scale·prediction_bar[n]`
    #[inline(always)]
    fn compute_vectors_bar<I: Isa, T: Real>(
        isa: I,
        e: usize,
        rows: usize,
        other: &[T],
        part: &[T],
        scale: T,
        error: &[T],
        quotient: T,
        word: &[T],
        part_2: &[T],
        vectors_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            e: usize,
            rows: usize,
            other: &[T],
            part: &[T],
            scale: T,
            error: &[T],
            quotient: T,
            word: &[T],
            part_2: &[T],
            vectors_bar: &mut [T],
        ) {
            for i in 0..e {
                let other_row = &other[..rows];
                let part_row = &part[i * rows..][..rows];
                let error_row = &error[..rows];
                let word_row = &word[..rows];
                let part_2_row = &part_2[i * rows..][..rows];
                for n in 0..rows {
                    let prediction_bar = error_row[n] * quotient;
                    let product_2 = scale * prediction_bar;
                    vectors_bar[i + as_index(other_row[n]) * e]
                        += part_row[n] * product_2;
                    vectors_bar[i + as_index(word_row[n]) * e]
                        += part_2_row[n] * product_2;
                }
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                e,
                rows,
                other,
                part,
                scale,
                error,
                quotient,
                word,
                part_2,
                vectors_bar,
            ),
        );
    }
    /// `product[n] = Σᵢ vectors[word[n],i]·vectors[other[n],i]`
    #[inline(always)]
    fn compute_product_2<I: Isa, T: Real>(
        isa: I,
        e: usize,
        rows: usize,
        word: &[T],
        vectors: &[T],
        other: &[T],
        product: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            e: usize,
            rows: usize,
            word: &[T],
            vectors: &[T],
            other: &[T],
            product: &mut [T],
        ) {
            product[..rows].fill(T::ZERO);
            for i in 0..e {
                let word_row = &word[..rows];
                let other_row = &other[..rows];
                let product_row = &mut product[..rows];
                for n in 0..rows {
                    product_row[n]
                        += vectors[i + as_index(word_row[n]) * e]
                            * vectors[i + as_index(other_row[n]) * e];
                }
            }
        }
        isa.run(#[inline(always)] || vectorized(e, rows, word, vectors, other, product));
    }
    /// `prediction[n] = scale·product[n] + offsets[word[n]]`
    /// `sum_of_squares = Σₙ (prediction[n] − target[n])·(prediction[n] − target[n])`
    #[inline(always)]
    fn compute_sum_of_squares<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        scale: T,
        product: &[T],
        word: &[T],
        offsets: &[T],
        target: &[T],
        sum_of_squares: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            scale: T,
            product: &[T],
            word: &[T],
            offsets: &[T],
            target: &[T],
            sum_of_squares: &mut [T],
        ) {
            let product_row = &product[..rows];
            let word_row = &word[..rows];
            let target_row = &target[..rows];
            let mut sum_of_squares_sums = LaneSums::<T, T::Vectors>::zero();
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vectors as Lanes<T>>::COUNT.min(rows - start);
                let product_run = &product_row[start..][..lanes];
                let word_run = &word_row[start..][..lanes];
                let target_run = &target_row[start..][..lanes];
                let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                for lane in 0..lanes {
                    let prediction_2 = scale * product_run[lane]
                        + offsets[as_index(word_run[lane])];
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
            || vectorized(
                isa,
                rows,
                scale,
                product,
                word,
                offsets,
                target,
                sum_of_squares,
            ),
        );
    }
    /// `prediction[n] = scale·product[n] + offsets[word[n]]`
    #[inline(always)]
    fn compute_prediction<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        scale: T,
        product: &[T],
        word: &[T],
        offsets: &[T],
        prediction: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            rows: usize,
            scale: T,
            product: &[T],
            word: &[T],
            offsets: &[T],
            prediction: &mut [T],
        ) {
            let product_row = &product[..rows];
            let word_row = &word[..rows];
            let prediction_row = &mut prediction[..rows];
            for n in 0..rows {
                prediction_row[n] = scale * product_row[n]
                    + offsets[as_index(word_row[n])];
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(rows, scale, product, word, offsets, prediction),
        );
    }
    /// Memory for the steps, with kernels that work on so many examples.
    const fn workspace<T: Real>([e, v]: [usize; 2], rows: usize) -> WorkspaceSize {
        WorkspaceSize::new(0, largest([3, 2 * e + 4]), largest([0, 1]), 0)
    }
};
const _: ::core::marker::PhantomData<(Index, Index, Param, Param, Param, Output)> = ::core::marker::PhantomData;
