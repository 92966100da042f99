//! Placeholder root of the unpublished benches package.
