/// A matrix as the product of two narrow ones: an objective of parameters and data, without examples.
///
/// # The model
///
/// (the equations, in MathML)
///
/// # The gradient
///
/// (the equations, in MathML)
///
/// L is the loss, one number. A bar marks an adjoint: ā is ∂L/∂a. ⊙ multiplies element by element, · matrices and numbers. Aᵀ is the transpose of A. Σ without an index sums all elements.
///
/// # Shapes
///
/// | value | shape | meaning |
/// |---|---|---|
/// | `ratings` | M × N | data |
/// | `known` | M × N | data |
/// | `u` | M × K | parameter |
/// | `v` | N × K | parameter |
///
/// # Cost
///
/// | what | operations |
/// |---|---|
/// | loss | `2·K·M·N + 2·K·M + 2·K·N + 4·M·N + 4` |
/// | loss and gradient together | `6·K·M·N + 4·K·M + 4·K·N + 5·M·N + 4` |
/// | each gradient differentiated separately | `8·K·M·N + 6·K·M + 6·K·N + 10·M·N + 8` |
///
/// An operation is one addition, one multiplication or one application of a function, for one element. The workspace takes 8·K·M + 8·K·N + 24·M·N bytes.
///
/// # Examples
/// ```text
/// let mut model = Factorization::<M, N, K>::seeded(42);
/// let batch = Factorization::<M, N, K>::batch(&ratings, &known)?;
/// let (loss, gradient) = model.loss_and_gradient(&batch);
/// println!("{loss} {:?}", gradient.u());
/// ```
#[derive(Clone, Debug, PartialEq)]
struct Factorization<const M: usize, const N: usize, const K: usize> {
    parameters: ::chainrule::__private::Vec<f64>,
}
/// Checked examples for [`Factorization`].
#[allow(dead_code, deprecated)]
type FactorizationBatch<'a, const M: usize, const N: usize, const K: usize> = ::chainrule::__private::Batch<
    'a,
    Factorization<M, N, K>,
    0,
    0,
    2,
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
        "`factorization` has dimensions that are not numbers, so that its size is not known where it is declared: write numbers or constants, or turn on the feature `alloc` of `chainrule`"
    );
    #[automatically_derived]
    impl<const M: usize, const N: usize, const K: usize> Factorization<M, N, K> {
        /// All parameters 0.
        pub fn zeros() -> Self {
            const {
                ::core::assert!(
                    M > 0 && N > 0 && K > 0,
                    "every dimension of `Factorization` is at least 1"
                );
            };
            Self {
                parameters: zero_parameters(&[("u", &[M, K]), ("v", &[N, K])])
                    .unwrap_or_else(|error| refuse(&error)),
            }
        }
        /// Parameters drawn by each one's initializer; the same seed gives the same bits.
        pub fn seeded(seed: u64) -> Self {
            let mut model = Self::zeros();
            initialize(
                seed,
                &[
                    (
                        Initializer::Normal {
                            mean: 0.0,
                            deviation: 0.1,
                        },
                        &[M, K],
                    ),
                    (
                        Initializer::Normal {
                            mean: 0.0,
                            deviation: 0.1,
                        },
                        &[N, K],
                    ),
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
        /// Checks the data, once, for this model.
        ///
        /// - `ratings`: shape [M, N]
        /// - `known`: shape [M, N]
        ///
        /// Slices are row-major.
        ///
        /// # Errors
        /// If a slice does not hold as many values as its shape says; if a value is NaN or infinite.
        pub fn batch<'a>(
            ratings: &'a [f64],
            known: &'a [f64],
        ) -> Result<FactorizationBatch<'a, M, N, K>, Error> {
            let examples = Examples::check(
                [],
                [],
                [
                    Values {
                        name: "ratings",
                        extents: &[M, N],
                        values: ratings,
                    },
                    Values {
                        name: "known",
                        extents: &[M, N],
                        values: known,
                    },
                ],
            )?;
            Ok(Batch::new(examples, ()))
        }
        /// The loss.
        ///
        /// Allocates a workspace; in a loop, [`Model::loss_into`] reuses one.
        pub fn loss(&self, batch: &FactorizationBatch<'_, M, N, K>) -> f64 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss and its gradient `∂L/∂θ`, which has the model's own shape.
        ///
        /// One pass gives both, by the equations in the documentation of the type.
        ///
        /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
        pub fn loss_and_gradient(
            &self,
            batch: &FactorizationBatch<'_, M, N, K>,
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
            "Factorization: the model\n  error = known ⊙ (u·vᵀ − ratings)\n  L     = 0.5·Σ error² + 0.01·(Σ u² + Σ v²)\n\nThe gradient\n  t         = known ⊙ error\n  ∂L/∂u = u\u{304} = 0.02·u + t·v\n  ∂L/∂v = v\u{304} = 0.02·v + tᵀ·u\n\nShapes\n  ratings  M × N  data\n  known    M × N  data\n  u        M × K  parameter\n  v        N × K  parameter\n\nNotation\n  L is the loss, one number.\n  A bar marks an adjoint: ā is ∂L/∂a.\n  ⊙ multiplies element by element, · matrices and numbers.\n  Aᵀ is the transpose of A.\n  Σ without an index sums all elements.\n\nCost, in operations\n  loss                                     2·K·M·N + 2·K·M + 2·K·N + 4·M·N + 4\n  loss and gradient together               6·K·M·N + 4·K·M + 4·K·N + 5·M·N + 4\n  each gradient differentiated separately  8·K·M·N + 6·K·M + 6·K·N + 10·M·N + 8\n  workspace                                8·K·M + 8·K·N + 24·M·N bytes\n  An operation is one addition, one multiplication or one application of a function, for one element.\n"
        }
        /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
        pub fn plan() -> &'static str {
            "Once\n  product  u_dot_v[i,j] = Σₖ u[i,k]·v[j,k]\n  loop     error[i,j] = known[i,j]·(u_dot_v[i,j] − ratings[i,j])\n           product_3[i,j] = known[i,j]·error[i,j]\n  product  sum_of_squares = Σ_{i,j} error[i,j]·error[i,j]\n  number   product = 0.5·sum_of_squares\n  product  sum_of_squares_2 = Σ_{i,j} u[i,j]·u[i,j]\n  product  sum_of_squares_3 = Σ_{i,j} v[i,j]·v[i,j]\n  number   sum_2 = sum_of_squares_2 + sum_of_squares_3\n  number   product_2 = 0.01·sum_2\n  number   loss = product + product_2\n  product  product_4[i,j] = Σₖ v[k,j]·product_3[i,k]\n  loop     u_bar[i,j] = 0.02·u[i,j] + product_4[i,j]\n  product  product_5[i,j] = Σₖ u[k,j]·product_3[k,i]\n  loop     v_bar[i,j] = 0.02·v[i,j] + product_5[i,j]\nMemory\n  M·N: u_dot_v\n  M·N: error\n  M·N: product_3\n  K·M: product_4\n  K·N: product_5\n"
        }
        /// The parameter `u`: shape [M, K], row-major.
        pub fn u(&self) -> &[f64] {
            &self.parameters[..K * M]
        }
        /// The parameter `u`: shape [M, K], row-major; to be changed.
        pub fn u_mut(&mut self) -> &mut [f64] {
            &mut self.parameters[..K * M]
        }
        /// The parameter `v`: shape [N, K], row-major.
        pub fn v(&self) -> &[f64] {
            &self.parameters[K * M..][..K * N]
        }
        /// The parameter `v`: shape [N, K], row-major; to be changed.
        pub fn v_mut(&mut self) -> &mut [f64] {
            &mut self.parameters[K * M..][..K * N]
        }
    }
    #[automatically_derived]
    impl<const M: usize, const N: usize, const K: usize> Model
    for Factorization<M, N, K> {
        type Scalar = f64;
        type Dims = ();
        type Batch<'a> = FactorizationBatch<'a, M, N, K>;
        type Workspace = Workspace<f64>;
        const REDUCTION: Reduction = Reduction::Mean;
        const DEFINITION_HASH: u64 = 0x892a8f332e1868ac;
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
            Workspace::of([M, N, K], workspace::<f64>)
        }
        fn loss_into(
            &self,
            batch: &Self::Batch<'_>,
            workspace: &mut Self::Workspace,
        ) -> f64 {
            dispatch(Loss {
                extents: [M, N, K],
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
                    extents: [M, N, K],
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
            lay_out(&[("u", &[M, K]), ("v", &[N, K])])
                .unwrap_or_else(|error| refuse(&error))
        }
        fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
            require_length(parameters.len(), self.parameters.len());
            run_anywhere(Loss {
                extents: [M, N, K],
                parameters,
                examples: &batch.examples().in_f64().examples(),
                workspace: &mut Workspace::of([M, N, K], workspace::<f64>),
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
    impl<const M: usize, const N: usize, const K: usize> Extents
    for Factorization<M, N, K> {
        const EXTENTS: &'static [usize] = &[M, N, K];
        const PARAMETERS: usize = count_parameters(&[("u", &[M, K]), ("v", &[N, K])]);
    }
    struct LossAndGradient<'a, T> {
        extents: [usize; 3],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 0, 0, 2>,
        gradient: &'a mut [T],
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for LossAndGradient<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let LossAndGradient {
                extents: [m,
                n,
                k,
                ],
                parameters,
                examples,
                gradient,
                workspace,
            } = self;
            let [m, n, k] = isa.extents([m, n, k]);
            let u = &parameters[..k * m];
            let v = &parameters[k * m..][..k * n];
            let known = examples.shared[1];
            let ratings = examples.shared[0];
            let (persistent, mut tiles) = workspace.parts(k * m + k * n + 3 * m * n);
            let [u_dot_v, error, product_3, product_4, product_5] = carve(
                persistent,
                [m * n, m * n, m * n, k * m, k * n],
            );
            let [u_bar, v_bar] = carve(gradient, [k * m, k * n]);
            let mut sum_of_squares = [T::ZERO];
            let mut sum_of_squares_2 = [T::ZERO];
            let mut sum_of_squares_3 = [T::ZERO];
            let scratch = tiles.scratch();
            matmul(
                isa,
                [m, k, n],
                Matrix::new(u, k, 1),
                Matrix::new(v, 1, k),
                u_dot_v,
                n,
                Update::Set,
                scratch,
            );
            compute_product_3(isa, m, n, known, u_dot_v, ratings, error, product_3);
            sum_of_squares[0] = dot(isa, error, error);
            let product = T::from_f64(0.5) * sum_of_squares[0];
            sum_of_squares_2[0] = dot(isa, u, u);
            sum_of_squares_3[0] = dot(isa, v, v);
            let sum_2 = sum_of_squares_2[0] + sum_of_squares_3[0];
            let product_2 = T::from_f64(0.01) * sum_2;
            let loss = product + product_2;
            matmul(
                isa,
                [m, n, k],
                Matrix::new(product_3, n, 1),
                Matrix::new(v, k, 1),
                product_4,
                k,
                Update::Set,
                scratch,
            );
            compute_u_bar(isa, k, m, u, product_4, u_bar);
            matmul(
                isa,
                [n, m, k],
                Matrix::new(product_3, 1, n),
                Matrix::new(u, k, 1),
                product_5,
                k,
                Update::Set,
                scratch,
            );
            compute_v_bar(isa, k, n, v, product_5, v_bar);
            loss
        }
    }
    struct Loss<'a, T> {
        extents: [usize; 3],
        parameters: &'a [T],
        examples: &'a Examples<'a, T, 0, 0, 2>,
        workspace: &'a mut Workspace<T>,
    }
    impl<T: Real> Kernel for Loss<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: Isa>(self, isa: I) -> T {
            let Loss { extents: [m, n, k], parameters, examples, workspace } = self;
            let [m, n, k] = isa.extents([m, n, k]);
            let u = &parameters[..k * m];
            let v = &parameters[k * m..][..k * n];
            let known = examples.shared[1];
            let ratings = examples.shared[0];
            let (persistent, mut tiles) = workspace.parts(2 * m * n);
            let [u_dot_v, error] = carve(persistent, [m * n, m * n]);
            let mut sum_of_squares = [T::ZERO];
            let mut sum_of_squares_2 = [T::ZERO];
            let mut sum_of_squares_3 = [T::ZERO];
            let scratch = tiles.scratch();
            matmul(
                isa,
                [m, k, n],
                Matrix::new(u, k, 1),
                Matrix::new(v, 1, k),
                u_dot_v,
                n,
                Update::Set,
                scratch,
            );
            compute_error(isa, m, n, known, u_dot_v, ratings, error);
            sum_of_squares[0] = dot(isa, error, error);
            let product = T::from_f64(0.5) * sum_of_squares[0];
            sum_of_squares_2[0] = dot(isa, u, u);
            sum_of_squares_3[0] = dot(isa, v, v);
            let sum_2 = sum_of_squares_2[0] + sum_of_squares_3[0];
            let product_2 = T::from_f64(0.01) * sum_2;
            product + product_2
        }
    }
    /// `error[i,j] = known[i,j]·(u_dot_v[i,j] − ratings[i,j])`
    /// `product_3[i,j] = known[i,j]·error[i,j]`
    #[inline(always)]
    fn compute_product_3<I: Isa, T: Real>(
        isa: I,
        m: usize,
        n: usize,
        known: &[T],
        u_dot_v: &[T],
        ratings: &[T],
        error: &mut [T],
        product_3: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            m: usize,
            n: usize,
            known: &[T],
            u_dot_v: &[T],
            ratings: &[T],
            error: &mut [T],
            product_3: &mut [T],
        ) {
            let known_row = &known[..m * n];
            let u_dot_v_row = &u_dot_v[..m * n];
            let ratings_row = &ratings[..m * n];
            let error_row = &mut error[..m * n];
            let product_3_row = &mut product_3[..m * n];
            for i in 0..m * n {
                let product_6 = known_row[i] * (u_dot_v_row[i] - ratings_row[i]);
                error_row[i] = product_6;
                product_3_row[i] = known_row[i] * product_6;
            }
        }
        isa.run(
            #[inline(always)]
            || vectorized(m, n, known, u_dot_v, ratings, error, product_3),
        );
    }
    /// `u_bar[i,j] = 0.02·u[i,j] + product_4[i,j]`
    #[inline(always)]
    fn compute_u_bar<I: Isa, T: Real>(
        isa: I,
        k: usize,
        m: usize,
        u: &[T],
        product_4: &[T],
        u_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            k: usize,
            m: usize,
            u: &[T],
            product_4: &[T],
            u_bar: &mut [T],
        ) {
            let u_row = &u[..k * m];
            let product_4_row = &product_4[..k * m];
            let u_bar_row = &mut u_bar[..k * m];
            for i in 0..k * m {
                u_bar_row[i] = T::from_f64(0.02) * u_row[i] + product_4_row[i];
            }
        }
        isa.run(#[inline(always)] || vectorized(k, m, u, product_4, u_bar));
    }
    /// `v_bar[i,j] = 0.02·v[i,j] + product_5[i,j]`
    #[inline(always)]
    fn compute_v_bar<I: Isa, T: Real>(
        isa: I,
        k: usize,
        n: usize,
        v: &[T],
        product_5: &[T],
        v_bar: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            k: usize,
            n: usize,
            v: &[T],
            product_5: &[T],
            v_bar: &mut [T],
        ) {
            let v_row = &v[..k * n];
            let product_5_row = &product_5[..k * n];
            let v_bar_row = &mut v_bar[..k * n];
            for i in 0..k * n {
                v_bar_row[i] = T::from_f64(0.02) * v_row[i] + product_5_row[i];
            }
        }
        isa.run(#[inline(always)] || vectorized(k, n, v, product_5, v_bar));
    }
    /// `error[i,j] = known[i,j]·(u_dot_v[i,j] − ratings[i,j])`
    #[inline(always)]
    fn compute_error<I: Isa, T: Real>(
        isa: I,
        m: usize,
        n: usize,
        known: &[T],
        u_dot_v: &[T],
        ratings: &[T],
        error: &mut [T],
    ) {
        #[inline(always)]
        fn vectorized<T: Real>(
            m: usize,
            n: usize,
            known: &[T],
            u_dot_v: &[T],
            ratings: &[T],
            error: &mut [T],
        ) {
            let known_row = &known[..m * n];
            let u_dot_v_row = &u_dot_v[..m * n];
            let ratings_row = &ratings[..m * n];
            let error_row = &mut error[..m * n];
            for i in 0..m * n {
                error_row[i] = known_row[i] * (u_dot_v_row[i] - ratings_row[i]);
            }
        }
        isa.run(#[inline(always)] || vectorized(m, n, known, u_dot_v, ratings, error));
    }
    /// Memory for the steps, with kernels that work on so many examples.
    const fn workspace<T: Real>([m, n, k]: [usize; 3], rows: usize) -> WorkspaceSize {
        WorkspaceSize::new(
            largest([k * m + k * n + 3 * m * n, 2 * m * n]),
            0,
            0,
            largest([
                matmul_scratch::<T>([m, k, n]),
                matmul_scratch::<T>([m, n, k]),
                matmul_scratch::<T>([n, m, k]),
            ]),
        )
    }
};
const _: ::core::marker::PhantomData<(Data, Data, Param, Param, Loss)> = ::core::marker::PhantomData;
