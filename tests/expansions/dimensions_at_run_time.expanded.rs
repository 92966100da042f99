/// Radial basis functions around fixed centres.
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
#[allow(dead_code)]
type RadialBatch<'a> = ::chainrule::__private::Batch<'a, Radial, 2, 0, 1>;
#[allow(
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
    impl Radial {
        /// All parameters 0.
        ///
        /// # Errors
        /// If a dimension is 0 or the parameters are more than fit in memory.
        pub fn zeros(dims: RadialDims) -> Result<Self, Error> {
            let [k, d]: [usize; _] = [dims.k, dims.d];
            let parameters = zero_parameters(&[("width", &[]), ("weights", &[k])])?;
            Ok(Self { parameters, dims })
        }
        /// Parameters drawn by each one's initializer; the same seed gives the same bits.
        ///
        /// # Errors
        /// If a dimension is 0 or the parameters are more than fit in memory.
        pub fn seeded(dims: RadialDims, seed: u64) -> Result<Self, Error> {
            let mut model = Self::zeros(dims)?;
            let [k, d]: [usize; _] = [dims.k, dims.d];
            initialize(
                seed,
                &[(Initializer::Zeros, &[]), (Initializer::Zeros, &[k])],
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
        pub fn batch<'a>(
            dims: RadialDims,
            x: &'a [f64],
            centres: &'a [f64],
            target: &'a [f64],
        ) -> Result<RadialBatch<'a>, Error> {
            let [k, d]: [usize; _] = [dims.k, dims.d];
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[d],
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
                        extents: &[k, d],
                        values: centres,
                    },
                ],
            )?;
            Ok(Batch::new(examples, dims))
        }
        /// The predictions for rows of inputs, in rows.
        pub fn predict<'a>(
            &self,
            x: &'a [f64],
            centres: &'a [f64],
        ) -> Result<Vec<f64>, Error> {
            let dims = self.dims;
            let [k, d]: [usize; _] = [dims.k, dims.d];
            let examples = Examples::check(
                [
                    Values {
                        name: "x",
                        extents: &[d],
                        values: x,
                    },
                ],
                [],
                [
                    Values {
                        name: "centres",
                        extents: &[k, d],
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
        /// The loss of a batch.
        ///
        /// Allocates a workspace; in a loop, [`Model::loss_into`] reuses one.
        pub fn loss(&self, batch: &RadialBatch<'_>) -> f64 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
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
        /// The prediction, the loss and every gradient as equations.
        pub fn equations() -> &'static str {
            ""
        }
        /// The parameter `width`.
        pub fn width(&self) -> f64 {
            let dims = self.dims;
            let [k, d]: [usize; _] = [dims.k, dims.d];
            self.parameters[0]
        }
        /// The parameter `width`, to be changed.
        pub fn width_mut(&mut self) -> &mut f64 {
            let dims = self.dims;
            let [k, d]: [usize; _] = [dims.k, dims.d];
            &mut self.parameters[0]
        }
        /// The parameter `weights`: shape [K], row-major.
        pub fn weights(&self) -> &[f64] {
            let dims = self.dims;
            let [k, d]: [usize; _] = [dims.k, dims.d];
            &self.parameters[1..][..k]
        }
        /// The parameter `weights`, to be changed: shape [K], row-major.
        pub fn weights_mut(&mut self) -> &mut [f64] {
            let dims = self.dims;
            let [k, d]: [usize; _] = [dims.k, dims.d];
            &mut self.parameters[1..][..k]
        }
    }
    #[automatically_derived]
    impl Model for Radial {
        type Scalar = f64;
        type Dims = RadialDims;
        type Batch<'a> = RadialBatch<'a>;
        type Workspace = Workspace<f64>;
        const REDUCTION: Reduction = Reduction::Mean;
        fn dims(&self) -> Self::Dims {
            self.dims
        }
        fn parameters(&self) -> &[f64] {
            &self.parameters
        }
        fn parameters_mut(&mut self) -> &mut [f64] {
            &mut self.parameters
        }
        fn layout(&self) -> Vec<ParameterLayout> {
            let dims = self.dims;
            let [k, d]: [usize; _] = [dims.k, dims.d];
            lay_out(&[("width", &[]), ("weights", &[k])])
                .unwrap_or_else(|error| refuse(&error))
        }
        fn workspace(&self) -> Workspace<f64> {
            let dims = self.dims;
            workspace([dims.k, dims.d])
        }
        fn loss_into(
            &self,
            batch: &Self::Batch<'_>,
            workspace: &mut Workspace<f64>,
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
            workspace: &mut Workspace<f64>,
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
        fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
            require_same_dims(self.dims, batch.dims());
            require_length(parameters.len(), self.parameters.len());
            let dims = self.dims;
            dispatch(Loss {
                extents: [dims.k, dims.d],
                parameters,
                examples: &batch.examples().in_f64().examples(),
                workspace: &mut workspace([dims.k, dims.d]),
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
            let width = parameters[0];
            let centres = examples.shared[0];
            let weights = &parameters[1..][..k];
            let total = T::from_f64(examples.rows as f64);
            let (tile, values, scratch) = workspace.parts();
            let [region_0, tile_region_0, tile_region_1, tile_region_2, tile_region_3,
            tile_region_4, tile_region_5, tile_region_6] = carve(
                values,
                [k, d * tile, k * tile, k * tile, tile, tile, tile, k * tile],
            );
            let [gradient_2, weights_bar] = carve(gradient, [1, k]);
            let mut product = [T::ZERO];
            let mut product_3 = [T::ZERO];
            let square_width = math::square(isa, width);
            let value_2 = T::from_f64(2.0) / total;
            let value_3 = T::ONE / square_width;
            let value_6 = T::from_f64(2.0) * width;
            let mut first = 0;
            while first < examples.rows {
                let rows = tile.min(examples.rows - first);
                let update = if first == 0 { Update::Set } else { Update::Add };
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
                let value = &mut tile_region_4[..rows];
                let prediction_bar = &mut tile_region_5[..rows];
                compute_prediction_bar(
                    isa,
                    rows,
                    prediction,
                    target,
                    value_2,
                    value,
                    prediction_bar,
                );
                update.apply(&mut product[0], dot(isa, &value[..rows], &value[..rows]));
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
                let value_4 = &mut tile_region_6[..k * rows];
                compute_value_4(
                    isa,
                    k,
                    rows,
                    distances,
                    prediction_bar,
                    value_3,
                    value_4,
                );
                let product_2 = &mut *region_0;
                for i in 0..k {
                    matmul(
                        isa,
                        [1, rows, 1],
                        Matrix::new(&exp[i * rows..], 0, 1),
                        Matrix::new(&value_4[i * rows..], 1, 0),
                        &mut product_2[i..],
                        0,
                        update,
                        scratch,
                    );
                }
                first += rows;
            }
            let loss = product[0] / total;
            Update::Set
                .apply(&mut product_3[0], dot(isa, &weights[..k], &product_2[..k]));
            let value_5 = product_3[0] / square_width;
            let width_bar = value_5 * value_6;
            compute_gradient_2(isa, width_bar, gradient_2);
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
            let width = parameters[0];
            let centres = examples.shared[0];
            let weights = &parameters[1..][..k];
            let total = T::from_f64(examples.rows as f64);
            let (tile, values, scratch) = workspace.parts();
            let [tile_region_0, tile_region_1, tile_region_2, tile_region_3,
            tile_region_4] = carve(values, [d * tile, k * tile, k * tile, tile, tile]);
            let mut product = [T::ZERO];
            let square_width = math::square(isa, width);
            let mut first = 0;
            while first < examples.rows {
                let rows = tile.min(examples.rows - first);
                let update = if first == 0 { Update::Set } else { Update::Add };
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
                let value = &mut tile_region_4[..rows];
                compute_value(isa, rows, prediction, target, value);
                update.apply(&mut product[0], dot(isa, &value[..rows], &value[..rows]));
                first += rows;
            }
            let loss = product[0] / total;
            loss
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
        fn run<I: Isa>(self, isa: I) -> () {
            let Predict { extents: [k, d], parameters, examples, output, workspace } = self;
            let width = parameters[0];
            let centres = examples.shared[0];
            let weights = &parameters[1..][..k];
            let (tile, values, scratch) = workspace.parts();
            let [tile_region_0, tile_region_1, tile_region_2, tile_region_3] = carve(
                values,
                [d * tile, k * tile, k * tile, tile],
            );
            let square_width = math::square(isa, width);
            let mut first = 0;
            while first < examples.rows {
                let rows = tile.min(examples.rows - first);
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
                let width = 1;
                store_rows(
                    isa,
                    prediction,
                    width,
                    rows,
                    &mut output[first * width..][..rows * width],
                );
                first += rows;
            }
        }
    }
    /// `distances[i,n] = Σ_j (centres[i,j] - x[j,n])2`
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
    /// `exp[i,n] = exp(-distances[i,n]/square_width)`
    #[inline(always)]
    fn compute_exp<I: Isa, T: Real>(
        isa: I,
        k: usize,
        rows: usize,
        distances: &[T],
        square_width: T,
        exp: &mut [T],
    ) {
        for i in 0..k {
            let distances_row = &distances[i * rows..][..rows];
            let exp_row = &mut exp[i * rows..][..rows];
            for n in 0..rows {
                exp_row[n] = math::exp(isa, -distances_row[n] / square_width);
            }
        }
    }
    /// `value[n] = prediction[n] - target[n]`
    /// `prediction_bar[n] = (prediction[n] - target[n])·value_2`
    #[inline(always)]
    fn compute_prediction_bar<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        prediction: &[T],
        target: &[T],
        value_2: T,
        value: &mut [T],
        prediction_bar: &mut [T],
    ) {
        let prediction_row = &prediction[..rows];
        let target_row = &target[..rows];
        let value_row = &mut value[..rows];
        let prediction_bar_row = &mut prediction_bar[..rows];
        for n in 0..rows {
            let difference = prediction_row[n] - target_row[n];
            value_row[n] = difference;
            prediction_bar_row[n] = difference * value_2;
        }
    }
    /// `value_4[i,n] = distances[i,n]·(prediction_bar[n]·value_3)`
    #[inline(always)]
    fn compute_value_4<I: Isa, T: Real>(
        isa: I,
        k: usize,
        rows: usize,
        distances: &[T],
        prediction_bar: &[T],
        value_3: T,
        value_4: &mut [T],
    ) {
        for i in 0..k {
            let distances_row = &distances[i * rows..][..rows];
            let prediction_bar_row = &prediction_bar[..rows];
            let value_4_row = &mut value_4[i * rows..][..rows];
            for n in 0..rows {
                value_4_row[n] = distances_row[n] * (prediction_bar_row[n] * value_3);
            }
        }
    }
    /// `gradient_2 = width_bar`
    #[inline(always)]
    fn compute_gradient_2<I: Isa, T: Real>(isa: I, width_bar: T, gradient_2: &mut [T]) {
        gradient_2[0] = width_bar;
    }
    /// `value[n] = prediction[n] - target[n]`
    #[inline(always)]
    fn compute_value<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        prediction: &[T],
        target: &[T],
        value: &mut [T],
    ) {
        let prediction_row = &prediction[..rows];
        let target_row = &target[..rows];
        let value_row = &mut value[..rows];
        for n in 0..rows {
            value_row[n] = prediction_row[n] - target_row[n];
        }
    }
    /// Memory for the steps.
    fn workspace<T: Real>([k, d]: [usize; 2]) -> Workspace<T> {
        Workspace::new(
            largest([0, k]),
            largest([d + 2 * k + 1, d + 2 * k + 2, d + 3 * k + 3]),
            |rows| largest([
                0,
                matmul_scratch::<T>([1, k, 1]),
                matmul_scratch::<T>([1, k, rows]),
                matmul_scratch::<T>([1, rows, 1]),
                matmul_scratch::<T>([1, rows, k]),
            ]),
        )
    }
};
const _: ::core::marker::PhantomData<(Input, Data, Param, Param, Output)> = ::core::marker::PhantomData;
