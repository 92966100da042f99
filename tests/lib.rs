//! Placeholder root of the unpublished tests package.
