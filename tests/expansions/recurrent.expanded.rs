/// A recurrent network over as many steps as the program says.
///
/// # The model
///
/// (the equations, in MathML)
///
/// # The gradient
///
/// (the equations, in MathML)
///
/// L is the loss of N examples, which are the first axis of every array that has them. A bar marks an adjoint: ā is ∂L/∂a. Aᵀ is the transpose of A. A prime marks a value after the step of a loop: h′ is h in the next step. Σ without an index sums all elements. a\[n,i\] is an element of a; indices begin at 0. \[c\] is 1 where c holds and 0 elsewhere; 0 times anything is 0.
///
/// # Shapes
///
/// | value | shape | meaning |
/// |---|---|---|
/// | `x` | N × T × D | input |
/// | `w` | D × H | parameter |
/// | `u` | H × H | parameter |
/// | `b` | H | parameter |
/// | `start` | H | parameter |
///
/// # Cost
///
/// | for `N` examples | operations |
/// |---|---|
/// | loss | `N·(2·D·H·T + 2·H·H·T + 3·H·T + 2·H) + 1` |
/// | loss and gradient together | `N·(4·D·H·T + 6·H·H·T + 7·H·T + 4·H) + D·H·T + H·H·T + H·T + 2` |
/// | each gradient differentiated separately | `N·(16·D·H·T + 24·H·H·T + 28·H·T + 13·H) + 4·D·H·T + 4·H·H·T + 4·H·T + 8` |
///
/// An operation is one addition, one multiplication or one application of a function, for one element. The workspace takes 4·D·T + 8·H·T + 12·H bytes for each example of a tile.
///
/// # Examples
/// ```text
/// let mut model = Recurrent::<D, H>::seeded(dims, 42)?;
/// let batch = Recurrent::<D, H>::batch(dims, &x)?;
/// let (loss, gradient) = model.loss_and_gradient(&batch);
/// println!("{loss} {:?}", gradient.w());
/// ```
#[derive(Clone, Debug, PartialEq)]
struct Recurrent<const D: usize, const H: usize> {
    parameters: ::chainrule::__private::Vec<f32>,
    dims: RecurrentDims,
}
/// The dimensions of [`Recurrent`] that are chosen when the program runs.
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RecurrentDims {
    /// The extent `T`.
    pub t: usize,
}
/// Checked examples for [`Recurrent`].
#[allow(dead_code, deprecated)]
type RecurrentBatch<'a, const D: usize, const H: usize> = ::chainrule::__private::Batch<
    'a,
    Recurrent<D, H>,
    1,
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
        "`recurrent` has dimensions that are not numbers, so that its size is not known where it is declared: write numbers or constants, or turn on the feature `alloc` of `chainrule`"
    );
    #[automatically_derived]
    impl<const D: usize, const H: usize> Recurrent<D, H> {
        /// All parameters 0.
        ///
        /// # Errors
        /// If a dimension is 0 or the parameters are more than fit in memory.
        pub fn zeros(dims: RecurrentDims) -> Result<Self, Error> {
            let parameters = zero_parameters(
                &[("w", &[D, H]), ("u", &[H, H]), ("b", &[H]), ("start", &[H])],
            )?;
            Ok(Self { parameters, dims })
        }
        /// Parameters drawn by each one's initializer; the same seed gives the same bits.
        ///
        /// # Errors
        /// If a dimension is 0 or the parameters are more than fit in memory.
        pub fn seeded(dims: RecurrentDims, seed: u64) -> Result<Self, Error> {
            let mut model = Self::zeros(dims)?;
            initialize(
                seed,
                &[
                    (Initializer::GlorotUniform, &[D, H]),
                    (Initializer::GlorotUniform, &[H, H]),
                    (Initializer::Zeros, &[H]),
                    (Initializer::Zeros, &[H]),
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
            dims: RecurrentDims,
            parameters: Vec<f32>,
        ) -> Result<Self, Error> {
            let mut model = Self::zeros(dims)?;
            replace_parameters(&mut model.parameters, parameters)?;
            Ok(model)
        }
        /// Checks examples, once, for this model.
        ///
        /// - `dims`: the dimensions of the model the batch is for
        /// - `x`: shape [T, D] for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
        pub fn batch<'a>(
            dims: RecurrentDims,
            x: &'a [f32],
        ) -> Result<RecurrentBatch<'a, D, H>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[dims.t, D],
                        values: x,
                    },
                ],
                [],
                [],
            )?;
            Ok(Batch::new(examples, dims))
        }
        /// The loss of a batch: the mean of its examples' losses.
        ///
        /// Allocates a workspace; in a loop, [`Model::loss_into`] reuses one.
        pub fn loss(&self, batch: &RecurrentBatch<'_, D, H>) -> f32 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
        ///
        /// One pass over the examples gives both, by the equations in the documentation of the type.
        ///
        /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
        pub fn loss_and_gradient(
            &self,
            batch: &RecurrentBatch<'_, D, H>,
        ) -> (f32, Self) {
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
            "Recurrent: the model\n  h[n,i]    = start[i]\n  for t     = 0, …, T − 1\n    h′[n,i] = tanh(Σ_{d < D} x[n,t,d]·w[d,i] + Σₖ h[n,k]·u[k,i] + b[i])\n    v1[t]   = h\n    v2[t]   = h′\n  L         = (1/N)·Σ h²\n\nThe gradient\n  h\u{304}                 = (2/N)·h\n  v                 = h\u{304}\n  w\u{304}                 = 0\n  u\u{304}                 = 0\n  b\u{304}                 = 0\n  for t             = T − 1, …, 0\n    h_2[n,i]        = v1[n,t,i]\n    t1[n,i]         = v[n,i]·(1 − v2[n,t,i]²)\n    v′              = t1·uᵀ\n    w\u{304}′[d,i]         = w\u{304}[d,i] + Σ_{n < N} x[n,t,d]·t1[n,i]\n    u\u{304}′              = u\u{304} + h_2ᵀ·t1\n    b\u{304}′              = b\u{304} + Σₙ t1\n  ∂L/∂w             = w\u{304}\n  ∂L/∂u             = u\u{304}\n  ∂L/∂b             = b\u{304}\n  ∂L/∂start = s\u{305}t\u{305}a\u{305}r\u{305}t\u{305} = Σₙ v\n\nShapes\n  x      N × T × D  input\n  w      D × H      parameter\n  u      H × H      parameter\n  b      H          parameter\n  start  H          parameter\n\nNotation\n  L is the loss of N examples, which are the first axis of every array that has them.\n  A bar marks an adjoint: ā is ∂L/∂a.\n  Aᵀ is the transpose of A.\n  A prime marks a value after the step of a loop: h′ is h in the next step.\n  Σ without an index sums all elements.\n  a[n,i] is an element of a; indices begin at 0.\n  [c] is 1 where c holds and 0 elsewhere; 0 times anything is 0.\n\nCost, in operations for N examples\n  loss                                     N·(2·D·H·T + 2·H·H·T + 3·H·T + 2·H) + 1\n  loss and gradient together               N·(4·D·H·T + 6·H·H·T + 7·H·T + 4·H) + D·H·T + H·H·T + H·T + 2\n  each gradient differentiated separately  N·(16·D·H·T + 24·H·H·T + 28·H·T + 13·H) + 4·D·H·T + 4·H·H·T + 4·H·T + 8\n  workspace                                4·D·T + 8·H·T + 12·H bytes for each example of a tile\n  An operation is one addition, one multiplication or one application of a function, for one element.\n"
        }
        /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
        pub fn plan() -> &'static str {
            "Once, before the examples\n  number   quotient = 2/N\nFor each tile of examples\n  load     x\n  loop     h[i,n] = start[i]\n  steps    step = 0, …, −1 + T\n    product  product[i,n] = Σₖ w[k,i]·part[k,n]\n    product  h_dot_u[i,n] = Σₖ u[k,i]·h[k,n]\n    loop     h_next[i,n] = tanh(b[i] + (product[i,n] + h_dot_u[i,n]))\n    loop     h_kept_here[i,n] = h[i,n]\n    loop     h[i,n] = h_next[i,n]\n  product  sum_of_squares = Σ_{i,n} h[i,n]·h[i,n]\n  loop     h_bar[i,n] = h[i,n]·quotient\n  clear    w_bar\n  clear    u_bar\n  clear    b_bar\n  steps    step_2 = −1 + T, …, 0\n    loop     h_dot_u_bar[i,n] = h_bar[i,n]·(1 − h_next_2[i,n]·h_next_2[i,n])\n    sum      b_bar[i] = b_bar[i] + Σₙ h_dot_u_bar[i,n]\n    product  u_bar[i,j] = u_bar[i,j] + Σₙ h_2[i,n]·h_dot_u_bar[j,n]\n    product  h_bar_2[i,n] = Σₖ u[i,k]·h_dot_u_bar[k,n]\n    product  w_bar[i,j] = w_bar[i,j] + Σₙ part_2[i,n]·h_dot_u_bar[j,n]\n    loop     h_bar[i,n] = h_bar_2[i,n]\n  sum      start_bar[i] = Σₙ h_bar[i,n]\nOnce, after the examples\n  number   loss = sum_of_squares/N\nMemory\n  D·T per example: x\n  H per example: h, then h_dot_u_bar\n  H·T per example: h_kept\n  H·T per example: h_kept_2\n  H per example: product, then h_bar\n  H per example: h_dot_u, then h_bar_2\n"
        }
        /// The parameter `w`: shape [D, H], row-major.
        pub fn w(&self) -> &[f32] {
            let dims = self.dims;
            &self.parameters[..D * H]
        }
        /// The parameter `w`: shape [D, H], row-major; to be changed.
        pub fn w_mut(&mut self) -> &mut [f32] {
            let dims = self.dims;
            &mut self.parameters[..D * H]
        }
        /// The parameter `u`: shape [H, H], row-major.
        pub fn u(&self) -> &[f32] {
            let dims = self.dims;
            &self.parameters[D * H..][..H * H]
        }
        /// The parameter `u`: shape [H, H], row-major; to be changed.
        pub fn u_mut(&mut self) -> &mut [f32] {
            let dims = self.dims;
            &mut self.parameters[D * H..][..H * H]
        }
        /// The parameter `b`: shape [H].
        pub fn b(&self) -> &[f32] {
            let dims = self.dims;
            &self.parameters[D * H + H * H..][..H]
        }
        /// The parameter `b`: shape [H]; to be changed.
        pub fn b_mut(&mut self) -> &mut [f32] {
            let dims = self.dims;
            &mut self.parameters[D * H + H * H..][..H]
        }
        /// The parameter `start`: shape [H].
        pub fn start(&self) -> &[f32] {
            let dims = self.dims;
            &self.parameters[D * H + H * H + H..][..H]
        }
        /// The parameter `start`: shape [H]; to be changed.
        pub fn start_mut(&mut self) -> &mut [f32] {
            let dims = self.dims;
            &mut self.parameters[D * H + H * H + H..][..H]
        }
    }
    #[automatically_derived]
    impl<const D: usize, const H: usize> Model for Recurrent<D, H> {
        type Scalar = f32;
        type Dims = RecurrentDims;
        type Batch<'a> = RecurrentBatch<'a, D, H>;
        type Workspace = Workspace<f32>;
        const REDUCTION: Reduction = Reduction::Mean;
        const DEFINITION_HASH: u64 = 0xdb6e2f927a0f80d5;
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
            Workspace::of([D, H, dims.t], workspace::<f32>)
        }
        fn loss_into(
            &self,
            batch: &Self::Batch<'_>,
            workspace: &mut Self::Workspace,
        ) -> f32 {
            require_same_dims(self.dims, batch.dims());
            let dims = self.dims;
            dispatch(Loss {
                extents: [D, H, dims.t],
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
            dispatch(LossAndGradient {
                extents: [D, H, dims.t],
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
            lay_out(&[("w", &[D, H]), ("u", &[H, H]), ("b", &[H]), ("start", &[H])])
                .unwrap_or_else(|error| refuse(&error))
        }
        fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
            require_same_dims(self.dims, batch.dims());
            require_length(parameters.len(), self.parameters.len());
            let dims = self.dims;
            run_anywhere(Loss {
                extents: [D, H, dims.t],
                parameters,
                examples: &batch.examples().in_f64().examples(),
                workspace: &mut Workspace::of([D, H, dims.t], workspace::<f64>),
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
    struct LossAndGradient<'a, T> {
        extents: [usize; 3],
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
                h_3,
                t,
                ],
                parameters,
                examples,
                gradient,
                workspace,
            } = self;
            let [d, h_3, t] = isa.extents([d, h_3, t]);
            let start = &parameters[d * h_3 + h_3 * h_3 + h_3..][..h_3];
            let w = &parameters[..d * h_3];
            let u = &parameters[d * h_3..][..h_3 * h_3];
            let b = &parameters[d * h_3 + h_3 * h_3..][..h_3];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let [w_bar, u_bar, b_bar, start_bar] = carve(
                gradient,
                [d * h_3, h_3 * h_3, h_3, h_3],
            );
            let mut sum_of_squares = [T::ZERO];
            let quotient = T::from_f64(2.0) / count;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 2 * d * h_3 * t + 3 * h_3 * h_3 * t + 2 * d * t
                            + 46 * h_3 * t + 9 * h_3,
                        products: 2 * d * h_3 * t + 3 * h_3 * h_3 * t + h_3,
                    },
                    [&mut sum_of_squares, w_bar, u_bar, b_bar, start_bar],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, values, scratch, .. },
                        [mut sum_of_squares,
                        w_bar,
                        u_bar,
                        b_bar,
                        start_bar,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2, tile_region_3,
                        tile_region_4, tile_region_5] = carve(
                            values,
                            [
                                d * t * tile,
                                h_3 * tile,
                                h_3 * t * tile,
                                h_3 * t * tile,
                                h_3 * tile,
                                h_3 * tile,
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
                            let x = &mut tile_region_0[..d * t * rows];
                            load_rows(
                                isa,
                                examples.reals[0].values,
                                examples.reals[0].width,
                                first,
                                rows,
                                x,
                            );
                            let h = &mut tile_region_1[..h_3 * rows];
                            compute_h(isa, h_3, rows, start, h);
                            let h_kept_2 = &mut tile_region_3[..h_3 * t * rows];
                            let h_kept = &mut tile_region_2[..h_3 * t * rows];
                            for step in 0..t {
                                let part = &x[step * d * rows..][..d * rows];
                                let product = &mut tile_region_4[..h_3 * rows];
                                matmul(
                                    isa,
                                    [h_3, d, rows],
                                    Matrix::new(w, 1, h_3),
                                    Matrix::new(part, rows, 1),
                                    product,
                                    rows,
                                    Update::Set,
                                    scratch,
                                );
                                let h_dot_u = &mut tile_region_5[..h_3 * rows];
                                matmul(
                                    isa,
                                    [h_3, h_3, rows],
                                    Matrix::new(u, 1, h_3),
                                    Matrix::new(h, rows, 1),
                                    h_dot_u,
                                    rows,
                                    Update::Set,
                                    scratch,
                                );
                                let h_next = &mut h_kept_2[step * h_3
                                    * rows..][..h_3 * rows];
                                compute_h_next(isa, h_3, rows, b, product, h_dot_u, h_next);
                                let h_kept_here = &mut h_kept[step * h_3
                                    * rows..][..h_3 * rows];
                                compute_h_kept_here(isa, h_3, rows, h, h_kept_here);
                                compute_h_2(isa, h_3, rows, h_next, h);
                            }
                            update.apply(&mut sum_of_squares[0], dot(isa, h, h));
                            let h_bar = &mut tile_region_4[..h_3 * rows];
                            compute_h_bar(isa, h_3, rows, h, quotient, h_bar);
                            if first == begin {
                                w_bar[..d * h_3].fill(T::ZERO);
                            }
                            if first == begin {
                                u_bar[..h_3 * h_3].fill(T::ZERO);
                            }
                            if first == begin {
                                b_bar[..h_3].fill(T::ZERO);
                            }
                            for step_2 in (0..t).rev() {
                                let h_next_2 = &h_kept_2[step_2 * h_3
                                    * rows..][..h_3 * rows];
                                let h_dot_u_bar = &mut tile_region_1[..h_3 * rows];
                                compute_h_dot_u_bar(
                                    isa,
                                    h_3,
                                    rows,
                                    h_bar,
                                    h_next_2,
                                    h_dot_u_bar,
                                );
                                row_sums(
                                    isa,
                                    [h_3, rows],
                                    Matrix::new(h_dot_u_bar, rows, 1),
                                    b_bar,
                                    1,
                                    Update::Add,
                                );
                                let h_2 = &h_kept[step_2 * h_3 * rows..][..h_3 * rows];
                                matmul(
                                    isa,
                                    [h_3, rows, h_3],
                                    Matrix::new(h_2, rows, 1),
                                    Matrix::new(h_dot_u_bar, 1, rows),
                                    u_bar,
                                    h_3,
                                    Update::Add,
                                    scratch,
                                );
                                let h_bar_2 = &mut tile_region_5[..h_3 * rows];
                                matmul(
                                    isa,
                                    [h_3, h_3, rows],
                                    Matrix::new(u, h_3, 1),
                                    Matrix::new(h_dot_u_bar, rows, 1),
                                    h_bar_2,
                                    rows,
                                    Update::Set,
                                    scratch,
                                );
                                let part_2 = &x[step_2 * d * rows..][..d * rows];
                                matmul(
                                    isa,
                                    [d, rows, h_3],
                                    Matrix::new(part_2, rows, 1),
                                    Matrix::new(h_dot_u_bar, 1, rows),
                                    w_bar,
                                    h_3,
                                    Update::Add,
                                    scratch,
                                );
                                compute_h_bar_2(isa, h_3, rows, h_bar_2, h_bar);
                            }
                            row_sums(
                                isa,
                                [h_3, rows],
                                Matrix::new(h_bar, rows, 1),
                                start_bar,
                                1,
                                update,
                            );
                            first += rows;
                        }
                    },
                );
            sum_of_squares[0] / count
        }
    }
    struct Loss<'a, T> {
        extents: [usize; 3],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 1, 0, 0>,
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Loss<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let Loss { extents: [d, h_3, t], parameters, examples, workspace } = self;
            let [d, h_3, t] = isa.extents([d, h_3, t]);
            let start = &parameters[d * h_3 + h_3 * h_3 + h_3..][..h_3];
            let w = &parameters[..d * h_3];
            let u = &parameters[d * h_3..][..h_3 * h_3];
            let b = &parameters[d * h_3 + h_3 * h_3..][..h_3];
            let count = T::from_f64(examples.rows as f64);
            let (_, mut tiles) = workspace.parts(0);
            let mut sum_of_squares = [T::ZERO];
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: d * h_3 * t + h_3 * h_3 * t + 2 * d * t + 32 * h_3 * t
                            + 3 * h_3,
                        products: d * h_3 * t + h_3 * h_3 * t + h_3,
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
                            [
                                d * t * tile,
                                h_3 * tile,
                                h_3 * tile,
                                h_3 * tile,
                                h_3 * tile,
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
                            let x = &mut tile_region_0[..d * t * rows];
                            load_rows(
                                isa,
                                examples.reals[0].values,
                                examples.reals[0].width,
                                first,
                                rows,
                                x,
                            );
                            let h = &mut tile_region_1[..h_3 * rows];
                            compute_h(isa, h_3, rows, start, h);
                            for step in 0..t {
                                let part = &x[step * d * rows..][..d * rows];
                                let product = &mut tile_region_2[..h_3 * rows];
                                matmul(
                                    isa,
                                    [h_3, d, rows],
                                    Matrix::new(w, 1, h_3),
                                    Matrix::new(part, rows, 1),
                                    product,
                                    rows,
                                    Update::Set,
                                    scratch,
                                );
                                let h_dot_u = &mut tile_region_3[..h_3 * rows];
                                matmul(
                                    isa,
                                    [h_3, h_3, rows],
                                    Matrix::new(u, 1, h_3),
                                    Matrix::new(h, rows, 1),
                                    h_dot_u,
                                    rows,
                                    Update::Set,
                                    scratch,
                                );
                                let h_next = &mut tile_region_4[..h_3 * rows];
                                compute_h_next(isa, h_3, rows, b, product, h_dot_u, h_next);
                                compute_h_2(isa, h_3, rows, h_next, h);
                            }
                            update.apply(&mut sum_of_squares[0], dot(isa, h, h));
                            first += rows;
                        }
                    },
                );
            sum_of_squares[0] / count
        }
    }
    /// `h[i,n] = start[i]`
    #[inline(always)]
    fn compute_h<I: Isa, T: Real>(
        isa: I,
        h_3: usize,
        rows: usize,
        start: &[T],
        h: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(h_3: usize, rows: usize, start: &[T], h: &mut [T]) {
            for i in 0..h_3 {
                let start_here = start[i];
                let h_row = &mut h[i * rows..][..rows];
                for n in 0..rows {
                    h_row[n] = start_here;
                }
            }
        }
        isa.run(#[inline(always)] || vectorized(h_3, rows, start, h));
    }
    /// `h_next[i,n] = tanh(b[i] + (product[i,n] + h_dot_u[i,n]))`
    #[inline(always)]
    fn compute_h_next<I: Isa, T: Real>(
        isa: I,
        h_3: usize,
        rows: usize,
        b: &[T],
        product: &[T],
        h_dot_u: &[T],
        h_next: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            h_3: usize,
            rows: usize,
            b: &[T],
            product: &[T],
            h_dot_u: &[T],
            h_next: &mut [T],
        ) {
            for i in 0..h_3 {
                let b_here = b[i];
                let product_row = &product[i * rows..][..rows];
                let h_dot_u_row = &h_dot_u[i * rows..][..rows];
                let h_next_row = &mut h_next[i * rows..][..rows];
                for n in 0..rows {
                    h_next_row[n] = math::tanh(
                        isa,
                        b_here + (product_row[n] + h_dot_u_row[n]),
                    );
                }
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, h_3, rows, b, product, h_dot_u, h_next),
        );
    }
    /// `h_kept_here[i,n] = h[i,n]`
    #[inline(always)]
    fn compute_h_kept_here<I: Isa, T: Real>(
        isa: I,
        h_3: usize,
        rows: usize,
        h: &[T],
        h_kept_here: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(h_3: usize, rows: usize, h: &[T], h_kept_here: &mut [T]) {
            let h_row = &h[..h_3 * rows];
            let h_kept_here_row = &mut h_kept_here[..h_3 * rows];
            for i in 0..h_3 * rows {
                h_kept_here_row[i] = h_row[i];
            }
        }
        isa.run(#[inline(always)] || vectorized(h_3, rows, h, h_kept_here));
    }
    /// `h[i,n] = h_next[i,n]`
    #[inline(always)]
    fn compute_h_2<I: Isa, T: Real>(
        isa: I,
        h_3: usize,
        rows: usize,
        h_next: &[T],
        h: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(h_3: usize, rows: usize, h_next: &[T], h: &mut [T]) {
            let h_next_row = &h_next[..h_3 * rows];
            let h_row = &mut h[..h_3 * rows];
            for i in 0..h_3 * rows {
                h_row[i] = h_next_row[i];
            }
        }
        isa.run(#[inline(always)] || vectorized(h_3, rows, h_next, h));
    }
    /// `h_bar[i,n] = h[i,n]·quotient`
    #[inline(always)]
    fn compute_h_bar<I: Isa, T: Real>(
        isa: I,
        h_3: usize,
        rows: usize,
        h: &[T],
        quotient: T,
        h_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            h_3: usize,
            rows: usize,
            h: &[T],
            quotient: T,
            h_bar: &mut [T],
        ) {
            let h_row = &h[..h_3 * rows];
            let h_bar_row = &mut h_bar[..h_3 * rows];
            for i in 0..h_3 * rows {
                h_bar_row[i] = h_row[i] * quotient;
            }
        }
        isa.run(#[inline(always)] || vectorized(h_3, rows, h, quotient, h_bar));
    }
    /// `h_dot_u_bar[i,n] = h_bar[i,n]·(1 − h_next_2[i,n]·h_next_2[i,n])`
    #[inline(always)]
    fn compute_h_dot_u_bar<I: Isa, T: Real>(
        isa: I,
        h_3: usize,
        rows: usize,
        h_bar: &[T],
        h_next_2: &[T],
        h_dot_u_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            h_3: usize,
            rows: usize,
            h_bar: &[T],
            h_next_2: &[T],
            h_dot_u_bar: &mut [T],
        ) {
            let h_bar_row = &h_bar[..h_3 * rows];
            let h_next_2_row = &h_next_2[..h_3 * rows];
            let h_dot_u_bar_row = &mut h_dot_u_bar[..h_3 * rows];
            for i in 0..h_3 * rows {
                h_dot_u_bar_row[i] = h_bar_row[i]
                    * (T::ONE - h_next_2_row[i] * h_next_2_row[i]);
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(h_3, rows, h_bar, h_next_2, h_dot_u_bar),
        );
    }
    /// `h_bar[i,n] = h_bar_2[i,n]`
    #[inline(always)]
    fn compute_h_bar_2<I: Isa, T: Real>(
        isa: I,
        h_3: usize,
        rows: usize,
        h_bar_2: &[T],
        h_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(h_3: usize, rows: usize, h_bar_2: &[T], h_bar: &mut [T]) {
            let h_bar_2_row = &h_bar_2[..h_3 * rows];
            let h_bar_row = &mut h_bar[..h_3 * rows];
            for i in 0..h_3 * rows {
                h_bar_row[i] = h_bar_2_row[i];
            }
        }
        isa.run(#[inline(always)] || vectorized(h_3, rows, h_bar_2, h_bar));
    }
    /// Memory for the steps, with kernels that work on so many examples.
    const fn workspace<T: Real>([d, h_3, t]: [usize; 3], rows: usize) -> WorkspaceSize {
        WorkspaceSize::new(
                0,
                largest([d * t + 2 * h_3 * t + 3 * h_3, d * t + 4 * h_3]),
                largest([1, d * h_3 + h_3 * h_3 + 2 * h_3 + 1]),
                largest([
                    matmul_scratch::<T>([d, rows, h_3]),
                    matmul_scratch::<T>([h_3, d, rows]),
                    matmul_scratch::<T>([h_3, h_3, rows]),
                    matmul_scratch::<T>([h_3, rows, h_3]),
                ]),
            )
            .of_steps()
    }
};
const _: ::core::marker::PhantomData<(Input, Param, Param, Param, Param, Loss)> = ::core::marker::PhantomData;
