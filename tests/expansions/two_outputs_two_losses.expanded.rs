/// An autoencoder.
mod coder {
    use chainrule::prelude::*;
    #[allow(dead_code)]
    const CODE: usize = 2;
    fn soft(x: f64) -> f64 {
        x.tanh()
    }
    /// An autoencoder.
    ///
    /// # The model
    ///
    /// (the equations, in MathML)
    ///
    /// # The gradient
    ///
    /// (the equations, in MathML)
    ///
    /// # The loss `penalty`
    ///
    /// (the equations, in MathML)
    ///
    /// # The gradient of `penalty`
    ///
    /// (the equations, in MathML)
    ///
    /// # The output `encode`
    ///
    /// (the equations, in MathML)
    ///
    /// # The output `predict`
    ///
    /// (the equations, in MathML)
    ///
    /// L is the loss of N examples, which are the first axis of every array that has them. A bar marks an adjoint: ā is ∂L/∂a. ⊙ multiplies element by element, · matrices and numbers. Aᵀ is the transpose of A. Σ without an index sums all elements.
    ///
    /// # Shapes
    ///
    /// | value | shape | meaning |
    /// |---|---|---|
    /// | `x` | N × D | input |
    /// | `w` | D × CODE | parameter |
    /// | `v` | CODE × D | parameter |
    /// | `encode` | N × CODE | output |
    /// | `p` | N × D | prediction |
    ///
    /// # Cost
    ///
    /// | for `N` examples | operations |
    /// |---|---|
    /// | loss | `N·(4·CODE·D + CODE + 3·D) + 1` |
    /// | loss and gradient together | `N·(10·CODE·D + 4·CODE + 4·D) + 2` |
    /// | each gradient differentiated separately | `N·(14·CODE·D + 5·CODE + 8·D) + 4` |
    ///
    /// An operation is one addition, one multiplication or one application of a function, for one element. The workspace takes 24·CODE + 24·D bytes for each example of a tile.
    ///
    /// # Examples
    /// ```text
    /// let mut model = Coder::<D>::seeded(42);
    /// let batch = Coder::<D>::batch(&x)?;
    /// let (loss, gradient) = model.loss_and_gradient(&batch);
    /// println!("{loss} {:?}", gradient.w());
    /// let encode = model.encode(&x)?;
    /// let prediction = model.predict(&x)?;
    /// ```
    #[derive(Clone, Debug, PartialEq)]
    pub struct Coder<const D: usize> {
        parameters: ::chainrule::__private::Vec<f64>,
    }
    /// Checked examples for [`Coder`].
    #[allow(dead_code, deprecated)]
    pub type CoderBatch<'a, const D: usize> = ::chainrule::__private::Batch<
        'a,
        Coder<D>,
        1,
        0,
        0,
    >;
    #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery)]
    const _: () = {
        /// The user's functions, by names that no local has.
        struct Declared;
        impl Declared {
            #[inline]
            fn soft(x0: f64) -> f64 {
                soft(x0)
            }
        }
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
                "`coder` has dimensions that are not numbers, so that its size is not known where it is declared: write numbers or constants, or turn on the feature `alloc` of `chainrule`"
            );
            #[automatically_derived]
            impl<const D: usize> Coder<D> {
                /// All parameters 0.
                pub fn zeros() -> Self {
                    const {
                        ::core::assert!(
                            D > 0 && CODE > 0, "every dimension of `Coder` is at least 1"
                        );
                    };
                    Self {
                        parameters: zero_parameters(
                                &[("w", &[D, CODE]), ("v", &[CODE, D])],
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
                            (Initializer::GlorotUniform, &[D, CODE]),
                            (Initializer::GlorotUniform, &[CODE, D]),
                        ],
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
                /// - `x`: shape [D] for each example
                ///
                /// Slices hold one example after the other, each row-major.
                ///
                /// # Errors
                /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
                pub fn batch<'a>(x: &'a [f64]) -> Result<CoderBatch<'a, D>, Error> {
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
                    Ok(Batch::new(examples, ()))
                }
                /// The code of an example.
                ///
                /// The outputs `encode`, in rows: shape [CODE] for each example.
                ///
                /// - `x`: shape [D] for each example
                ///
                /// Slices hold one example after the other, each row-major.
                ///
                /// # Errors
                /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
                pub fn encode<'a>(&self, x: &'a [f64]) -> Result<Vec<f64>, Error> {
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
                    let mut output = zeros::<f64>(examples.rows, CODE)?;
                    dispatch(EncodeOutput {
                        extents: [D, CODE],
                        parameters: &self.parameters,
                        examples: &examples,
                        output: &mut output,
                        workspace: &mut self.workspace(),
                    });
                    Ok(output)
                }
                /// The predictions, in rows: shape [D] for each example.
                ///
                /// Allocates; in a loop over checked batches, [`Predict::predict_into`] reuses its memory.
                ///
                /// - `x`: shape [D] for each example
                ///
                /// Slices hold one example after the other, each row-major.
                ///
                /// # Errors
                /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
                pub fn predict<'a>(&self, x: &'a [f64]) -> Result<Vec<f64>, Error> {
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
                    let mut output = zeros::<f64>(examples.rows, D)?;
                    dispatch(Predict {
                        extents: [D, CODE],
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
                pub fn loss(&self, batch: &CoderBatch<'_, D>) -> f64 {
                    self.loss_into(batch, &mut self.workspace())
                }
                /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
                ///
                /// One pass over the examples gives both, by the equations in the documentation of the type.
                ///
                /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
                pub fn loss_and_gradient(
                    &self,
                    batch: &CoderBatch<'_, D>,
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
                /// The loss `penalty`.
                ///
                /// Allocates a workspace; in a loop, `penalty_into` reuses one.
                pub fn penalty(&self, batch: &CoderBatch<'_, D>) -> f64 {
                    self.penalty_into(batch, &mut self.workspace())
                }
                /// The loss `penalty`. Allocates nothing.
                pub fn penalty_into(
                    &self,
                    batch: &CoderBatch<'_, D>,
                    workspace: &mut <Self as Model>::Workspace,
                ) -> f64 {
                    dispatch(PenaltyLoss {
                        extents: [D, CODE],
                        parameters: &self.parameters,
                        examples: batch.examples(),
                        workspace,
                    })
                }
                /// The loss `penalty` and its gradient `∂penalty/∂θ`, which has the model's own shape.
                ///
                /// Allocates; in a loop, `penalty_and_gradient_into` reuses its memory.
                pub fn penalty_and_gradient(
                    &self,
                    batch: &CoderBatch<'_, D>,
                ) -> (f64, Self) {
                    let mut gradient = self.clone();
                    let loss = self
                        .penalty_and_gradient_into(
                            batch,
                            &mut gradient.parameters,
                            &mut self.workspace(),
                        );
                    (loss, gradient)
                }
                /// The same; `gradient` is overwritten with `∂penalty/∂θ`. Allocates nothing.
                ///
                /// # Panics
                /// If `gradient` has not the length of θ.
                pub fn penalty_and_gradient_into(
                    &self,
                    batch: &CoderBatch<'_, D>,
                    gradient: &mut [f64],
                    workspace: &mut <Self as Model>::Workspace,
                ) -> f64 {
                    require_length(gradient.len(), self.parameters.len());
                    dispatch_examples::<
                        Self,
                        _,
                    >(
                        batch.rows(),
                        PenaltyLossAndGradient {
                            extents: [D, CODE],
                            parameters: &self.parameters,
                            examples: batch.examples(),
                            gradient,
                            workspace,
                        },
                    )
                }
                /// The prediction, the loss and every gradient as equations, with shapes and costs, for a terminal.
                pub fn equations() -> &'static str {
                    "Coder: the model\n  encode = soft(x·w)\n  s      = encode·v\n  d      = s − x\n  L      = (1/N)·Σ d²\n\nThe gradient\n  s\u{304}         = (2/N)·d\n  ∂L/∂v = v\u{304} = encodeᵀ·s\u{304}\n  ∂L/∂w = w\u{304} = xᵀ·((s\u{304}·vᵀ) ⊙ (1 − encode²))\n\nThe loss penalty\n  penalty = Σ w²\n\nThe gradient of penalty\n  ∂penalty/∂w = w\u{304} = 2·w\n\nThe output encode\n  encode = soft(x·w)\n\nThe output predict\n  encode = soft(x·w)\n  s      = encode·v\n\nShapes\n  x       N × D     input\n  w       D × CODE  parameter\n  v       CODE × D  parameter\n  encode  N × CODE  output\n  p       N × D     prediction\n\nNotation\n  L is the loss of N examples, which are the first axis of every array that has them.\n  A bar marks an adjoint: ā is ∂L/∂a.\n  ⊙ multiplies element by element, · matrices and numbers.\n  Aᵀ is the transpose of A.\n  Σ without an index sums all elements.\n\nCost, in operations for N examples\n  loss                                     N·(4·CODE·D + CODE + 3·D) + 1\n  loss and gradient together               N·(10·CODE·D + 4·CODE + 4·D) + 2\n  each gradient differentiated separately  N·(14·CODE·D + 5·CODE + 8·D) + 4\n  workspace                                24·CODE + 24·D bytes for each example of a tile\n  An operation is one addition, one multiplication or one application of a function, for one element.\n"
                }
                /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
                pub fn plan() -> &'static str {
                    "Once, before the examples\n  number   quotient = 2/N\nFor each tile of examples\n  load     x\n  product  x_dot_w[i,n] = Σₖ x[k,n]·w[k,i]\n  loop     encode[i,n] = soft(x_dot_w[i,n])\n  product  encode_dot_v[i,n] = Σₖ v[k,i]·encode[k,n]\n  loop     sum_of_squares = Σ_{i,n} (encode_dot_v[i,n] − x[i,n])·(encode_dot_v[i,n] − x[i,n])\n           encode_dot_v_bar[i,n] = (encode_dot_v[i,n] − x[i,n])·quotient\n  product  v_bar[i,j] = Σₙ encode[i,n]·encode_dot_v_bar[j,n]\n  product  encode_bar[i,n] = Σₖ v[i,k]·encode_dot_v_bar[k,n]\n  loop     x_dot_w_bar[i,n] = encode_bar[i,n]·(1 − encode[i,n]·encode[i,n])\n  product  w_bar[i,j] = Σₙ x[i,n]·x_dot_w_bar[j,n]\nOnce, after the examples\n  number   loss = sum_of_squares/N\nMemory\n  D per example: x\n  CODE per example: x_dot_w, then encode_bar\n  CODE per example: encode\n  D per example: encode_dot_v\n  D per example: encode_dot_v_bar\n  CODE per example: x_dot_w_bar\n\nThe loss penalty\nOnce\n  product  loss = Σ_{i,j} w[i,j]·w[i,j]\n  loop     w_bar[i,j] = 2·w[i,j]\nMemory\n"
                }
                /// The parameter `w`: shape [D, CODE], row-major.
                pub fn w(&self) -> &[f64] {
                    &self.parameters[..CODE * D]
                }
                /// The parameter `w`: shape [D, CODE], row-major; to be changed.
                pub fn w_mut(&mut self) -> &mut [f64] {
                    &mut self.parameters[..CODE * D]
                }
                /// The parameter `v`: shape [CODE, D], row-major.
                pub fn v(&self) -> &[f64] {
                    &self.parameters[CODE * D..][..CODE * D]
                }
                /// The parameter `v`: shape [CODE, D], row-major; to be changed.
                pub fn v_mut(&mut self) -> &mut [f64] {
                    &mut self.parameters[CODE * D..][..CODE * D]
                }
            }
            #[automatically_derived]
            impl<const D: usize> Model for Coder<D> {
                type Scalar = f64;
                type Dims = ();
                type Batch<'a> = CoderBatch<'a, D>;
                type Workspace = Workspace<f64>;
                const REDUCTION: Reduction = Reduction::Mean;
                const DEFINITION_HASH: u64 = 0x4f20204f66937b1b;
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
                    Workspace::of([D, CODE], workspace::<f64>)
                }
                fn loss_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    workspace: &mut Self::Workspace,
                ) -> f64 {
                    dispatch(Loss {
                        extents: [D, CODE],
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
                            extents: [D, CODE],
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
                    lay_out(&[("w", &[D, CODE]), ("v", &[CODE, D])])
                        .unwrap_or_else(|error| refuse(&error))
                }
                fn loss_in_f64(
                    &self,
                    parameters: &[f64],
                    batch: &Self::Batch<'_>,
                ) -> f64 {
                    require_length(parameters.len(), self.parameters.len());
                    run_anywhere(Loss {
                        extents: [D, CODE],
                        parameters,
                        examples: &batch.examples().in_f64().examples(),
                        workspace: &mut Workspace::of([D, CODE], workspace::<f64>),
                    })
                }
                fn batch_buffer(
                    batch: &Self::Batch<'_>,
                    rows: usize,
                ) -> BatchBuffer<f64> {
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
            impl<const D: usize> Extents for Coder<D> {
                const EXTENTS: &'static [usize] = &[D, CODE];
                const PARAMETERS: usize = count_parameters(
                    &[("w", &[D, CODE]), ("v", &[CODE, D])],
                );
            }
            #[automatically_derived]
            impl<const D: usize> predict::Predict for Coder<D> {
                fn output_width(&self) -> usize {
                    D
                }
                fn predict_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    output: &mut [f64],
                    workspace: &mut Self::Workspace,
                ) {
                    let examples = batch.examples().pick([0], [], []);
                    require_rows("output", output.len(), examples.rows * D);
                    dispatch_examples::<
                        Self,
                        _,
                    >(
                        examples.rows,
                        Predict {
                            extents: [D, CODE],
                            parameters: &self.parameters,
                            examples: &examples,
                            output,
                            workspace,
                        },
                    )
                }
                fn targets<'a>(batch: &'a Self::Batch<'_>) -> predict::Targets<'a, f64> {
                    predict::Targets::None
                }
            }
            struct LossAndGradient<'a, T> {
                extents: [usize; 2],
                parameters: &'a [T],
                examples: &'a Examples<'a, T, 1, 0, 0>,
                gradient: &'a mut [T],
                workspace: &'a mut Workspace<T>,
            }
            impl<T: Real> Kernel for LossAndGradient<'_, T> {
                type Output = T;
                #[inline(always)]
                fn run<I: Isa>(self, isa: I) -> T {
                    let LossAndGradient {
                        extents: [d,
                        code,
                        ],
                        parameters,
                        examples,
                        gradient,
                        workspace,
                    } = self;
                    let [d, code] = isa.extents([d, code]);
                    let w = &parameters[..code * d];
                    let v = &parameters[code * d..][..code * d];
                    let count = T::from_f64(examples.rows as f64);
                    let (_, mut tiles) = workspace.parts(0);
                    let [w_bar, v_bar] = carve(gradient, [code * d, code * d]);
                    let mut sum_of_squares = [T::ZERO];
                    let quotient = T::from_f64(2.0) / count;
                    tiles
                        .run(
                            isa,
                            tiles::Work {
                                examples: examples.rows,
                                each: 5 * code * d + 50 * code + 12 * d,
                                products: 5 * code * d,
                            },
                            [&mut sum_of_squares, v_bar, w_bar],
                            [],
                            #[inline(always)]
                            |
                                tiles::Part { begin, end, tile, values, scratch, .. },
                                [mut sum_of_squares,
                                v_bar,
                                w_bar,
                                ],
                                []|
                            {
                                let tile = isa.tile(tile);
                                let [tile_region_0, tile_region_1, tile_region_2,
                                tile_region_3, tile_region_4, tile_region_5] = carve(
                                    values,
                                    [
                                        d * tile,
                                        code * tile,
                                        code * tile,
                                        d * tile,
                                        d * tile,
                                        code * tile,
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
                                    let x_dot_w = &mut tile_region_1[..code * rows];
                                    matmul(
                                        isa,
                                        [code, d, rows],
                                        Matrix::new(w, 1, code),
                                        Matrix::new(x, rows, 1),
                                        x_dot_w,
                                        rows,
                                        Update::Set,
                                        scratch,
                                    );
                                    let encode = &mut tile_region_2[..code * rows];
                                    compute_encode(isa, code, rows, x_dot_w, encode);
                                    let encode_dot_v = &mut tile_region_3[..d * rows];
                                    matmul(
                                        isa,
                                        [d, code, rows],
                                        Matrix::new(v, 1, d),
                                        Matrix::new(encode, rows, 1),
                                        encode_dot_v,
                                        rows,
                                        Update::Set,
                                        scratch,
                                    );
                                    let encode_dot_v_bar = &mut tile_region_4[..d * rows];
                                    if first == begin {
                                        sum_of_squares[..1].fill(T::ZERO);
                                    }
                                    compute_encode_dot_v_bar(
                                        isa,
                                        d,
                                        rows,
                                        encode_dot_v,
                                        x,
                                        quotient,
                                        &mut sum_of_squares,
                                        encode_dot_v_bar,
                                    );
                                    matmul(
                                        isa,
                                        [code, rows, d],
                                        Matrix::new(encode, rows, 1),
                                        Matrix::new(encode_dot_v_bar, 1, rows),
                                        v_bar,
                                        d,
                                        update,
                                        scratch,
                                    );
                                    let encode_bar = &mut tile_region_1[..code * rows];
                                    matmul(
                                        isa,
                                        [code, d, rows],
                                        Matrix::new(v, d, 1),
                                        Matrix::new(encode_dot_v_bar, rows, 1),
                                        encode_bar,
                                        rows,
                                        Update::Set,
                                        scratch,
                                    );
                                    let x_dot_w_bar = &mut tile_region_5[..code * rows];
                                    compute_x_dot_w_bar(
                                        isa,
                                        code,
                                        rows,
                                        encode_bar,
                                        encode,
                                        x_dot_w_bar,
                                    );
                                    matmul(
                                        isa,
                                        [d, rows, code],
                                        Matrix::new(x, rows, 1),
                                        Matrix::new(x_dot_w_bar, 1, rows),
                                        w_bar,
                                        code,
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
                extents: [usize; 2],
                parameters: &'a [T],
                examples: &'a Examples<'a, T, 1, 0, 0>,
                workspace: &'a mut Workspace<T>,
            }
            impl<T: Real> Kernel for Loss<'_, T> {
                type Output = T;
                #[inline(always)]
                fn run<I: Isa>(self, isa: I) -> T {
                    let Loss { extents: [d, code], parameters, examples, workspace } = self;
                    let [d, code] = isa.extents([d, code]);
                    let w = &parameters[..code * d];
                    let v = &parameters[code * d..][..code * d];
                    let count = T::from_f64(examples.rows as f64);
                    let (_, mut tiles) = workspace.parts(0);
                    let mut sum_of_squares = [T::ZERO];
                    tiles
                        .run(
                            isa,
                            tiles::Work {
                                examples: examples.rows,
                                each: 2 * code * d + 42 * code + 8 * d,
                                products: 2 * code * d,
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
                                let [tile_region_0, tile_region_1, tile_region_2,
                                tile_region_3] = carve(
                                    values,
                                    [d * tile, code * tile, code * tile, d * tile],
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
                                    let x_dot_w = &mut tile_region_1[..code * rows];
                                    matmul(
                                        isa,
                                        [code, d, rows],
                                        Matrix::new(w, 1, code),
                                        Matrix::new(x, rows, 1),
                                        x_dot_w,
                                        rows,
                                        Update::Set,
                                        scratch,
                                    );
                                    let encode = &mut tile_region_2[..code * rows];
                                    compute_encode(isa, code, rows, x_dot_w, encode);
                                    let encode_dot_v = &mut tile_region_3[..d * rows];
                                    matmul(
                                        isa,
                                        [d, code, rows],
                                        Matrix::new(v, 1, d),
                                        Matrix::new(encode, rows, 1),
                                        encode_dot_v,
                                        rows,
                                        Update::Set,
                                        scratch,
                                    );
                                    if first == begin {
                                        sum_of_squares[..1].fill(T::ZERO);
                                    }
                                    compute_sum_of_squares(
                                        isa,
                                        d,
                                        rows,
                                        encode_dot_v,
                                        x,
                                        &mut sum_of_squares,
                                    );
                                    first += rows;
                                }
                            },
                        );
                    sum_of_squares[0] / count
                }
            }
            struct PenaltyLossAndGradient<'a, T> {
                extents: [usize; 2],
                parameters: &'a [T],
                examples: &'a Examples<'a, T, 1, 0, 0>,
                gradient: &'a mut [T],
                workspace: &'a mut Workspace<T>,
            }
            impl<T: Real> Kernel for PenaltyLossAndGradient<'_, T> {
                type Output = T;
                #[inline(always)]
                fn run<I: Isa>(self, isa: I) -> T {
                    let PenaltyLossAndGradient {
                        extents: [d,
                        code,
                        ],
                        parameters,
                        examples,
                        gradient,
                        workspace,
                    } = self;
                    let [d, code] = isa.extents([d, code]);
                    let w = &parameters[..code * d];
                    let [w_bar, without_influence_2] = carve(
                        gradient,
                        [code * d, code * d],
                    );
                    without_influence_2.fill(T::ZERO);
                    let mut loss = [T::ZERO];
                    loss[0] = dot(isa, w, w);
                    compute_w_bar(isa, code, d, w, w_bar);
                    loss[0]
                }
            }
            struct PenaltyLoss<'a, T> {
                extents: [usize; 2],
                parameters: &'a [T],
                examples: &'a Examples<'a, T, 1, 0, 0>,
                workspace: &'a mut Workspace<T>,
            }
            impl<T: Real> Kernel for PenaltyLoss<'_, T> {
                type Output = T;
                #[inline(always)]
                fn run<I: Isa>(self, isa: I) -> T {
                    let PenaltyLoss {
                        extents: [d,
                        code,
                        ],
                        parameters,
                        examples,
                        workspace,
                    } = self;
                    let [d, code] = isa.extents([d, code]);
                    let w = &parameters[..code * d];
                    let mut loss = [T::ZERO];
                    loss[0] = dot(isa, w, w);
                    loss[0]
                }
            }
            struct EncodeOutput<'a, T> {
                extents: [usize; 2],
                parameters: &'a [T],
                examples: &'a Examples<'a, T, 1, 0, 0>,
                output: &'a mut [T],
                workspace: &'a mut Workspace<T>,
            }
            impl<T: Real> Kernel for EncodeOutput<'_, T> {
                type Output = ();
                #[inline(always)]
                fn run<I: Isa>(self, isa: I) {
                    let EncodeOutput {
                        extents: [d,
                        code,
                        ],
                        parameters,
                        examples,
                        output,
                        workspace,
                    } = self;
                    let [d, code] = isa.extents([d, code]);
                    let w = &parameters[..code * d];
                    let (_, mut tiles) = workspace.parts(0);
                    tiles
                        .run(
                            isa,
                            tiles::Work {
                                examples: examples.rows,
                                each: code * d + 44 * code + 2 * d,
                                products: code * d,
                            },
                            [],
                            [tiles::Rows::new(output, code)],
                            #[inline(always)]
                            |
                                tiles::Part {
                                    begin,
                                    end,
                                    tile,
                                    origin,
                                    values,
                                    scratch,
                                    ..
                                },
                                [],
                                [output,
                                ]|
                            {
                                let tile = isa.tile(tile);
                                let [tile_region_0, tile_region_1, tile_region_2] = carve(
                                    values,
                                    [d * tile, code * tile, code * tile],
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
                                    let x_dot_w = &mut tile_region_1[..code * rows];
                                    matmul(
                                        isa,
                                        [code, d, rows],
                                        Matrix::new(w, 1, code),
                                        Matrix::new(x, rows, 1),
                                        x_dot_w,
                                        rows,
                                        Update::Set,
                                        scratch,
                                    );
                                    let prediction = &mut tile_region_2[..code * rows];
                                    compute_prediction(isa, code, rows, x_dot_w, prediction);
                                    store_rows(
                                        isa,
                                        prediction,
                                        code,
                                        rows,
                                        &mut output[from * code..][..code * rows],
                                    );
                                    first += rows;
                                }
                            },
                        );
                }
            }
            struct Predict<'a, T> {
                extents: [usize; 2],
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
                        code,
                        ],
                        parameters,
                        examples,
                        output,
                        workspace,
                    } = self;
                    let [d, code] = isa.extents([d, code]);
                    let w = &parameters[..code * d];
                    let v = &parameters[code * d..][..code * d];
                    let (_, mut tiles) = workspace.parts(0);
                    tiles
                        .run(
                            isa,
                            tiles::Work {
                                examples: examples.rows,
                                each: 2 * code * d + 42 * code + 4 * d,
                                products: 2 * code * d,
                            },
                            [],
                            [tiles::Rows::new(output, d)],
                            #[inline(always)]
                            |
                                tiles::Part {
                                    begin,
                                    end,
                                    tile,
                                    origin,
                                    values,
                                    scratch,
                                    ..
                                },
                                [],
                                [output,
                                ]|
                            {
                                let tile = isa.tile(tile);
                                let [tile_region_0, tile_region_1, tile_region_2] = carve(
                                    values,
                                    [d * tile, code * tile, code * tile],
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
                                    let x_dot_w = &mut tile_region_1[..code * rows];
                                    matmul(
                                        isa,
                                        [code, d, rows],
                                        Matrix::new(w, 1, code),
                                        Matrix::new(x, rows, 1),
                                        x_dot_w,
                                        rows,
                                        Update::Set,
                                        scratch,
                                    );
                                    let encode = &mut tile_region_2[..code * rows];
                                    compute_encode(isa, code, rows, x_dot_w, encode);
                                    let prediction = &mut tile_region_0[..d * rows];
                                    matmul(
                                        isa,
                                        [d, code, rows],
                                        Matrix::new(v, 1, d),
                                        Matrix::new(encode, rows, 1),
                                        prediction,
                                        rows,
                                        Update::Set,
                                        scratch,
                                    );
                                    store_rows(
                                        isa,
                                        prediction,
                                        d,
                                        rows,
                                        &mut output[from * d..][..d * rows],
                                    );
                                    first += rows;
                                }
                            },
                        );
                }
            }
            /// `encode[i,n] = soft(x_dot_w[i,n])`
            #[inline(always)]
            fn compute_encode<I: Isa, T: Real>(
                isa: I,
                code: usize,
                rows: usize,
                x_dot_w: &[T],
                encode: &mut [T],
            ) {
                #[inline(always)]
                fn vectorized<T: Real>(
                    code: usize,
                    rows: usize,
                    x_dot_w: &[T],
                    encode: &mut [T],
                ) {
                    let x_dot_w_row = &x_dot_w[..code * rows];
                    let encode_row = &mut encode[..code * rows];
                    for i in 0..code * rows {
                        encode_row[i] = T::from_f64(
                            Declared::soft(x_dot_w_row[i].to_f64()),
                        );
                    }
                }
                isa.run(#[inline(always)] || vectorized(code, rows, x_dot_w, encode));
            }
            /// `sum_of_squares = Σ_{i,n} (encode_dot_v[i,n] − x[i,n])·(encode_dot_v[i,n] − x[i,n])`
            /// `encode_dot_v_bar[i,n] = (encode_dot_v[i,n] − x[i,n])·quotient`
            #[inline(always)]
            fn compute_encode_dot_v_bar<I: Isa, T: Real>(
                isa: I,
                d: usize,
                rows: usize,
                encode_dot_v: &[T],
                x: &[T],
                quotient: T,
                sum_of_squares: &mut [T],
                encode_dot_v_bar: &mut [T],
            ) {
                #[inline(always)]
                fn vectorized<I: Isa, T: Real>(
                    isa: I,
                    d: usize,
                    rows: usize,
                    encode_dot_v: &[T],
                    x: &[T],
                    quotient: T,
                    sum_of_squares: &mut [T],
                    encode_dot_v_bar: &mut [T],
                ) {
                    for i in 0..d {
                        let encode_dot_v_row = &encode_dot_v[i * rows..][..rows];
                        let x_row = &x[i * rows..][..rows];
                        let mut sum_of_squares_sums = LaneSums::<T, T::Vectors>::zero();
                        let encode_dot_v_bar_row = &mut encode_dot_v_bar[i
                            * rows..][..rows];
                        let mut start = 0;
                        while start < rows {
                            let lanes = <T::Vectors as Lanes<T>>::COUNT
                                .min(rows - start);
                            let encode_dot_v_run = &encode_dot_v_row[start..][..lanes];
                            let x_run = &x_row[start..][..lanes];
                            let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                            let encode_dot_v_bar_run = &mut encode_dot_v_bar_row[start..][..lanes];
                            for lane in 0..lanes {
                                let difference = encode_dot_v_run[lane] - x_run[lane];
                                sum_of_squares_run[lane] = difference
                                    .mul_add_if(isa, difference, sum_of_squares_run[lane]);
                                encode_dot_v_bar_run[lane] = difference * quotient;
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
                        d,
                        rows,
                        encode_dot_v,
                        x,
                        quotient,
                        sum_of_squares,
                        encode_dot_v_bar,
                    ),
                );
            }
            /// `x_dot_w_bar[i,n] = encode_bar[i,n]·(1 − encode[i,n]·encode[i,n])`
            #[inline(always)]
            fn compute_x_dot_w_bar<I: Isa, T: Real>(
                isa: I,
                code: usize,
                rows: usize,
                encode_bar: &[T],
                encode: &[T],
                x_dot_w_bar: &mut [T],
            ) {
                #[inline(always)]
                fn vectorized<T: Real>(
                    code: usize,
                    rows: usize,
                    encode_bar: &[T],
                    encode: &[T],
                    x_dot_w_bar: &mut [T],
                ) {
                    let encode_bar_row = &encode_bar[..code * rows];
                    let encode_row = &encode[..code * rows];
                    let x_dot_w_bar_row = &mut x_dot_w_bar[..code * rows];
                    for i in 0..code * rows {
                        x_dot_w_bar_row[i] = encode_bar_row[i]
                            * (T::ONE - encode_row[i] * encode_row[i]);
                    }
                }
                isa.run(
                    #[inline(always)]
                    || vectorized(code, rows, encode_bar, encode, x_dot_w_bar),
                );
            }
            /// `sum_of_squares = Σ_{i,n} (encode_dot_v[i,n] − x[i,n])·(encode_dot_v[i,n] − x[i,n])`
            #[inline(always)]
            fn compute_sum_of_squares<I: Isa, T: Real>(
                isa: I,
                d: usize,
                rows: usize,
                encode_dot_v: &[T],
                x: &[T],
                sum_of_squares: &mut [T],
            ) {
                #[inline(always)]
                fn vectorized<I: Isa, T: Real>(
                    isa: I,
                    d: usize,
                    rows: usize,
                    encode_dot_v: &[T],
                    x: &[T],
                    sum_of_squares: &mut [T],
                ) {
                    for i in 0..d {
                        let encode_dot_v_row = &encode_dot_v[i * rows..][..rows];
                        let x_row = &x[i * rows..][..rows];
                        let mut sum_of_squares_sums = LaneSums::<T, T::Vectors>::zero();
                        let mut start = 0;
                        while start < rows {
                            let lanes = <T::Vectors as Lanes<T>>::COUNT
                                .min(rows - start);
                            let encode_dot_v_run = &encode_dot_v_row[start..][..lanes];
                            let x_run = &x_row[start..][..lanes];
                            let sum_of_squares_run = sum_of_squares_sums.run(lanes);
                            for lane in 0..lanes {
                                let difference = encode_dot_v_run[lane] - x_run[lane];
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
                    || vectorized(isa, d, rows, encode_dot_v, x, sum_of_squares),
                );
            }
            /// `w_bar[i,j] = 2·w[i,j]`
            #[inline(always)]
            fn compute_w_bar<I: Isa, T: Real>(
                isa: I,
                code: usize,
                d: usize,
                w: &[T],
                w_bar: &mut [T],
            ) {
                #[inline(always)]
                fn vectorized<T: Real>(code: usize, d: usize, w: &[T], w_bar: &mut [T]) {
                    let w_row = &w[..code * d];
                    let w_bar_row = &mut w_bar[..code * d];
                    for i in 0..code * d {
                        w_bar_row[i] = T::from_f64(2.0) * w_row[i];
                    }
                }
                isa.run(#[inline(always)] || vectorized(code, d, w, w_bar));
            }
            /// `prediction[i,n] = soft(x_dot_w[i,n])`
            #[inline(always)]
            fn compute_prediction<I: Isa, T: Real>(
                isa: I,
                code: usize,
                rows: usize,
                x_dot_w: &[T],
                prediction: &mut [T],
            ) {
                #[inline(always)]
                fn vectorized<T: Real>(
                    code: usize,
                    rows: usize,
                    x_dot_w: &[T],
                    prediction: &mut [T],
                ) {
                    let x_dot_w_row = &x_dot_w[..code * rows];
                    let prediction_row = &mut prediction[..code * rows];
                    for i in 0..code * rows {
                        prediction_row[i] = T::from_f64(
                            Declared::soft(x_dot_w_row[i].to_f64()),
                        );
                    }
                }
                isa.run(
                    #[inline(always)]
                    || vectorized(code, rows, x_dot_w, prediction),
                );
            }
            /// Memory for the steps, with kernels that work on so many examples.
            const fn workspace<T: Real>(
                [d,
                code,
                ]: [usize; 2],
                rows: usize,
            ) -> WorkspaceSize {
                WorkspaceSize::new(
                    0,
                    largest([0, 2 * code + d, 2 * code + 2 * d, 3 * code + 3 * d]),
                    largest([0, 1, 2 * code * d + 1]),
                    largest([
                        matmul_scratch::<T>([code, d, rows]),
                        matmul_scratch::<T>([code, rows, d]),
                        matmul_scratch::<T>([d, code, rows]),
                        matmul_scratch::<T>([d, rows, code]),
                    ]),
                )
            }
        };
    };
    const _: ::core::marker::PhantomData<
        (
            Input,
            Param,
            Param,
            Output,
            Output,
            Input,
            Param,
            Loss,
            Input,
            Param,
            Param,
            Loss,
            Param,
            Tensor,
            Tensor,
            Tensor,
        ),
    > = ::core::marker::PhantomData;
}
#[doc(inline)]
#[allow(unused_imports)]
use coder::{Coder, CoderBatch};
