//! Tests across the crates: errors as users see them, expansions as people read them, layers.
