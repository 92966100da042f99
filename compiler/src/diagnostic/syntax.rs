//! Messages of the front ends: what the signature, the attribute or the body may not contain.
