//! Placeholder root of the unpublished examples package.
