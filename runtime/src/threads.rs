//! One fork and join: on threads of the crate `rayon`, or one after the other without it.

#[cfg(feature = "rayon")]
use core::sync::atomic::{AtomicBool, Ordering};

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

/// Runs `body` on a thread that shares its work with others, which stay awake until it has ended: work that is shared every few
/// microseconds would otherwise wake them again and again.
#[cfg(feature = "alloc")]
pub fn share<R: Send>(body: impl FnOnce() -> R + Send) -> R {
    #[cfg(feature = "rayon")]
    {
        let ended = AtomicBool::new(false);
        let body = || {
            let _ended = SetWhenDropped(&ended);
            body()
        };
        with_helpers(count() - 1, body, &ended)
    }
    #[cfg(not(feature = "rayon"))]
    {
        body()
    }
}

/// Runs `body` beside so many jobs that take work of others until it has ended.
#[cfg(feature = "rayon")]
fn with_helpers<R: Send>(helpers: usize, body: impl FnOnce() -> R + Send, ended: &AtomicBool) -> R {
    type Body<'a, R> = &'a mut (dyn FnMut() -> Option<R> + Send);

    fn recur<R: Send>(helpers: usize, body: Body<'_, R>, ended: &AtomicBool) -> Option<R> {
        if helpers == 0 {
            return body();
        }
        rayon::join(|| recur(helpers - 1, body, ended), || help_until(ended)).0
    }

    let mut body = Some(body);
    let result = recur(helpers, &mut || body.take().map(|body| body()), ended);
    result.expect("the body runs once")
}

#[cfg(feature = "rayon")]
fn help_until(ended: &AtomicBool) {
    while !ended.load(Ordering::Acquire) {
        if rayon::yield_now() != Some(rayon::Yield::Executed) {
            core::hint::spin_loop();
        }
    }
}

/// Says that something has ended, in whatever way.
#[cfg(feature = "rayon")]
struct SetWhenDropped<'a>(&'a AtomicBool);

#[cfg(feature = "rayon")]
impl Drop for SetWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}
