//! The language of models: its forms, and every function with its formula and derivative.
//!
//! The [`forms`] are what stands between the functions. The pages of functions are written from the compiler's own tables, and a test
//! compares them, so they say what the compiler does. The signature's types are in [`axes`](crate::axes), what the attribute takes is
//! told at [`model`](macro@crate::model).

pub mod forms;

pub mod elementwise {
    #![doc = include_str!("elementwise.md")]
}

pub mod arrays {
    #![doc = include_str!("arrays.md")]
}

pub mod matrices {
    #![doc = include_str!("matrices.md")]
}

pub mod losses {
    #![doc = include_str!("losses.md")]
}

pub mod names {
    #![doc = include_str!("names.md")]
}
