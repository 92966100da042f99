//! What may be given for the inputs of a model: one slice, or one for each.

/// The inputs of a model in the order of its signature: `&x`, or `[&x1, &x2]`.
///
/// A slice, array or vector of `f64` is one input; an array or slice of them is several.
pub trait Inputs<'a>: sealed::Sealed {
    /// One slice for each input.
    fn slices(self) -> Vec<&'a [f64]>;
}

mod sealed {
    pub trait Sealed {}
}

/// Implements the trait for a type, given how a value of it becomes slices.
macro_rules! inputs {
    ($([$($generics:tt)*] $type:ty: $value:ident => $slices:expr;)*) => {$(
        impl<$($generics)*> sealed::Sealed for $type {}

        impl<'a, $($generics)*> Inputs<'a> for $type
        where
            Self: 'a,
        {
            fn slices(self) -> Vec<&'a [f64]> {
                let $value = self;
                $slices
            }
        }
    )*};
}

inputs! {
    ['x] &'x [f64]: x => vec![x];
    ['x] &'x Vec<f64>: x => vec![x.as_slice()];
    ['x, const N: usize] &'x [f64; N]: x => vec![x.as_slice()];
    ['x, const K: usize] [&'x [f64]; K]: x => x.to_vec();
    ['x, const K: usize] [&'x Vec<f64>; K]: x => x.iter().map(|x| x.as_slice()).collect();
    ['x, const N: usize, const K: usize] [&'x [f64; N]; K]: x => x.iter().map(|x| x.as_slice()).collect();
    ['x] &'x [&'x [f64]]: x => x.to_vec();
}
