//! Stable forms for expressions that overflow, underflow or cancel as the user wrote them; before differentiation.

pub mod rules;
