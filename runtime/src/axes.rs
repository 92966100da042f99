//! The types that a model's signature is written in.
//!
//! They have no values at run time: [`model`](macro@crate::model) reads them, and they exist so that an editor can complete them, show their
//! documentation and go to their definition. A type has one extent per axis, up to four; without extents it stands for a single number.

/// Declares a zero-sized type with up to four extents.
macro_rules! axes {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name<const A: usize = 0, const B: usize = 0, const C: usize = 0, const D: usize = 0>;
    };
}

axes! {
    /// A real input that differs from example to example, and is not trained.
    ///
    /// `Input<D>` is a vector of `D` numbers per example, `Input<T, D>` a matrix of `T` rows, `Input` one number. The body of the model
    /// is written for ONE example; the batch is added by the compiler.
    Input
}

axes! {
    /// A parameter: trained, shared by all examples, and what gradients are taken for.
    ///
    /// `Param<D, H>` is a matrix of `D` rows and `H` columns, `Param<H>` a vector, `Param` one number.
    Param
}

axes! {
    /// Numbers shared by all examples that are not trained: a table, a grid, known constants.
    ///
    /// `Data<K, D>` is a matrix, `Data<K>` a vector, `Data` one number.
    Data
}

axes! {
    /// The prediction of a model, whose loss is named in the attribute: `#[model(loss = mean_squared_error)]`.
    ///
    /// `Output<O>` is a vector of `O` numbers per example, `Output` one number.
    Output
}

axes! {
    /// A value of a function that models call, as a parameter or the result: whatever the caller passes.
    ///
    /// `Tensor` has any shape, `Tensor<D, H>` two axes. `D` and `H` are the function's own, bound at each call, unless they are dimensions
    /// of the model.
    ///
    /// # Examples
    /// ```
    /// use chainrule::prelude::*;
    ///
    /// #[model(loss = mean_squared_error)]
    /// fn mlp(x: Input<4>, w1: Param<4, 8>, b1: Param<8>, w2: Param<8, 3>, b2: Param<3>) -> Output<3> {
    ///     fn dense(x: Tensor<I>, w: Tensor<I, O>, b: Tensor<O>) -> Tensor<O> {
    ///         tanh(x.dot(w) + b)
    ///     }
    ///     let hidden = dense(x, w1, b1);
    ///     dense(hidden, w2, b2)
    /// }
    ///
    /// # fn main() -> Result<(), chainrule::Error> {
    /// let batch = Mlp::batch(&[0.5; 4], &[1.0; 3])?;
    /// assert!(check_gradient(&Mlp::seeded(1), &batch)?.passes());
    /// # Ok(())
    /// # }
    /// ```
    Tensor
}

/// Integers below `V` that differ from example to example: a token, a category, a sequence of them.
///
/// `Index<V>` is one integer per example, `Index<V, T>` a sequence of `T`. All are checked to be below `V` when the batch is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Index<const V: usize = 0, const A: usize = 0, const B: usize = 0, const C: usize = 0>;

/// The return type of a model whose body is itself the loss of one example; such a model has no prediction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loss;

#[cfg(test)]
mod tests {
    use super::{Data, Index, Input, Loss, Output, Param, Tensor};

    #[test]
    fn every_number_of_extents_is_a_type_without_size() {
        type Arguments = (Input, Input<4>, Param<4, 16>, Data<2, 3, 4, 5>, Index<10>, Index<10, 5>);
        type Signature = (Arguments, Index, Output<3>, Tensor<2>, Loss);
        assert_eq!(size_of::<Signature>(), 0);
    }
}
