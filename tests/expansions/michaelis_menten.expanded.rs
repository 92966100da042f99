/// The rate of an enzyme at a concentration of its substrate.
#[derive(Clone, Debug, PartialEq)]
struct MichaelisMenten {
    parameters: ::chainrule::__private::Vec<f64>,
}
/// Checked examples for [`MichaelisMenten`].
#[allow(dead_code)]
type MichaelisMentenBatch<'a> = ::chainrule::__private::Batch<
    'a,
    MichaelisMenten,
    2,
    0,
    0,
>;
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
    impl MichaelisMenten {
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
        /// The predictions for rows of inputs, in rows.
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
        /// The loss of a batch.
        ///
        /// Allocates a workspace; in a loop, [`Model::loss_into`] reuses one.
        pub fn loss(&self, batch: &MichaelisMentenBatch<'_>) -> f64 {
            self.loss_into(batch, &mut self.workspace())
        }
        /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
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
        /// The prediction, the loss and every gradient as equations.
        pub fn equations() -> &'static str {
            ""
        }
        /// The parameter `vmax`.
        pub fn vmax(&self) -> f64 {
            self.parameters[0]
        }
        /// The parameter `vmax`, to be changed.
        pub fn vmax_mut(&mut self) -> &mut f64 {
            &mut self.parameters[0]
        }
        /// The parameter `km`.
        pub fn km(&self) -> f64 {
            self.parameters[1]
        }
        /// The parameter `km`, to be changed.
        pub fn km_mut(&mut self) -> &mut f64 {
            &mut self.parameters[1]
        }
    }
    #[automatically_derived]
    impl Model for MichaelisMenten {
        type Scalar = f64;
        type Dims = ();
        type Batch<'a> = MichaelisMentenBatch<'a>;
        type Workspace = Workspace<f64>;
        const REDUCTION: Reduction = Reduction::Mean;
        fn dims(&self) -> Self::Dims {
            ()
        }
        fn parameters(&self) -> &[f64] {
            &self.parameters
        }
        fn parameters_mut(&mut self) -> &mut [f64] {
            &mut self.parameters
        }
        fn layout(&self) -> Vec<ParameterLayout> {
            lay_out(&[("vmax", &[]), ("km", &[])]).unwrap_or_else(|error| refuse(&error))
        }
        fn workspace(&self) -> Workspace<f64> {
            workspace([])
        }
        fn loss_into(
            &self,
            batch: &Self::Batch<'_>,
            workspace: &mut Workspace<f64>,
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
            workspace: &mut Workspace<f64>,
        ) -> f64 {
            require_length(gradient.len(), self.parameters.len());
            dispatch(LossAndGradient {
                extents: [],
                parameters: &self.parameters,
                examples: batch.examples(),
                gradient,
                workspace,
            })
        }
        fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
            require_length(parameters.len(), self.parameters.len());
            dispatch(Loss {
                extents: [],
                parameters,
                examples: &batch.examples().in_f64().examples(),
                workspace: &mut workspace([]),
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
            let total = T::from_f64(examples.rows as f64);
            let (tile, values, scratch) = workspace.parts();
            let [tile_region_0, tile_region_1, tile_region_2, tile_region_3] = carve(
                values,
                [tile, tile, tile, tile],
            );
            let [vmax_bar, km_bar] = carve(gradient, [1, 1]);
            let mut product = [T::ZERO];
            let value_2 = T::from_f64(2.0) / total;
            let mut first = 0;
            while first < examples.rows {
                let rows = tile.min(examples.rows - first);
                let update = if first == 0 { Update::Set } else { Update::Add };
                let s = &examples.reals[0].values[first..][..rows];
                let target = &examples.reals[1].values[first..][..rows];
                let value = &mut tile_region_0[..rows];
                let prediction_bar = &mut tile_region_1[..rows];
                let value_3 = &mut tile_region_3[..rows];
                let value_4 = &mut tile_region_2[..rows];
                compute_value_4(
                    isa,
                    rows,
                    s,
                    vmax,
                    km,
                    target,
                    value_2,
                    value,
                    prediction_bar,
                    value_3,
                    value_4,
                );
                update.apply(&mut product[0], dot(isa, &value[..rows], &value[..rows]));
                update
                    .apply(
                        &mut km_bar[0],
                        dot(isa, &prediction_bar[..rows], &value_4[..rows]),
                    );
                update.apply(&mut vmax_bar[0], dot(isa, &s[..rows], &value_3[..rows]));
                first += rows;
            }
            let loss = product[0] / total;
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
            let vmax = parameters[0];
            let km = parameters[1];
            let total = T::from_f64(examples.rows as f64);
            let (tile, values, scratch) = workspace.parts();
            let [tile_region_0] = carve(values, [tile]);
            let mut product = [T::ZERO];
            let mut first = 0;
            while first < examples.rows {
                let rows = tile.min(examples.rows - first);
                let update = if first == 0 { Update::Set } else { Update::Add };
                let s = &examples.reals[0].values[first..][..rows];
                let target = &examples.reals[1].values[first..][..rows];
                let value = &mut tile_region_0[..rows];
                compute_value(isa, rows, s, vmax, km, target, value);
                update.apply(&mut product[0], dot(isa, &value[..rows], &value[..rows]));
                first += rows;
            }
            let loss = product[0] / total;
            loss
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
        fn run<I: Isa>(self, isa: I) -> () {
            let Predict { extents: [], parameters, examples, output, workspace } = self;
            let vmax = parameters[0];
            let km = parameters[1];
            let (tile, values, scratch) = workspace.parts();
            let [tile_region_0] = carve(values, [tile]);
            let mut first = 0;
            while first < examples.rows {
                let rows = tile.min(examples.rows - first);
                let s = &examples.reals[0].values[first..][..rows];
                let prediction = &mut tile_region_0[..rows];
                compute_prediction(isa, rows, s, vmax, km, prediction);
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
    /// `value[n] = s[n]·vmax/(s[n] + km) - target[n]`
    /// `prediction_bar[n] = (s[n]·vmax/(s[n] + km) - target[n])·value_2`
    /// `value_3[n] = (s[n]·vmax/(s[n] + km) - target[n])·value_2/(s[n] + km)`
    /// `value_4[n] = -(s[n]·vmax/(s[n] + km))/(s[n] + km)`
    #[inline(always)]
    fn compute_value_4<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        s: &[T],
        vmax: T,
        km: T,
        target: &[T],
        value_2: T,
        value: &mut [T],
        prediction_bar: &mut [T],
        value_3: &mut [T],
        value_4: &mut [T],
    ) {
        let s_row = &s[..rows];
        let target_row = &target[..rows];
        let value_row = &mut value[..rows];
        let prediction_bar_row = &mut prediction_bar[..rows];
        let value_3_row = &mut value_3[..rows];
        let value_4_row = &mut value_4[..rows];
        for n in 0..rows {
            let sum_2 = s_row[n] + km;
            let quotient = s_row[n] * vmax / sum_2;
            let difference = quotient - target_row[n];
            let product_2 = difference * value_2;
            value_row[n] = difference;
            prediction_bar_row[n] = product_2;
            value_3_row[n] = product_2 / sum_2;
            value_4_row[n] = -quotient / sum_2;
        }
    }
    /// `value[n] = s[n]·vmax/(s[n] + km) - target[n]`
    #[inline(always)]
    fn compute_value<I: Isa, T: Real>(
        isa: I,
        rows: usize,
        s: &[T],
        vmax: T,
        km: T,
        target: &[T],
        value: &mut [T],
    ) {
        let s_row = &s[..rows];
        let target_row = &target[..rows];
        let value_row = &mut value[..rows];
        for n in 0..rows {
            value_row[n] = s_row[n] * vmax / (s_row[n] + km) - target_row[n];
        }
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
        let s_row = &s[..rows];
        let prediction_row = &mut prediction[..rows];
        for n in 0..rows {
            prediction_row[n] = s_row[n] * vmax / (s_row[n] + km);
        }
    }
    /// Memory for the steps.
    fn workspace<T: Real>([]: [usize; 0]) -> Workspace<T> {
        Workspace::new(
            largest([0]),
            largest([1, 4]),
            |rows| largest([0, matmul_scratch::<T>([1, rows, 1])]),
        )
    }
};
const _: ::core::marker::PhantomData<(Input, Param, Param, Output)> = ::core::marker::PhantomData;
