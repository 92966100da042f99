//! One fork and join: on threads of the crate `rayon`, or one after the other without it.

/// How many threads there are.
///
/// With the feature `rayon`, those of the pool the caller is in, or of the global one.
#[inline]
pub fn count() -> usize {
    #[cfg(feature = "rayon")]
    {
        rayon::current_num_threads()
    }
    #[cfg(not(feature = "rayon"))]
    {
        1
    }
}

/// Whether the caller is one of several threads that may take work from each other.
#[inline]
pub fn is_shared() -> bool {
    #[cfg(feature = "rayon")]
    {
        rayon::current_thread_index().is_some() && count() > 1
    }
    #[cfg(not(feature = "rayon"))]
    {
        false
    }
}

/// Runs both, at the same time where a thread is free. A panic of either comes out, once both have ended.
pub fn join<A: Send, B: Send>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    #[cfg(feature = "rayon")]
    {
        rayon::join(first, second)
    }
    #[cfg(not(feature = "rayon"))]
    {
        (first(), second())
    }
}

/// Runs `body` on a thread that may share its work with others.
pub fn enter<R: Send>(body: impl FnOnce() -> R + Send) -> R {
    #[cfg(feature = "rayon")]
    {
        rayon::scope(|_| body())
    }
    #[cfg(not(feature = "rayon"))]
    {
        body()
    }
}
