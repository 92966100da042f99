//! Programs that use chainrule: see the examples of this package.
