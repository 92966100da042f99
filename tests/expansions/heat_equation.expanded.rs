/// A network for the heat equation: how far `u(x, t)` is from `∂u/∂t = κ·∂²u/∂x²`, and from what was measured.
///
/// # The model
///
/// (the equations, in MathML)
///
/// # The gradient
///
/// (the equations, in MathML)
///
/// L is the loss of N examples, which are the first axis of every array that has them. A bar marks an adjoint: ā is ∂L/∂a. ⊙ multiplies element by element, · matrices and numbers. Aᵀ is the transpose of A. a\[n,i\] is an element of a; indices begin at 0.
///
/// # Shapes
///
/// | value | shape | meaning |
/// |---|---|---|
/// | `x` | N | input |
/// | `t` | N | input |
/// | `measured` | N | input |
/// | `wx` | 8 | parameter |
/// | `wt` | 8 | parameter |
/// | `b` | 8 | parameter |
/// | `v` | 8 | parameter |
/// | `kappa` | scalar | parameter |
///
/// # Cost
///
/// | for `N` examples | operations |
/// |---|---|
/// | loss | `135·N + 25` |
/// | loss and gradient together | `381·N + 82` |
/// | each gradient differentiated separately | `1231·N + 154` |
/// | loss and gradient against loss, for many examples | `2.82 times` |
/// | separately against together, for many examples | `3.23 times` |
///
/// An operation is one addition, one multiplication or one application of a function, for one element. The workspace takes 448 bytes, and 304 bytes for each example of a tile.
///
/// # Examples
/// ```text
/// let mut model = Heat::seeded(42);
/// let batch = Heat::batch(&x, &t, &measured)?;
/// let (loss, gradient) = model.loss_and_gradient(&batch);
/// println!("{loss} {:?}", gradient.wx());
/// ```
#[derive(Clone, Debug, PartialEq)]
struct Heat {
    parameters: ::chainrule::__private::ParametersOf<f64, 33>,
}
/// Checked examples for [`Heat`].
#[allow(dead_code, deprecated)]
type HeatBatch<'a> = ::chainrule::__private::Batch<'a, Heat, 3, 0, 0>;
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
    impl Heat {
        /// How many parameters there are: the length of θ.
        pub const PARAMETERS_LEN: usize = 33;
        /// How many numbers the steps keep where there is no heap: they then take one example at a time.
        pub const WORKSPACE_LEN: usize = workspace::<f64>([], 1).of_one_example();
        /// All parameters 0.
        pub fn zeros() -> Self {
            Self {
                parameters: zero_parameters(
                        &[
                            ("wx", &[8]),
                            ("wt", &[8]),
                            ("b", &[8]),
                            ("v", &[8]),
                            ("kappa", &[]),
                        ],
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
                    (Initializer::Zeros, &[8]),
                    (Initializer::Zeros, &[8]),
                    (Initializer::Zeros, &[8]),
                    (Initializer::Zeros, &[8]),
                    (Initializer::Constant(0.1), &[]),
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
        /// - `x`: a number for each example
        /// - `t`: a number for each example
        /// - `measured`: a number for each example
        ///
        /// Slices hold one example after the other, each row-major.
        ///
        /// # Errors
        /// If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.
        pub fn batch<'a>(
            x: &'a [f64],
            t: &'a [f64],
            measured: &'a [f64],
        ) -> Result<HeatBatch<'a>, Error> {
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[],
                        values: x,
                    },
                    Values {
                        name: "t",
                        extents: &[],
                        values: t,
                    },
                    Values {
                        name: "measured",
                        extents: &[],
                        values: measured,
                    },
                ],
                [],
                [],
            )?;
            Ok(Batch::new(examples, ()))
        }
        /// The loss of a batch: the mean of its examples' losses.
        ///
        /// Allocates a workspace; in a loop, [`Model::loss_into`] reuses one.
        pub fn loss(&self, batch: &HeatBatch<'_>) -> f64 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
        ///
        /// One pass over the examples gives both, by the equations in the documentation of the type.
        ///
        /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
        pub fn loss_and_gradient(&self, batch: &HeatBatch<'_>) -> (f64, Self) {
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
            "Heat: the model\n  f[n,i]   = tanh(x[n]·wx[i] + t[n]·wt[i] + b[i])\n  u        = f·v\n  d1       = 1 − f²\n  t1       = v ⊙ d1\n  ∂u/∂t    = t1·wt\n  t2       = −wx ⊙ v\n  t3       = 2·f ⊙ t2\n  t4       = d1 ⊙ t3\n  ∂²u/∂x²  = t4·wx\n  residual = ∂u/∂t − kappa·∂²u/∂x²\n  d2       = u − measured\n  L        = (1/N)·Σₙ (d2² + residual²)\n\nThe gradient\n  r\u{305}e\u{305}s\u{305}i\u{305}d\u{305}u\u{305}a\u{305}l\u{305}          = (2/N)·residual\n  u\u{304}                 = (2/N)·d2\n  ∂L/∂kappa = k\u{305}a\u{305}p\u{305}p\u{305}a\u{305} = −Σₙ ∂²u/∂x²·r\u{305}e\u{305}s\u{305}i\u{305}d\u{305}u\u{305}a\u{305}l\u{305}\n  t9                = −kappa·r\u{305}e\u{305}s\u{305}i\u{305}d\u{305}u\u{305}a\u{305}l\u{305}\n  t5[n,i]           = t9[n]·wx[i]\n  t6                = 2·d1 ⊙ t5\n  s                 = Σₙ f ⊙ t6\n  t7[n,i]           = f[n,i]·(t3[n,i]·t5[n,i] + r\u{305}e\u{305}s\u{305}i\u{305}d\u{305}u\u{305}a\u{305}l\u{305}[n]·v[i]·wt[i])\n  ∂L/∂v = v\u{304}         = (d1ᵀ·r\u{305}e\u{305}s\u{305}i\u{305}d\u{305}u\u{305}a\u{305}l\u{305}) ⊙ wt + fᵀ·u\u{304} − wx ⊙ s\n  t8[n,i]           = d1[n,i]·(t6[n,i]·t2[i] + u\u{304}[n]·v[i] − t7[n,i] − t7[n,i])\n  ∂L/∂b = b\u{304}         = Σₙ t8\n  ∂L/∂wt = w\u{305}t\u{305}       = t1ᵀ·r\u{305}e\u{305}s\u{305}i\u{305}d\u{305}u\u{305}a\u{305}l\u{305} + t8ᵀ·t\n  ∂L/∂wx = w\u{305}x\u{305}       = t4ᵀ·t9 + t8ᵀ·x − v ⊙ s\n\nShapes\n  x         N       input\n  t         N       input\n  measured  N       input\n  wx        8       parameter\n  wt        8       parameter\n  b         8       parameter\n  v         8       parameter\n  kappa     scalar  parameter\n\nNotation\n  L is the loss of N examples, which are the first axis of every array that has them.\n  A bar marks an adjoint: ā is ∂L/∂a.\n  ⊙ multiplies element by element, · matrices and numbers.\n  Aᵀ is the transpose of A.\n  a[n,i] is an element of a; indices begin at 0.\n\nCost, in operations for N examples\n  loss                                               135·N + 25\n  loss and gradient together                         381·N + 82\n  each gradient differentiated separately            1231·N + 154\n  loss and gradient against loss, for many examples  2.82 times\n  separately against together, for many examples     3.23 times\n  workspace                                          448 bytes, and 304 bytes for each example of a tile\n  An operation is one addition, one multiplication or one application of a function, for one element.\n"
        }
        /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
        pub fn plan() -> &'static str {
            "Once, before the examples\n  number   quotient = 2/N\nFor each tile of examples\n  loop     tanh[i,n] = tanh(b[i] + (x[n]·wx[i] + t[n]·wt[i]))\n           difference[i,n] = 1 − tanh[i,n]·tanh[i,n]\n           product[i,n] = v[i]·difference[i,n]\n           product_2[i,n] = difference[i,n]·2·tanh[i,n]·(−wx[i]·v[i])\n  product  u[n] = Σⱼ v[j]·tanh[j,n]\n  product  du_dt[n] = Σⱼ wt[j]·product[j,n]\n  product  d2u_dx_dx[n] = Σⱼ wx[j]·product_2[j,n]\n  loop     residual[n] = du_dt[n] − kappa·d2u_dx_dx[n]\n           example_loss[n] = (u[n] − measured[n])² + residual[n]²\n           sum_example_loss = Σₙ example_loss[n]\n           residual_bar[n] = residual[n]·quotient\n           u_bar[n] = (u[n] − measured[n])·quotient\n           kappa_bar = Σₙ d2u_dx_dx[n]·(−residual_bar[n])\n           d2u_dx_dx_bar[n] = kappa·(−residual_bar[n])\n  product  product_3[i] = Σₙ product_2[i,n]·d2u_dx_dx_bar[n]\n  loop     product_4[i] = Σₙ tanh[i,n]·2·difference[i,n]·wx[i]·d2u_dx_dx_bar[n]\n           product_7[i,n] = tanh[i,n]·(2·tanh[i,n]·(−wx[i]·v[i])·wx[i]·d2u_dx_dx_bar[n] + v[i]·wt[i]·residual_bar[n])\n           product_9[i,n] = difference[i,n]·((−wx[i]·v[i])·2·difference[i,n]·wx[i]·d2u_dx_dx_bar[n] − product_7[i,n] − product_7[i,n] + v[i]·u_bar[n])\n  product  product_5[i] = Σₙ product[i,n]·residual_bar[n]\n  product  product_6[i] = Σₙ difference[i,n]·residual_bar[n]\n  product  product_8[i] = Σₙ tanh[i,n]·u_bar[n]\n  sum      b_bar[i] = Σₙ product_9[i,n]\n  product  product_10[i] = Σₙ t[n]·product_9[i,n]\n  product  product_11[i] = Σₙ x[n]·product_9[i,n]\nOnce, after the examples\n  number   loss = sum_example_loss/N\n  loop     v_bar[i] = wt[i]·product_6[i] − wx[i]·product_4[i] + product_8[i]\n           wt_bar[i] = product_5[i] + product_10[i]\n           wx_bar[i] = product_3[i] − v[i]·product_4[i] + product_11[i]\nMemory\n  8 per example: product_2, then product_9\n  8 per example: product\n  8 per example: difference\n  8 per example: tanh\n  1 per example: u\n  1 per example: du_dt\n  1 per example: d2u_dx_dx\n  1 per example: d2u_dx_dx_bar\n  1 per example: residual_bar\n  1 per example: u_bar\n  8: product_3\n  8: product_4\n  8: product_5\n  8: product_6\n  8: product_8\n  8: product_10\n  8: product_11\n"
        }
        /// The parameter `wx`: shape [8].
        pub fn wx(&self) -> &[f64] {
            &self.parameters[..8]
        }
        /// The parameter `wx`: shape [8]; to be changed.
        pub fn wx_mut(&mut self) -> &mut [f64] {
            &mut self.parameters[..8]
        }
        /// The parameter `wt`: shape [8].
        pub fn wt(&self) -> &[f64] {
            &self.parameters[8..][..8]
        }
        /// The parameter `wt`: shape [8]; to be changed.
        pub fn wt_mut(&mut self) -> &mut [f64] {
            &mut self.parameters[8..][..8]
        }
        /// The parameter `b`: shape [8].
        pub fn b(&self) -> &[f64] {
            &self.parameters[16..][..8]
        }
        /// The parameter `b`: shape [8]; to be changed.
        pub fn b_mut(&mut self) -> &mut [f64] {
            &mut self.parameters[16..][..8]
        }
        /// The parameter `v`: shape [8].
        pub fn v(&self) -> &[f64] {
            &self.parameters[24..][..8]
        }
        /// The parameter `v`: shape [8]; to be changed.
        pub fn v_mut(&mut self) -> &mut [f64] {
            &mut self.parameters[24..][..8]
        }
        /// The parameter `kappa`: a number.
        pub fn kappa(&self) -> f64 {
            self.parameters[32]
        }
        /// The parameter `kappa`: a number; to be changed.
        pub fn kappa_mut(&mut self) -> &mut f64 {
            &mut self.parameters[32]
        }
    }
    #[automatically_derived]
    impl Model for Heat {
        type Scalar = f64;
        type Dims = ();
        type Batch<'a> = HeatBatch<'a>;
        type Workspace = WorkspaceOf<f64, { Heat::WORKSPACE_LEN }>;
        const REDUCTION: Reduction = Reduction::Mean;
        const DEFINITION_HASH: u64 = 0x0bdd5adb330e8410;
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
            lay_out(
                    &[
                        ("wx", &[8]),
                        ("wt", &[8]),
                        ("b", &[8]),
                        ("v", &[8]),
                        ("kappa", &[]),
                    ],
                )
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
    impl Extents for Heat {
        const EXTENTS: &'static [usize] = &[];
        const PARAMETERS: usize = count_parameters(
            &[("wx", &[8]), ("wt", &[8]), ("b", &[8]), ("v", &[8]), ("kappa", &[])],
        );
    }
    struct LossAndGradient<'a, T> {
        extents: [usize; 0],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 3, 0, 0>,
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
            let b = &parameters[16..][..8];
            let wx = &parameters[..8];
            let wt = &parameters[8..][..8];
            let v = &parameters[24..][..8];
            let kappa = parameters[32];
            let count = T::from_f64(examples.rows as f64);
            let (persistent, mut tiles) = workspace.parts(56);
            let [product_3, product_4, product_5, product_6, product_8, product_10,
            product_11] = carve(persistent, [8, 8, 8, 8, 8, 8, 8]);
            let [wx_bar, wt_bar, b_bar, v_bar, kappa_bar] = carve(
                gradient,
                [8, 8, 8, 8, 1],
            );
            let mut sum_example_loss = [T::ZERO];
            let quotient = T::from_f64(2.0) / count;
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 904,
                        products: 72,
                    },
                    [
                        &mut sum_example_loss,
                        kappa_bar,
                        product_3,
                        product_4,
                        product_5,
                        product_6,
                        product_8,
                        b_bar,
                        product_10,
                        product_11,
                    ],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, values, scratch, .. },
                        [mut sum_example_loss,
                        kappa_bar,
                        product_3,
                        product_4,
                        product_5,
                        product_6,
                        product_8,
                        b_bar,
                        product_10,
                        product_11,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2, tile_region_3,
                        tile_region_4, tile_region_5, tile_region_6, tile_region_7,
                        tile_region_8, tile_region_9] = carve(
                            values,
                            [
                                8 * tile,
                                8 * tile,
                                8 * tile,
                                8 * tile,
                                tile,
                                tile,
                                tile,
                                tile,
                                tile,
                                tile,
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
                            let x = &examples.reals[0].values[first..][..rows];
                            let t = &examples.reals[1].values[first..][..rows];
                            let tanh = &mut tile_region_3[..8 * rows];
                            let difference = &mut tile_region_2[..8 * rows];
                            let product = &mut tile_region_1[..8 * rows];
                            let product_2 = &mut tile_region_0[..8 * rows];
                            compute_product_2(
                                isa,
                                rows,
                                b,
                                x,
                                wx,
                                t,
                                wt,
                                v,
                                tanh,
                                difference,
                                product,
                                product_2,
                            );
                            let u = &mut tile_region_4[..rows];
                            matmul(
                                isa,
                                [1, 8, rows],
                                Matrix::new(v, 0, 1),
                                Matrix::new(tanh, rows, 1),
                                u,
                                0,
                                Update::Set,
                                scratch,
                            );
                            let du_dt = &mut tile_region_5[..rows];
                            matmul(
                                isa,
                                [1, 8, rows],
                                Matrix::new(wt, 0, 1),
                                Matrix::new(product, rows, 1),
                                du_dt,
                                0,
                                Update::Set,
                                scratch,
                            );
                            let d2u_dx_dx = &mut tile_region_6[..rows];
                            matmul(
                                isa,
                                [1, 8, rows],
                                Matrix::new(wx, 0, 1),
                                Matrix::new(product_2, rows, 1),
                                d2u_dx_dx,
                                0,
                                Update::Set,
                                scratch,
                            );
                            let measured = &examples.reals[2].values[first..][..rows];
                            let residual_bar = &mut tile_region_8[..rows];
                            let u_bar = &mut tile_region_9[..rows];
                            let d2u_dx_dx_bar = &mut tile_region_7[..rows];
                            if first == begin {
                                sum_example_loss[..1].fill(T::ZERO);
                                kappa_bar[..1].fill(T::ZERO);
                            }
                            compute_d2u_dx_dx_bar(
                                isa,
                                rows,
                                u,
                                measured,
                                du_dt,
                                kappa,
                                d2u_dx_dx,
                                quotient,
                                &mut sum_example_loss,
                                residual_bar,
                                u_bar,
                                kappa_bar,
                                d2u_dx_dx_bar,
                            );
                            matmul(
                                isa,
                                [1, rows, 8],
                                Matrix::new(d2u_dx_dx_bar, 0, 1),
                                Matrix::new(product_2, 1, rows),
                                product_3,
                                0,
                                update,
                                scratch,
                            );
                            let product_9 = &mut tile_region_0[..8 * rows];
                            if first == begin {
                                product_4[..8].fill(T::ZERO);
                            }
                            compute_product_9(
                                isa,
                                rows,
                                tanh,
                                difference,
                                wx,
                                d2u_dx_dx_bar,
                                v,
                                wt,
                                residual_bar,
                                u_bar,
                                product_4,
                                product_9,
                            );
                            matmul(
                                isa,
                                [1, rows, 8],
                                Matrix::new(residual_bar, 0, 1),
                                Matrix::new(product, 1, rows),
                                product_5,
                                0,
                                update,
                                scratch,
                            );
                            matmul(
                                isa,
                                [1, rows, 8],
                                Matrix::new(residual_bar, 0, 1),
                                Matrix::new(difference, 1, rows),
                                product_6,
                                0,
                                update,
                                scratch,
                            );
                            matmul(
                                isa,
                                [1, rows, 8],
                                Matrix::new(u_bar, 0, 1),
                                Matrix::new(tanh, 1, rows),
                                product_8,
                                0,
                                update,
                                scratch,
                            );
                            row_sums(
                                isa,
                                [8, rows],
                                Matrix::new(product_9, rows, 1),
                                b_bar,
                                1,
                                update,
                            );
                            matmul(
                                isa,
                                [1, rows, 8],
                                Matrix::new(t, 0, 1),
                                Matrix::new(product_9, 1, rows),
                                product_10,
                                0,
                                update,
                                scratch,
                            );
                            matmul(
                                isa,
                                [1, rows, 8],
                                Matrix::new(x, 0, 1),
                                Matrix::new(product_9, 1, rows),
                                product_11,
                                0,
                                update,
                                scratch,
                            );
                            first += rows;
                        }
                    },
                );
            let loss = sum_example_loss[0] / count;
            compute_wx_bar(
                isa,
                wt,
                product_6,
                wx,
                product_4,
                product_8,
                product_5,
                product_10,
                product_3,
                v,
                product_11,
                v_bar,
                wt_bar,
                wx_bar,
            );
            loss
        }
    }
    struct Loss<'a, T> {
        extents: [usize; 0],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 3, 0, 0>,
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Loss<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let Loss { extents: [], parameters, examples, workspace } = self;
            let wt = &parameters[8..][..8];
            let v = &parameters[24..][..8];
            let b = &parameters[16..][..8];
            let wx = &parameters[..8];
            let kappa = parameters[32];
            let count = T::from_f64(examples.rows as f64);
            let (persistent, mut tiles) = workspace.parts(8);
            let [product] = carve(persistent, [8]);
            let mut sum_example_loss = [T::ZERO];
            compute_product(isa, wt, v, product);
            tiles
                .run(
                    isa,
                    tiles::Work {
                        examples: examples.rows,
                        each: 454,
                        products: 24,
                    },
                    [&mut sum_example_loss],
                    [],
                    #[inline(always)]
                    |
                        tiles::Part { begin, end, tile, values, scratch, .. },
                        [mut sum_example_loss,
                        ],
                        []|
                    {
                        let tile = isa.tile(tile);
                        let [tile_region_0, tile_region_1, tile_region_2, tile_region_3,
                        ] = carve(values, [8 * tile, 8 * tile, 8 * tile, tile]);
                        let mut first = begin;
                        while first < end {
                            let rows = isa.rows(tile, end - first);
                            let x = &examples.reals[0].values[first..][..rows];
                            let t = &examples.reals[1].values[first..][..rows];
                            let tanh = &mut tile_region_0[..8 * rows];
                            let difference = &mut tile_region_1[..8 * rows];
                            let product_2 = &mut tile_region_2[..8 * rows];
                            compute_product_2_2(
                                isa,
                                rows,
                                b,
                                x,
                                wx,
                                t,
                                wt,
                                v,
                                tanh,
                                difference,
                                product_2,
                            );
                            let u = &mut tile_region_3[..rows];
                            matmul(
                                isa,
                                [1, 8, rows],
                                Matrix::new(v, 0, 1),
                                Matrix::new(tanh, rows, 1),
                                u,
                                0,
                                Update::Set,
                                scratch,
                            );
                            let du_dt = &mut tile_region_0[..rows];
                            matmul(
                                isa,
                                [1, 8, rows],
                                Matrix::new(product, 0, 1),
                                Matrix::new(difference, rows, 1),
                                du_dt,
                                0,
                                Update::Set,
                                scratch,
                            );
                            let d2u_dx_dx = &mut tile_region_1[..rows];
                            matmul(
                                isa,
                                [1, 8, rows],
                                Matrix::new(wx, 0, 1),
                                Matrix::new(product_2, rows, 1),
                                d2u_dx_dx,
                                0,
                                Update::Set,
                                scratch,
                            );
                            let measured = &examples.reals[2].values[first..][..rows];
                            if first == begin {
                                sum_example_loss[..1].fill(T::ZERO);
                            }
                            compute_sum_example_loss(
                                isa,
                                rows,
                                u,
                                measured,
                                du_dt,
                                kappa,
                                d2u_dx_dx,
                                &mut sum_example_loss,
                            );
                            first += rows;
                        }
                    },
                );
            sum_example_loss[0] / count
        }
    }
    /// `tanh[i,n] = tanh(b[i] + (x[n]·wx[i] + t[n]·wt[i]))`
    /// `difference[i,n] = 1 − tanh[i,n]·tanh[i,n]`
    /// `product[i,n] = v[i]·difference[i,n]`
    /// `product_2[i,n] = difference[i,n]·2·tanh[i,n]·(−wx[i]·v[i])`
    #[inline(always)]
    fn compute_product_2<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        b: &[T],
        x: &[T],
        wx: &[T],
        t: &[T],
        wt: &[T],
        v: &[T],
        tanh: &mut [T],
        difference: &mut [T],
        product: &mut [T],
        product_2: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            b: &[T],
            x: &[T],
            wx: &[T],
            t: &[T],
            wt: &[T],
            v: &[T],
            tanh: &mut [T],
            difference: &mut [T],
            product: &mut [T],
            product_2: &mut [T],
        ) {
            for i in 0..8 {
                let b_here = b[i];
                let x_row = &x[..rows];
                let wx_here = wx[i];
                let t_row = &t[..rows];
                let wt_here = wt[i];
                let v_here = v[i];
                let tanh_row = &mut tanh[i * rows..][..rows];
                let difference_row = &mut difference[i * rows..][..rows];
                let product_row = &mut product[i * rows..][..rows];
                let product_2_row = &mut product_2[i * rows..][..rows];
                for n in 0..rows {
                    let tanh_2 = math::tanh(
                        isa,
                        b_here + (x_row[n] * wx_here + t_row[n] * wt_here),
                    );
                    let difference_2 = T::ONE - tanh_2 * tanh_2;
                    tanh_row[n] = tanh_2;
                    difference_row[n] = difference_2;
                    product_row[n] = v_here * difference_2;
                    product_2_row[n] = difference_2
                        * (T::from_f64(2.0) * (tanh_2 * -(wx_here * v_here)));
                }
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                b,
                x,
                wx,
                t,
                wt,
                v,
                tanh,
                difference,
                product,
                product_2,
            ),
        );
    }
    /// `residual[n] = du_dt[n] − kappa·d2u_dx_dx[n]`
    /// `example_loss[n] = (u[n] − measured[n])² + residual[n]²`
    /// `sum_example_loss = Σₙ example_loss[n]`
    /// `residual_bar[n] = residual[n]·quotient`
    /// `u_bar[n] = (u[n] − measured[n])·quotient`
    /// `kappa_bar = Σₙ d2u_dx_dx[n]·(−residual_bar[n])`
    /// `d2u_dx_dx_bar[n] = kappa·(−residual_bar[n])`
    #[inline(always)]
    fn compute_d2u_dx_dx_bar<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        u: &[T],
        measured: &[T],
        du_dt: &[T],
        kappa: T,
        d2u_dx_dx: &[T],
        quotient: T,
        sum_example_loss: &mut [T],
        residual_bar: &mut [T],
        u_bar: &mut [T],
        kappa_bar: &mut [T],
        d2u_dx_dx_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            u: &[T],
            measured: &[T],
            du_dt: &[T],
            kappa: T,
            d2u_dx_dx: &[T],
            quotient: T,
            sum_example_loss: &mut [T],
            residual_bar: &mut [T],
            u_bar: &mut [T],
            kappa_bar: &mut [T],
            d2u_dx_dx_bar: &mut [T],
        ) {
            let u_row = &u[..rows];
            let measured_row = &measured[..rows];
            let du_dt_row = &du_dt[..rows];
            let d2u_dx_dx_row = &d2u_dx_dx[..rows];
            let mut sum_example_loss_sums = LaneSums::<T, T::Vector>::zero();
            let residual_bar_row = &mut residual_bar[..rows];
            let u_bar_row = &mut u_bar[..rows];
            let mut kappa_bar_sums = LaneSums::<T, T::Vector>::zero();
            let d2u_dx_dx_bar_row = &mut d2u_dx_dx_bar[..rows];
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vector as Lanes<T>>::COUNT.min(rows - start);
                let u_run = &u_row[start..][..lanes];
                let measured_run = &measured_row[start..][..lanes];
                let du_dt_run = &du_dt_row[start..][..lanes];
                let d2u_dx_dx_run = &d2u_dx_dx_row[start..][..lanes];
                let sum_example_loss_run = sum_example_loss_sums.run(lanes);
                let residual_bar_run = &mut residual_bar_row[start..][..lanes];
                let u_bar_run = &mut u_bar_row[start..][..lanes];
                let kappa_bar_run = kappa_bar_sums.run(lanes);
                let d2u_dx_dx_bar_run = &mut d2u_dx_dx_bar_row[start..][..lanes];
                for lane in 0..lanes {
                    let difference_2 = u_run[lane] - measured_run[lane];
                    let residual = du_dt_run[lane] - kappa * d2u_dx_dx_run[lane];
                    let example_loss = math::square(isa, difference_2)
                        + math::square(isa, residual);
                    let product_7 = residual * quotient;
                    let negative = -product_7;
                    sum_example_loss_run[lane] += example_loss;
                    residual_bar_run[lane] = product_7;
                    u_bar_run[lane] = difference_2 * quotient;
                    kappa_bar_run[lane] = d2u_dx_dx_run[lane]
                        .mul_add_if(isa, negative, kappa_bar_run[lane]);
                    d2u_dx_dx_bar_run[lane] = kappa * negative;
                }
                start += lanes;
            }
            sum_example_loss[0] += sum_example_loss_sums.total();
            kappa_bar[0] += kappa_bar_sums.total();
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                u,
                measured,
                du_dt,
                kappa,
                d2u_dx_dx,
                quotient,
                sum_example_loss,
                residual_bar,
                u_bar,
                kappa_bar,
                d2u_dx_dx_bar,
            ),
        );
    }
    /// `product_4[i] = Σₙ tanh[i,n]·2·difference[i,n]·wx[i]·d2u_dx_dx_bar[n]`
    /// `product_7[i,n] = tanh[i,n]·(2·tanh[i,n]·(−wx[i]·v[i])·wx[i]·d2u_dx_dx_bar[n] + v[i]·wt[i]·residual_bar[n])`
    /// `product_9[i,n] = difference[i,n]·((−wx[i]·v[i])·2·difference[i,n]·wx[i]·d2u_dx_dx_bar[n] − product_7[i,n] − product_7[i,n] + v[i]·u_bar[n])`
    #[inline(always)]
    fn compute_product_9<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        tanh: &[T],
        difference: &[T],
        wx: &[T],
        d2u_dx_dx_bar: &[T],
        v: &[T],
        wt: &[T],
        residual_bar: &[T],
        u_bar: &[T],
        product_4: &mut [T],
        product_9: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            tanh: &[T],
            difference: &[T],
            wx: &[T],
            d2u_dx_dx_bar: &[T],
            v: &[T],
            wt: &[T],
            residual_bar: &[T],
            u_bar: &[T],
            product_4: &mut [T],
            product_9: &mut [T],
        ) {
            for i in 0..8 {
                let tanh_row = &tanh[i * rows..][..rows];
                let difference_row = &difference[i * rows..][..rows];
                let wx_here = wx[i];
                let d2u_dx_dx_bar_row = &d2u_dx_dx_bar[..rows];
                let v_here = v[i];
                let wt_here = wt[i];
                let residual_bar_row = &residual_bar[..rows];
                let u_bar_row = &u_bar[..rows];
                let mut product_4_sums = LaneSums::<T, T::Vector>::zero();
                let product_9_row = &mut product_9[i * rows..][..rows];
                let mut start = 0;
                while start < rows {
                    let lanes = <T::Vector as Lanes<T>>::COUNT.min(rows - start);
                    let tanh_run = &tanh_row[start..][..lanes];
                    let difference_run = &difference_row[start..][..lanes];
                    let d2u_dx_dx_bar_run = &d2u_dx_dx_bar_row[start..][..lanes];
                    let residual_bar_run = &residual_bar_row[start..][..lanes];
                    let u_bar_run = &u_bar_row[start..][..lanes];
                    let product_4_run = product_4_sums.run(lanes);
                    let product_9_run = &mut product_9_row[start..][..lanes];
                    for lane in 0..lanes {
                        let product_12 = wx_here * d2u_dx_dx_bar_run[lane];
                        let product_13 = T::from_f64(2.0)
                            * (difference_run[lane] * product_12);
                        let negative = -(wx_here * v_here);
                        let product_7 = tanh_run[lane]
                            * (T::from_f64(2.0) * (tanh_run[lane] * negative)
                                * product_12 + v_here * (wt_here * residual_bar_run[lane]));
                        product_4_run[lane] = tanh_run[lane]
                            .mul_add_if(isa, product_13, product_4_run[lane]);
                        product_9_run[lane] = difference_run[lane]
                            * (negative * product_13 - product_7 - product_7
                                + v_here * u_bar_run[lane]);
                    }
                    start += lanes;
                }
                product_4[i] += product_4_sums.total();
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                tanh,
                difference,
                wx,
                d2u_dx_dx_bar,
                v,
                wt,
                residual_bar,
                u_bar,
                product_4,
                product_9,
            ),
        );
    }
    /// `v_bar[i] = wt[i]·product_6[i] − wx[i]·product_4[i] + product_8[i]`
    /// `wt_bar[i] = product_5[i] + product_10[i]`
    /// `wx_bar[i] = product_3[i] − v[i]·product_4[i] + product_11[i]`
    #[inline(always)]
    fn compute_wx_bar<I: Isa, T: Real>(
        isa: I,
        wt: &[T],
        product_6: &[T],
        wx: &[T],
        product_4: &[T],
        product_8: &[T],
        product_5: &[T],
        product_10: &[T],
        product_3: &[T],
        v: &[T],
        product_11: &[T],
        v_bar: &mut [T],
        wt_bar: &mut [T],
        wx_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            wt: &[T],
            product_6: &[T],
            wx: &[T],
            product_4: &[T],
            product_8: &[T],
            product_5: &[T],
            product_10: &[T],
            product_3: &[T],
            v: &[T],
            product_11: &[T],
            v_bar: &mut [T],
            wt_bar: &mut [T],
            wx_bar: &mut [T],
        ) {
            let wt_row = &wt[..8];
            let product_6_row = &product_6[..8];
            let wx_row = &wx[..8];
            let product_4_row = &product_4[..8];
            let product_8_row = &product_8[..8];
            let product_5_row = &product_5[..8];
            let product_10_row = &product_10[..8];
            let product_3_row = &product_3[..8];
            let v_row = &v[..8];
            let product_11_row = &product_11[..8];
            let v_bar_row = &mut v_bar[..8];
            let wt_bar_row = &mut wt_bar[..8];
            let wx_bar_row = &mut wx_bar[..8];
            for i in 0..8 {
                v_bar_row[i] = wt_row[i] * product_6_row[i]
                    - wx_row[i] * product_4_row[i] + product_8_row[i];
                wt_bar_row[i] = product_5_row[i] + product_10_row[i];
                wx_bar_row[i] = product_3_row[i] - v_row[i] * product_4_row[i]
                    + product_11_row[i];
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                wt,
                product_6,
                wx,
                product_4,
                product_8,
                product_5,
                product_10,
                product_3,
                v,
                product_11,
                v_bar,
                wt_bar,
                wx_bar,
            ),
        );
    }
    /// `product[i] = wt[i]·v[i]`
    #[inline(always)]
    fn compute_product<I: Isa, T: Real>(isa: I, wt: &[T], v: &[T], product: &mut [T]) {
        #[inline(always)]
        fn vectorized<T: Real>(wt: &[T], v: &[T], product: &mut [T]) {
            let wt_row = &wt[..8];
            let v_row = &v[..8];
            let product_row = &mut product[..8];
            for i in 0..8 {
                product_row[i] = wt_row[i] * v_row[i];
            }
        }
        isa.run(#[inline(always)] || vectorized(wt, v, product));
    }
    /// `tanh[i,n] = tanh(b[i] + (x[n]·wx[i] + t[n]·wt[i]))`
    /// `difference[i,n] = 1 − tanh[i,n]·tanh[i,n]`
    /// `product_2[i,n] = difference[i,n]·2·tanh[i,n]·(−wx[i]·v[i])`
    #[inline(always)]
    fn compute_product_2_2<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        b: &[T],
        x: &[T],
        wx: &[T],
        t: &[T],
        wt: &[T],
        v: &[T],
        tanh: &mut [T],
        difference: &mut [T],
        product_2: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            b: &[T],
            x: &[T],
            wx: &[T],
            t: &[T],
            wt: &[T],
            v: &[T],
            tanh: &mut [T],
            difference: &mut [T],
            product_2: &mut [T],
        ) {
            for i in 0..8 {
                let b_here = b[i];
                let x_row = &x[..rows];
                let wx_here = wx[i];
                let t_row = &t[..rows];
                let wt_here = wt[i];
                let v_here = v[i];
                let tanh_row = &mut tanh[i * rows..][..rows];
                let difference_row = &mut difference[i * rows..][..rows];
                let product_2_row = &mut product_2[i * rows..][..rows];
                for n in 0..rows {
                    let tanh_2 = math::tanh(
                        isa,
                        b_here + (x_row[n] * wx_here + t_row[n] * wt_here),
                    );
                    let difference_2 = T::ONE - tanh_2 * tanh_2;
                    tanh_row[n] = tanh_2;
                    difference_row[n] = difference_2;
                    product_2_row[n] = difference_2
                        * (T::from_f64(2.0) * (tanh_2 * -(wx_here * v_here)));
                }
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(isa, rows, b, x, wx, t, wt, v, tanh, difference, product_2),
        );
    }
    /// `residual[n] = du_dt[n] − kappa·d2u_dx_dx[n]`
    /// `example_loss[n] = (u[n] − measured[n])² + residual[n]²`
    /// `sum_example_loss = Σₙ example_loss[n]`
    #[inline(always)]
    fn compute_sum_example_loss<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        u: &[T],
        measured: &[T],
        du_dt: &[T],
        kappa: T,
        d2u_dx_dx: &[T],
        sum_example_loss: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<I: Isa, T: Real>(
            isa: I,
            rows: usize,
            u: &[T],
            measured: &[T],
            du_dt: &[T],
            kappa: T,
            d2u_dx_dx: &[T],
            sum_example_loss: &mut [T],
        ) {
            let u_row = &u[..rows];
            let measured_row = &measured[..rows];
            let du_dt_row = &du_dt[..rows];
            let d2u_dx_dx_row = &d2u_dx_dx[..rows];
            let mut sum_example_loss_sums = LaneSums::<T, T::Vectors>::zero();
            let mut start = 0;
            while start < rows {
                let lanes = <T::Vectors as Lanes<T>>::COUNT.min(rows - start);
                let u_run = &u_row[start..][..lanes];
                let measured_run = &measured_row[start..][..lanes];
                let du_dt_run = &du_dt_row[start..][..lanes];
                let d2u_dx_dx_run = &d2u_dx_dx_row[start..][..lanes];
                let sum_example_loss_run = sum_example_loss_sums.run(lanes);
                for lane in 0..lanes {
                    let residual = du_dt_run[lane] - kappa * d2u_dx_dx_run[lane];
                    let example_loss = math::square(
                        isa,
                        u_run[lane] - measured_run[lane],
                    ) + math::square(isa, residual);
                    sum_example_loss_run[lane] += example_loss;
                }
                start += lanes;
            }
            sum_example_loss[0] += sum_example_loss_sums.total();
        }
        isa.run(
            #[inline(always)]
            || vectorized(
                isa,
                rows,
                u,
                measured,
                du_dt,
                kappa,
                d2u_dx_dx,
                sum_example_loss,
            ),
        );
    }
    /// Memory for the steps, with kernels that work on so many examples.
    const fn workspace<T: Real>([]: [usize; 0], rows: usize) -> WorkspaceSize {
        WorkspaceSize::new(
            largest([8, 56]),
            largest([25, 38]),
            largest([1, 66]),
            largest([
                matmul_scratch::<T>([1, 8, rows]),
                matmul_scratch::<T>([1, rows, 8]),
            ]),
        )
    }
};
const _: ::core::marker::PhantomData<
    (Input, Input, Input, Param, Param, Param, Param, Param, Loss),
> = ::core::marker::PhantomData;
